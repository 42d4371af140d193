/** A host's or a zone's name as a person is told it: with the letters that its A-labels stand for, and the A-labels beside them. */
import { toUnicode } from 'tr46';
import { plainText } from '../base/plain-text.ts';
import { IDNA_RULES } from './domain-name.ts';

/**
 * `mx.bücher.example (mx.xn--bcher-kva.example)`: letters look alike, and only the A-label says which name it is (RFC 5890 §4.4).
 * A name without A-labels is told as it is; not escaped, as it is of ASCII or whoever shows it escapes it.
 */
export function nameInBothForms(name: string): string {
  const unicode = unicodeName(name);
  return unicode === null ? name : `${unicode} (${name})`;
}

/**
 * The name in U-labels, escaped. A label stays an A-label where it is none (RFC 5891 §5.4), or mixes scripts so that it could pass for another.
 * @returns null where that leaves the name as it is
 */
export function unicodeName(name: string): string | null {
  if (name.length > LONGEST || !/(?:^|\.)xn--/i.test(name)) return null;
  return convert(name.toLowerCase());
}

/** RFC 1035 §2.3.4; what is longer is no name that was looked up */
const LONGEST = 254;

function convert(name: string): string | null {
  // The whole name first: what is wrong with its directions is seen in it alone (RFC 5893 §2).
  if (toUnicode(name, IDNA_RULES).error) return null;
  const unicode = name.split('.').map(labelOf).join('.');
  return unicode === name ? null : plainText(unicode, LONGEST);
}

function labelOf(label: string): string {
  if (!label.startsWith('xn--')) return label;
  const { domain, error } = toUnicode(label, IDNA_RULES);
  return !error && ONE_SCRIPT.some((script) => script.test(domain)) ? domain : label;
}

/** UTS #39 §5.2, "highly restrictive", with the scripts that are in use (UAX #31, table 5). */
const SCRIPTS = [
  'Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Arabic', 'Hebrew', 'Thaana', 'Ethiopic', 'Devanagari', 'Bengali', 'Gujarati', 'Gurmukhi', 'Kannada', 'Malayalam', 'Oriya',
  'Sinhala', 'Tamil', 'Telugu', 'Khmer', 'Lao', 'Myanmar', 'Thai', 'Tibetan', 'Latin Han Hiragana Katakana', 'Latin Han Bopomofo', 'Latin Han Hangul',
];
const ONE_SCRIPT = SCRIPTS.map((names) => new RegExp(`^[\\p{scx=Common}\\p{scx=Inherited}${names.split(' ').map((name) => `\\p{scx=${name}}`).join('')}]+$`, 'u'));
