/**
 * Text from DNS, SMTP, TLS or a file is hostile until it went through here: control characters, escape sequences,
 * invisible characters and bidirectional controls are shown, never obeyed.
 */
const HIDDEN: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f], [0x7f, 0x9f], [0xad, 0xad], [0x034f, 0x034f], [0x061c, 0x061c], [0x115f, 0x1160], [0x17b4, 0x17b5], [0x180b, 0x180f],
  [0x200b, 0x200f], [0x2028, 0x202e], [0x2060, 0x206f], [0x3164, 0x3164], [0xd800, 0xdfff], [0xfe00, 0xfe0f], [0xfeff, 0xfeff],
  [0xffa0, 0xffa0], [0xfff0, 0xfffb], [0xe0000, 0xe0fff],
];

/** What is not among them is most text: it is shown as it is, without a look at each character. */
const HARMLESS = /^[\x20-\x7e]*$/;

/** Marks that are drawn over the character before them; more of them on one than any script writes would be drawn over the lines above. */
const MARK = /^\p{M}$/u;
const MOST_MARKS = 4;

/** One line in which nothing can move a cursor, end a line, hide, overdraw or reorder characters. Cut after `maximumLength` characters. */
export function plainText(text: string, maximumLength = 4096): string {
  if (text.length <= maximumLength && HARMLESS.test(text)) return text;
  let plain = '';
  let length = 0;
  let marks = 0;
  for (const character of text) {
    if (length >= maximumLength) return `${plain}…`;
    const point = character.codePointAt(0) ?? 0;
    marks = point > 0x2ff && MARK.test(character) ? marks + 1 : 0;
    plain += marks > MOST_MARKS || isHidden(point) ? escaped(point) : character;
    length += 1;
  }
  return plain;
}

const isHidden = (point: number): boolean => HIDDEN.some(([first, last]) => point >= first && point <= last);

function escaped(point: number): string {
  return point <= 0xff ? `\\x${point.toString(16).padStart(2, '0')}` : `\\u{${point.toString(16)}}`;
}
