/** What is sought, also where the line that holds it goes on below blanks: a pattern for the emulator's search, which reads the rows of a line as one. */
import { FILL } from './ansi.ts';

const SPECIAL = /[\\^$.*+?()[\]{}|/-]/g;

/** @param hangs how many blanks rows may begin with that are no text of their line */
export function searchPattern(text: string, hangs: ReadonlySet<number>): string {
  const blanks = [...hangs].map((hang) => ` {${String(hang)}}`).join('|');
  const between = blanks === '' ? '' : `(?:${FILL}*(?:${blanks}))?`;
  return Array.from(text, (character) => character.replaceAll(SPECIAL, String.raw`\$&`)).join(between);
}
