/** What the pointer selected, as its lines are: one that goes on over several rows is one line, without the blanks below which it does. */
import type { Terminal } from '@xterm/xterm';
import { FILL } from './ansi.ts';

const FILLED = new RegExp(`${FILL}+$`);

/** @param hangAt columns at the beginning of a row that are no text of its line */
export function selectedText(terminal: Terminal, hangAt: (row: number) => number): string {
  const range = terminal.getSelectionPosition();
  if (range === undefined) return '';
  const { start, end } = range;
  const buffer = terminal.buffer.active;
  let text = '';
  for (let row = start.y; row <= end.y; row += 1) {
    const line = buffer.getLine(row);
    const from = Math.max(row === start.y ? start.x : 0, hangAt(row));
    const goesOn = row < end.y && buffer.getLine(row + 1)?.isWrapped === true;
    if (row > start.y && line?.isWrapped !== true) text += '\n';
    const words = line?.translateToString(!goesOn, from, row === end.y ? Math.max(from, end.x) : undefined) ?? '';
    text += hangAt(row + 1) > 0 ? words.replace(FILLED, '') : words;
  }
  return text.replaceAll(FILL, ' ');
}
