/** The target as a person is told it: as it was typed, and beside it the other form of its name. */
import { plainText } from '../base/plain-text.ts';
import type { Target } from './target.ts';

/** characters; a mailbox and its domain in both forms fit */
const LONGEST = 700;
/** of what was typed there is always so much */
const LEAST = 12;

/**
 * `bücher.example (xn--bcher-kva.example)`: letters of different scripts look alike, and only the A-label says which name it is (RFC 5890 §4.4).
 * Escaped, and no longer than wanted, but the A-label is never cut.
 */
export function targetWords(target: Target, longest = LONGEST): string {
  const { input, unicode } = target;
  const ascii = target.kind === 'mail-domain' ? target.domain : target.host;
  const isTyped = input.toLowerCase().includes(ascii.toLowerCase());
  const beside = isTyped ? unicode : ascii;
  if (beside === null) return plainText(input, longest);
  const [first, second] = isTyped ? [LONGEST, Math.max(LEAST, longest - input.length - 3)] : [Math.max(LEAST, longest - beside.length - 3), LONGEST];
  return `${plainText(input, first)} (${plainText(beside, second)})`;
}
