/** A log on the screen: the sealed terminal in an element, its size, colours, pointer, selected line and search. Loaded when the first one is shown. */
import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import type { IDecoration, Terminal } from '@xterm/xterm';
import { copyable } from '../commands/clipboard.ts';
import { nextTask } from '../session/next-task.ts';
import { LineLog } from './line-log.ts';
import type { LogContent } from './line-log.ts';
import { dress, watchDress } from './palette.ts';
import { sealedTerminal } from './sealed-terminal.ts';
import { searchPattern } from './search-pattern.ts';
import { selectedText } from './selected-text.ts';
import { openStrictly, widthsOf } from './strict-document.ts';

export interface LogEvents {
  /** a line was pressed */
  readonly choose: (index: number) => void;
  readonly found: (found: Found) => void;
}

/** Where the search stands. */
export interface Found {
  /** from 0; -1 where the search stands on no match */
  readonly index: number;
  readonly count: number;
}

export interface Sought {
  readonly text: string;
  readonly matchCase: boolean;
}

/** rows of one line that are marked: a line of a thousand characters in a narrow window */
const MARKED_ROWS = 60;
const HIGHLIGHTS = 1000;

/** characters that every dialogue has: those of US-ASCII, and of the lines between its parts */
const MET: readonly string[] = [...Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)), '─'];
const MEASURED_AT_ONCE = 8;

/** Colours come from the style sheet: the emulator's own would be `style` attributes. */
const MARKS = { matchOverviewRuler: '#00000000', activeMatchColorOverviewRuler: '#00000000' };

export class LogScreen {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #search = new SearchAddon({ highlightLimit: HIGHLIGHTS });
  readonly #log: LineLog;
  readonly #events: LogEvents;
  readonly #ends: (() => void)[] = [];
  #marked: number | null = null;
  #name = '';
  #unrevealed = false;
  #decorations: IDecoration[] = [];
  /** the selection is a block of columns, as the emulator makes it with Alt */
  #byColumns = false;
  #isOver = false;

