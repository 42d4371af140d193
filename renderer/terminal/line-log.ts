/** Lines in a terminal: appended where they only grew, written anew where they did not. One write at a time; what comes meanwhile waits as one. */
import type { IBuffer, Terminal } from '@xterm/xterm';
import { ansiLine, hangOf } from './ansi.ts';
import type { TerminalLine } from './terminal-line.ts';

export interface LogContent {
  /** which log this is: another one begins at its own place */
  readonly log: string;
  readonly lines: readonly TerminalLine[];
  readonly place: LogPlace;
}

/**
 * Where the log stands as long as the reader went nowhere else: the newest line in sight; the first line; or where it is.
 * It is a matter of the content alone, not of when its lines came: one that grew with its end in sight and is over goes to its beginning, as if it had been opened from a file.
 */
export type LogPlace = 'end' | 'start' | 'as-it-is';

/** Lines handed to the emulator at once: it gives way to the window between such pieces. */
const PIECE = 200;

/** Back to the beginning of the last line that is left, in no colour, and that line erased (ECMA-48 §8.3.41). */
const EMPTY_LINE = '\r\x1b[0m\x1b[2K';

const EMPTY: LogContent = { log: '', lines: [], place: 'start' };

export class LineLog {
  readonly #terminal: Terminal;
  readonly #written: () => void;
  #shown = EMPTY;
  #columns = 0;
  #wanted: LogContent | null = null;
  #busy = false;
  #rows: readonly number[] | null = null;
  #position: ScrollPlace = 'as-it-is';
  /** row at the top when the write began, or the end; null where all is written anew: then the log has a place of its own */
  #top: number | 'end' | null = null;
  #ended = false;

