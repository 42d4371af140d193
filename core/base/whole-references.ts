/** The reference of a rule, such as `RFC 5321 §5.1`, is one word to its reader: no line ends within it. */
const REFERENCE = /\bRFC \d{1,5}\b(?: §)?/g;

/** For what is laid out in lines alone, a window or a page: in data and in text to copy a space is a space. */
export const wholeReferences = (text: string): string =>
  (text.includes('RFC ') ? text.replaceAll(REFERENCE, (reference) => reference.replaceAll(' ', '\u00A0')) : text);
