/** A line as the terminal takes it. The only escape sequences that are ever written are those made here: colour, weight, and ground to the edge. */
import { plainText } from '../../core/base/plain-text.ts';
import type { Ground, Span, TerminalLine, Tone } from './terminal-line.ts';

/** Indexes of the palette: a theme changes the palette, and what is written stays. */
export const TONES: { readonly [Each in Tone]: number } = { text: 16, quiet: 17, accent: 18, secure: 19, bogus: 20, warning: 21 };
export const GROUNDS: { readonly [Each in Exclude<Ground, 'plain'>]: number } = { secure: 22 };

/** Below so many columns the narrow, and the narrowest, form of a line is written. */
const [NARROW, NARROWEST] = [60, 42];

/** Characters of one span at most; RFC 5321 §4.5.3.1.6 lets a line have 1000 octets. The details of a line have all of it. */
const LONGEST_SPAN = 1000;

/** Fills a row whose next word stands on the next one. A line whose text has such a character hangs below nothing: in one that does it is never text. */
export const FILL = '\u00A0';

const CSI = '\u001B[';
const RESET = `${CSI}0m`;
const TO_THE_EDGE = `${CSI}K`;

/** Characters that take one column each, whatever tables of widths the emulator has. */
const ONE_COLUMN = /^[\u0020-\u007E\u00A1-\u00AC\u00AE-\u02FF\u2026]*$/;

/** @param columns of the terminal */
export function ansiLine(line: TerminalLine, columns: number): string {
  const ground = line.ground === undefined || line.ground === 'plain' ? '' : `${CSI}48;5;${String(GROUNDS[line.ground])}m`;
  const spans = spansAt(line, columns);
  const hang = hangOf(line, columns);
  const text = spans.map((span, index) => ansiSpan(span, index === spans.length - 1 ? hung(plain(span), hang, columns) : plain(span))).join('');
  return `${RESET}${ground}${text}${line.divides === true ? rule(spans, columns) : ''}${TO_THE_EDGE}${RESET}`;
}

/**
 * Columns left empty on the rows on which a line goes on: they begin below its last span. The emulator wraps the line as ever; the blanks are written where
 * it does. 0 for a line of one row, one whose widths only the emulator knows, and where what stands before the text takes most of a row.
 */
export function hangOf(line: TerminalLine, columns: number): number {
  const texts = spansAt(line, columns).map(plain);
  const before = texts.slice(0, -1).join('').length;
  const wraps = before + (texts.at(-1) ?? '').length > columns;
  return wraps && before * 2 <= columns && texts.every((text) => ONE_COLUMN.test(text)) ? before : 0;
}

function spansAt({ spans, narrow = spans, narrowest = narrow }: TerminalLine, columns: number): readonly Span[] {
  return columns < NARROWEST ? narrowest : columns < NARROW ? narrow : spans;
}

const plain = ({ text }: Span): string => plainText(text, LONGEST_SPAN);

const ansiSpan = ({ tone, strong }: Span, text: string): string => `${CSI}${strong === true ? '1' : '22'};38;5;${String(TONES[tone])}m${text}`;

function hung(text: string, hang: number, columns: number): string {
  if (hang === 0) return text;
  const room = columns - hang;
  let written = '';
  let rest = text;
  while (rest.length > room) {
    const end = rowEnd(rest, room);
    written += rest.slice(0, end).padEnd(room, FILL) + ' '.repeat(hang);
    rest = rest.slice(end);
  }
  return written + rest;
}

/** After a space, so that no word is cut; a word that is longer than the last third of a row is. */
function rowEnd(text: string, room: number): number {
  const space = text.lastIndexOf(' ', room - 1);
  return space + 1 > (room * 2) / 3 ? space + 1 : room;
}

function rule(spans: readonly Span[], columns: number): string {
  const used = spans.reduce((sum, { text }) => sum + text.length, 0);
  return columns - used < 3 ? '' : `${CSI}22;38;5;${String(TONES.quiet)}m ${'─'.repeat(columns - used - 1)}`;
}