  constructor(events: LogEvents) {
    this.#terminal = sealedTerminal({ lineHeight: 1.3, minimumContrastRatio: 1 });
    this.#log = new LineLog(this.#terminal, () => this.#catchUp());
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.#search);
    this.#search.onDidChangeResults(({ resultIndex, resultCount }) => events.found({ index: resultIndex, count: resultCount }));
    dress(this.#terminal);
    this.#events = events;
  }

  /** In tasks of its own, as making, opening and fitting an emulator together are felt where the window is busy. What is over by then is not opened. */
  async openIn(parent: HTMLElement): Promise<void> {
    for (const step of [() => this.#open(parent), () => this.#followSize(parent)]) {
      await nextTask();
      if (this.#isOver) return;
      step();
    }
    void this.#measureAhead();
  }

  /** A few in a task: all in the frame that draws the first lines of a run are felt. */
  async #measureAhead(): Promise<void> {
    const measure = widthsOf(this.#terminal);
    for (const strong of [false, true]) {
      for (let from = 0; from < MET.length; from += MEASURED_AT_ONCE) {
        await nextTask();
        if (this.#isOver) return;
        for (const character of MET.slice(from, from + MEASURED_AT_ONCE)) measure(character, strong);
      }
    }
  }

  #open(parent: HTMLElement): void {
    openStrictly(this.#terminal, parent);
    this.#withoutKeyboard();
    this.#followPointer(parent, this.#events);
    this.#followCopying(parent);
  }

  show(content: LogContent): void {
    this.#log.show(content);
  }

  /** Marks a line. @param name of the line: a new one is also brought into sight, one that moved is not */
  select(index: number | null, name: string): void {
    if (name !== this.#name) this.#unrevealed = index !== null;
    this.#marked = index;
    this.#name = name;
    this.#catchUp();
  }

  /** the text selected by pointer; empty where there is none */
  selectedText(): string {
    return this.#byColumns ? this.#terminal.getSelection() : selectedText(this.#terminal, (row) => this.#log.hangAt(row));
  }

  /** @param step 0 keeps the match as long as it fits what is being typed */
  find({ text, matchCase }: Sought, step: 1 | 0 | -1): void {
    if (text === '') return this.endSearch();
    // The addon keeps the marks of the search before where the new one finds nothing.
    if (step === 0) this.#search.clearDecorations();
    const options = { regex: true, caseSensitive: matchCase, incremental: step === 0, decorations: MARKS };
    const pattern = searchPattern(text, this.#log.hangs());
    if (step === -1) this.#search.findPrevious(pattern, options);
    else this.#search.findNext(pattern, options);
  }

  /** index of the line with the match, or null */
  foundLine(): number | null {
    const row = this.#terminal.getSelectionPosition()?.start.y;
    return row === undefined ? null : this.#log.lineAt(row);
  }

  endSearch(): void {
    this.#search.clearDecorations();
    this.#terminal.clearSelection();
  }

  dispose(): void {
    this.#isOver = true;
    this.#log.end();
    for (const end of this.#ends) end();
    this.#terminal.dispose();
  }

  /** Keys belong to the list that stands for the terminal; nothing can be typed here. */
  #withoutKeyboard(): void {
    this.#terminal.attachCustomKeyEventHandler(() => false);
    if (this.#terminal.textarea !== undefined) this.#terminal.textarea.tabIndex = -1;
  }

  #followPointer(parent: HTMLElement, { choose }: LogEvents): void {
    const began = (event: MouseEvent): void => {
      this.#byColumns = event.altKey;
    };
    const pressed = (event: MouseEvent): void => {
      const index = this.#lineUnder(event);
      if (event.button === 0 && index !== null && !this.#terminal.hasSelection()) choose(index);
    };
    parent.addEventListener('mousedown', began, true);
    parent.addEventListener('click', pressed);
    this.#ends.push(() => {
      parent.removeEventListener('mousedown', began, true);
      parent.removeEventListener('click', pressed);
    });
  }

  /** On Linux the emulator hands what was selected to the clipboard of the middle button: it gets the text of the lines too. */
  #followCopying({ ownerDocument }: HTMLElement): void {
    const hand = (): void => {
      const { textarea } = this.#terminal;
      if (textarea === undefined || textarea.value === '' || textarea.value !== this.#terminal.getSelection()) return;
      textarea.value = copyable(this.selectedText().split('\n'));
      textarea.select();
    };
    // The emulator does so when it hears of the same event, after this.
    const released = (): void => void setTimeout(hand);
    ownerDocument.addEventListener('mouseup', released);
    this.#ends.push(() => ownerDocument.removeEventListener('mouseup', released));
  }

  #lineUnder(event: MouseEvent): number | null {
    const screen = this.#terminal.element?.querySelector('.xterm-screen')?.getBoundingClientRect();
    if (screen === undefined || event.clientY < screen.top || event.clientY >= screen.bottom) return null;
    const row = Math.floor(((event.clientY - screen.top) / screen.height) * this.#terminal.rows);
    return this.#log.lineAt(this.#terminal.buffer.active.viewportY + row);
  }

  #followSize(parent: HTMLElement): void {
    const fit = (): void => {
      if (parent.clientHeight > 0 && parent.clientWidth > 0) this.#fit.fit();
    };
    fit();
    const observer = new ResizeObserver(() => requestAnimationFrame(fit));
    observer.observe(parent);
    this.#ends.push(() => observer.disconnect(), watchDress(() => {
      dress(this.#terminal);
      fit();
    }));
  }

  /** What was asked for before its line was written is done now. */
  #catchUp(): void {
    this.#mark();
    if (!this.#unrevealed || this.#marked === null || this.#log.rowsOf(this.#marked) === null) return;
    this.#unrevealed = false;
    this.#log.reveal(this.#marked);
  }

  #mark(): void {
    for (const decoration of this.#decorations) decoration.dispose();
    this.#decorations = [];
    const rows = this.#marked === null ? null : this.#log.rowsOf(this.#marked);
    if (rows === null) return;
    const { baseY, cursorY } = this.#terminal.buffer.active;
    const count = Math.min(rows.count, MARKED_ROWS);
    for (let row = 0; row < count; row += 1) {
      const marker = this.#terminal.registerMarker(rows.first + row - baseY - cursorY);
      const decoration = this.#terminal.registerDecoration({ marker, width: this.#terminal.cols });
      if (decoration === undefined) continue;
      decoration.onRender((element) => element.classList.add('terminal-mark', ...(row === 0 ? ['first'] : []), ...(row === count - 1 ? ['last'] : [])));
      decoration.onDispose(() => marker.dispose());
      this.#decorations.push(decoration);
    }
  }
}
