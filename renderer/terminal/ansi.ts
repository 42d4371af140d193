/** A line as the terminal takes it. The only escape sequences that are ever written are those made here: colour, weight, and ground to the edge. */
import { plainText } from '../../core/base/plain-text.ts';
import type { Ground, Span, TerminalLine, Tone } from './terminal-line.ts';

/** Indexes of the palette: a theme changes the palette, and what is written stays. */
export const TONES: { readonly [Each in Tone]: number } = { text: 16, quiet: 17, accent: 18, secure: 19, bogus: 20, warning: 21 };
export const GROUNDS: { readonly [Each in Exclude<Ground, 'plain'>]: number } = { secure: 22 };

/** Below so many columns the narrow form of a line is written. */
const NARROW = 60;

/** Characters of one span at most; RFC 5321 §4.5.3.1.6 lets a line have 1000 octets. The details of a line have all of it. */
const LONGEST_SPAN = 1000;

const CSI = '\u001B[';
const RESET = `${CSI}0m`;
const TO_THE_EDGE = `${CSI}K`;

/** @param columns of the terminal */
export function ansiLine(line: TerminalLine, columns: number): string {
  const ground = line.ground === undefined || line.ground === 'plain' ? '' : `${CSI}48;5;${String(GROUNDS[line.ground])}m`;
  const spans = columns < NARROW ? (line.narrow ?? line.spans) : line.spans;
  const text = spans.map(ansiSpan).join('');
  return `${RESET}${ground}${text}${line.divides === true ? rule(spans, columns) : ''}${TO_THE_EDGE}${RESET}`;
}

function ansiSpan({ text, tone, strong }: Span): string {
  return `${CSI}${strong === true ? '1' : '22'};38;5;${String(TONES[tone])}m${plainText(text, LONGEST_SPAN)}`;
}

function rule(spans: readonly Span[], columns: number): string {
  const used = spans.reduce((sum, { text }) => sum + text.length, 0);
  return columns - used < 3 ? '' : `${CSI}22;38;5;${String(TONES.quiet)}m ${'─'.repeat(columns - used - 1)}`;
}
