/** A fault of ours for whoever started the program. What a page or a server said may stand in it, and a terminal obeys what it is told. */
import { plainText } from '../core/base/plain-text.ts';

/** lines, and characters of each: the message and enough of the way that led there */
const MOST_LINES = 30;
const LONGEST_LINE = 500;

/** @param who part of the program, such as `engine` */
export function logFault(who: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const lines = text.split('\n').slice(0, MOST_LINES).map((line) => plainText(line, LONGEST_LINE));
  process.stderr.write(`danescope: ${who}: ${lines.join('\n')}\n`);
}
