/**
 * An append-only log of text in a terminal, safe for text from anywhere.
 *
 * What a view hands in: `log` names the log (another name is another log, shown from its own beginning or end); `lines` in their
 * order, where a line that did not change is the same object again; `selected`, the id of the line to mark and bring into sight;
 * `choose`, called with the id of a line that was pressed or walked to. `place` says where the log stands until the reader scrolls
 * away: at its end, the newest line in sight, and again once he is back there; or at its beginning. Lines are wrapped; colours and
 * size of text are the window's.
 *
 * What a reader gets: arrow keys, j k, Page Up and Down, Home, End; Ctrl+F to search, F3 for the next match, Esc out of it to the line
 * found; Ctrl+C copies the text selected by pointer, else the selected line. Screen readers get a list box of the same lines.
 */
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { copyText, copyable } from '../commands/clipboard.ts';
import { FIND, FINDS } from './find-event.ts';
import type { LogPlace } from './line-log.ts';
import { LineOptions } from './line-options.tsx';
import type { Found, LogScreen, Sought } from './log-screen.ts';
import { SearchBar } from './search-bar.tsx';
import { lineText } from './terminal-line.ts';
import type { TerminalLine } from './terminal-line.ts';
import { useLogScreen } from './use-log-screen.ts';

interface LineTerminalProps {
  /** what the list of lines is called */
  readonly label: string;
  readonly log: string;
  readonly lines: readonly TerminalLine[];
  readonly place: LogPlace;
  readonly selected: string | null;
  readonly choose: (id: string) => void;
}

export function LineTerminal({ label, log, lines, place, selected, choose }: LineTerminalProps): React.ReactNode {
  const search = useSearch();
  const marked = useMemo(() => (selected === null ? null : indexOf(lines, selected)), [lines, selected]);
  const chooseAt = (index: number): void => {
    const line = lines[index];
    if (line !== undefined) choose(line.id);
  };
  const element = useRef<HTMLDivElement>(null);
  const { attach, screen } = useLogScreen({ log, lines, place }, marked, {
    choose: (index) => {
      chooseAt(index);
      focusLine(element.current, lines[index]);
    },
    found: search.setFound,
  });
  const close = (): void => {
    const index = screen?.foundLine() ?? null;
    screen?.endSearch();
    search.close();
    if (index !== null) chooseAt(index);
    focusLine(element.current, index === null ? undefined : lines[index]);
  };
  const { show } = search;
  useEffect(() => {
    const terminal = element.current;
    const find = (): void => openSearch(terminal, show);
    terminal?.addEventListener(FIND, find);
    return () => terminal?.removeEventListener(FIND, find);
  }, [show]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (ownKey(event, { screen, find: () => openSearch(element.current, search.show), search, line: marked === null ? undefined : lines[marked] })) event.preventDefault();
  };
  useCopying(element, () => copiedLines(screen, marked === null ? undefined : lines[marked]).lines);
  return (
    <div ref={element} className="line-terminal" onKeyDown={onKeyDown} role="presentation" {...(lines.length === 0 ? {} : { [FINDS]: '' })}>
      {lines.length === 0 ? null : <LineOptions label={label} lines={lines} selected={selected} choose={choose} />}
      <div ref={attach} className="terminal-screen" aria-hidden="true" />
      {search.open ? <SearchBar label={`Find in ${label}`} sought={search.sought} found={search.found} find={(sought, step) => search.find(screen, sought, step)} close={close} /> : null}
    </div>
  );
}

/** By the menu of the page, or of the window. Told where text of the page is selected, not where the keyboard is; the emulator's own copy is of rows as they stand. */
function useCopying(terminal: RefObject<HTMLElement | null>, copied: () => readonly string[]): void {
  const onCopy = useEffectEvent((event: ClipboardEvent) => {
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement || terminal.current?.contains(activeElement) !== true) return;
    event.clipboardData?.setData('text/plain', copyable(copied()));
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent): void => onCopy(event);
    document.addEventListener('copy', listen, true);
    return () => document.removeEventListener('copy', listen, true);
  }, []);
}

/** One that is open already takes the keyboard again, with what was sought selected. */
function openSearch(element: HTMLElement | null, show: () => void): void {
  show();
  const field = element?.querySelector<HTMLInputElement>('[data-terminal-search]');
  field?.focus();
  field?.select();
}

function indexOf(lines: readonly TerminalLine[], id: string): number | null {
  const index = lines.findLastIndex((line) => line.id === id);
  return index === -1 ? null : index;
}

/** The next frame has the option of a line that was chosen just now. */
function focusLine(element: HTMLElement | null, line: TerminalLine | undefined): void {
  requestAnimationFrame(() => {
    const options = element?.querySelector('.line-options');
    const option = line === undefined ? null : options?.querySelector<HTMLElement>('[aria-selected="true"]');
    (option ?? options?.querySelector<HTMLElement>('[tabindex="0"]'))?.focus({ preventScroll: true });
  });
}

interface Search {
  readonly open: boolean;
  readonly sought: Sought;
  readonly found: Found;
  readonly setFound: (found: Found) => void;
  readonly find: (screen: LogScreen | null, sought: Sought, step: 1 | 0 | -1) => void;
  readonly show: () => void;
  readonly close: () => void;
}

const NOTHING_FOUND: Found = { index: -1, count: 0 };

function useSearch(): Search {
  const [open, setOpen] = useState(false);
  const [sought, setSought] = useState<Sought>({ text: '', matchCase: false });
  const [found, setFound] = useState<Found>(NOTHING_FOUND);
  const show = useCallback(() => setOpen(true), []);
  const find = (screen: LogScreen | null, next: Sought, step: 1 | 0 | -1): void => {
    setSought(next);
    if (next.text === '') setFound(NOTHING_FOUND);
    screen?.find(next, step);
  };
  return { open, sought, found, setFound, find, show, close: () => setOpen(false) };
}

interface KeyContext {
  readonly screen: LogScreen | null;
  readonly search: Search;
  readonly find: () => void;
  readonly line: TerminalLine | undefined;
}

/** @returns whether the key was one of the terminal's own */
function ownKey(event: KeyboardEvent, { screen, search, find, line }: KeyContext): boolean {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const typing = event.target instanceof HTMLInputElement;
  if (control && !event.shiftKey && !event.altKey && key === 'f') {
    find();
    return true;
  }
  if (key === 'f3' && search.open && !typing) {
    search.find(screen, search.sought, event.shiftKey ? -1 : 1);
    return true;
  }
  if (!control || event.shiftKey || event.altKey || key !== 'c' || typing) return false;
  const copied = copiedLines(screen, line);
  if (copied.lines.length > 0) void copyText(copied.lines, copied.what);
  return true;
}

/** The text selected by pointer, else the selected line. */
function copiedLines(screen: LogScreen | null, line: TerminalLine | undefined): { readonly lines: readonly string[]; readonly what: string } {
  const selection = screen?.selectedText() ?? '';
  if (selection !== '') return { lines: selection.split(/\r?\n/), what: 'the selection' };
  return { lines: line === undefined ? [] : [lineText(line)], what: 'the line' };
}