  /** @param written called when what was asked for is in the buffer */
  constructor(terminal: Terminal, written: () => void = () => {}) {
    this.#terminal = terminal;
    this.#written = written;
    terminal.onResize(() => {
      this.#rows = null;
      // The ground of a row reaches the edge, and rules are as long as the window is wide.
      if (this.#columns !== terminal.cols && this.#columns !== 0) this.show(this.#wanted ?? this.#shown);
    });
  }

  /** what the buffer holds, or will when the write under way is done */
  get lines(): readonly TerminalLine[] {
    return this.#shown.lines;
  }

  show(content: LogContent): void {
    this.#wanted = content;
    if (!this.#busy) this.#next();
  }

  /** Rows of the buffer on which a line stands; null where it fell off, or is not written yet. */
  rowsOf(index: number): { readonly first: number; readonly count: number } | null {
    const rows = this.#lineRows();
    const place = rows.length - this.#shown.lines.length + index;
    const first = rows[place];
    return this.#busy || first === undefined ? null : { first, count: (rows[place + 1] ?? lastRow(this.#terminal.buffer.active) + 1) - first };
  }

  /** index of the line on a row of the buffer, or null below the last */
  lineAt(row: number): number | null {
    if (this.#busy || row > lastRow(this.#terminal.buffer.active)) return null;
    const rows = this.#lineRows();
    const place = rows.findLastIndex((first) => first <= row);
    const index = place + this.#shown.lines.length - rows.length;
    return place === -1 || index < 0 || index >= this.#shown.lines.length ? null : index;
  }

  /** Columns at the beginning of a row that are no text of its line: blanks below which the line goes on. */
  hangAt(row: number): number {
    const index = this.lineAt(row);
    const line = index === null ? undefined : this.#shown.lines[index];
    return line !== undefined && this.#terminal.buffer.active.getLine(row)?.isWrapped === true ? hangOf(line, this.#columns) : 0;
  }

  /** what {@link hangAt} is on rows of this log, but for 0 */
  hangs(): ReadonlySet<number> {
    return new Set(this.#shown.lines.map((line) => hangOf(line, this.#columns)).filter((hang) => hang > 0));
  }

  reveal(index: number): void {
    const rows = this.rowsOf(index);
    if (rows === null) return;
    const top = this.#terminal.buffer.active.viewportY;
    if (rows.first < top) this.#terminal.scrollToLine(rows.first);
    else if (rows.first + rows.count > top + this.#terminal.rows) this.#terminal.scrollToLine(Math.min(rows.first, rows.first + rows.count - this.#terminal.rows));
  }

  #next(): void {
    const wanted = this.#wanted;
    this.#wanted = null;
    if (wanted === null) return;
    const { cols } = this.#terminal;
    const before = this.#shown;
    const kept = wanted.log === before.log && cols === this.#columns ? commonLength(before.lines, wanted.lines) : 0;
    const whole = kept < before.lines.length || (kept === 0 && wanted.lines.length === 0);
    this.#position = this.#placeAfter(wanted, before);
    this.#top = whole || wanted.log !== before.log ? null : this.#topNow();
    if (whole) this.#clear();
    this.#shown = wanted;
    this.#columns = cols;
    this.#write(whole ? 0 : kept);
  }

  /** Not `reset`: with that the emulator forgets how wide each character is, and measures them again one by one. */
  #clear(): void {
    // Rows and columns that were selected hold other text now.
    this.#terminal.clearSelection();
    this.#terminal.clear();
    this.#terminal.write(EMPTY_LINE);
  }

  #write(from: number): void {
    const { lines } = this.#shown;
    this.#busy = true;
    for (let start = from; start < lines.length; start += PIECE) {
      const piece = lines.slice(start, Math.min(lines.length, start + PIECE));
      this.#terminal.write(piece.map((line, index) => (start + index === 0 ? '' : '\r\n') + ansiLine(line, this.#columns)).join(''));
    }
    this.#terminal.write('', () => this.#done());
  }

  /** What is still on its way into the terminal must not touch it any more. */
  end(): void {
    this.#ended = true;
  }

  #done(): void {
    if (this.#ended) return;
    this.#busy = false;
    this.#rows = null;
    this.#scroll();
    if (this.#wanted === null) this.#written();
    this.#next();
  }

  #placeAfter(wanted: LogContent, before: LogContent): ScrollPlace {
    if (wanted.log !== before.log) return wanted.place === 'as-it-is' ? 'start' : wanted.place;
    const top = this.#topNow();
    // A log that is over is replayed.
    if (wanted.place === 'end' && (top === 'end' || before.place === 'start')) return 'end';
    if (wanted.place === 'start' && top === 'end' && before.place === 'end') return 'start';
    return this.lineAt(this.#terminal.buffer.active.viewportY) ?? 'as-it-is';
  }

  #topNow(): number | 'end' {
    const { viewportY, baseY } = this.#terminal.buffer.active;
    return viewportY >= baseY ? 'end' : viewportY;
  }

  /** While lines are on their way the emulator itself stays at the end, or where the reader is. */
  #readerMoved(): boolean {
    return this.#top !== null && this.#topNow() !== this.#top;
  }

  #scroll(): void {
    if (this.#readerMoved()) return;
    if (this.#position === 'end') return this.#terminal.scrollToBottom();
    if (this.#position === 'start') return this.#terminal.scrollToTop();
    if (this.#position === 'as-it-is') return;
    const rows = this.rowsOf(this.#position);
    if (rows !== null) this.#terminal.scrollToLine(rows.first);
  }

  #lineRows(): readonly number[] {
    this.#rows ??= firstRows(this.#terminal.buffer.active);
    return this.#rows;
  }
}

/** or the index of the line that comes to stand at the top */
type ScrollPlace = LogPlace | number;

const lastRow = (buffer: IBuffer): number => buffer.baseY + buffer.cursorY;

/** Where each line begins. The oldest line may have lost its beginning: it counts no more. */
function firstRows(buffer: IBuffer): readonly number[] {
  const rows: number[] = [];
  for (let row = 0; row <= lastRow(buffer); row += 1) if (buffer.getLine(row)?.isWrapped === false) rows.push(row);
  return rows;
}

function commonLength(before: readonly TerminalLine[], after: readonly TerminalLine[]): number {
  const most = Math.min(before.length, after.length);
  for (let index = 0; index < most; index += 1) if (before[index] !== after[index]) return index;
  return most;
}
