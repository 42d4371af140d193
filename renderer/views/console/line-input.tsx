/** One line at a time: completion from what the server offers, what was typed before, help for the verb. Esc and F6 lead out. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ClipboardEvent, FormEvent, KeyboardEvent } from 'react';
import type { ConsoleState } from '../../../core/inspection/run.ts';
import { useHand } from '../../step/hand-context.ts';
import { Plain } from '../../text/plain.tsx';
import { sendLine } from './console-actions.ts';
import { recall, useConsole } from './console-store.ts';
import { turnOf } from './model.ts';
import type { ConsoleTurn } from './model.ts';
import { lineCount } from '../../text/line-count.ts';
import { everyVerb, helpFor, suggestions } from './verbs.ts';
import type { Suggestion } from './verbs.ts';

const LIST = 'console-suggestions';

const PLACEHOLDERS: { readonly [Turn in ConsoleTurn]: string } = {
  command: 'A command, such as NOOP', auth: 'An answer within AUTH; * gives up. It is kept nowhere.', text: 'A line of the message; a full stop alone ends and delivers it', busy: 'The server has not answered yet',
};

/** What is no command is not read as one: a password may begin like a verb. */
function helpIn(turn: ConsoleTurn, typed: string): string {
  if (turn === 'auth') return 'It is sent as it is typed, in Base64 as the server expects it, and kept nowhere.';
  if (turn === 'text') return 'A full stop alone on a line ends the message, and the server delivers it.';
  return helpFor(typed) ?? 'Ctrl+Space lists the commands; ↑ and ↓ bring back what was sent.';
}

export function LineInput({ console }: { readonly console: ConsoleState }): React.ReactNode {
  const hand = useHand();
  const { typed, refusal } = useConsole();
  const turn = turnOf(console.lines);
  const list = useSuggestions(console, turn);
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The button that opened the channel is gone, and the focus with it: what comes next is typed here.
    if (document.activeElement === document.body) ref.current?.focus();
  }, []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const chosen = list.chosen;
    if (chosen !== null) return list.take(chosen);
    list.close();
    void sendLine(hand, typed, false);
  };
  return (
    <form className="console-form" aria-label="Send a line" onSubmit={submit}>
      <label className="for-screen-reader" htmlFor="console-line">{turn === 'auth' ? 'Answer within AUTH' : 'SMTP command'}</label>
      <div className="console-box" data-pane-entry>
        <span className="console-prompt" aria-hidden="true">~&gt;</span>
        <input
          id="console-line" ref={ref} tabIndex={0} type={turn === 'auth' ? 'password' : 'text'} className="mono" value={typed} placeholder={PLACEHOLDERS[turn]} autoComplete="off" autoCapitalize="none" spellCheck={false}
          role={turn === 'auth' ? undefined : 'combobox'} aria-autocomplete={turn === 'auth' ? undefined : 'list'} aria-expanded={turn === 'auth' ? undefined : list.isOpen} aria-controls={turn === 'auth' ? undefined : LIST}
          aria-activedescendant={list.chosen === null ? undefined : optionId(list.index)} aria-describedby="console-note" aria-invalid={refusal !== null}
          onChange={(event) => list.typed(event.target.value)} onKeyDown={(event) => onKey(event, list)} onBlur={list.close} onPaste={onPaste}
        />
        {list.isOpen ? <Suggestions list={list} /> : <div id={LIST} role="listbox" aria-label="Completions" hidden />}
        <button type="submit" className="primary-button" aria-disabled={turn === 'busy'}>Send</button>
      </div>
      <p id="console-note" className={refusal === null ? 'console-note' : 'console-note refusal'} role={refusal === null ? undefined : 'alert'}>
        {refusal === null ? helpIn(turn, typed) : <Plain text={refusal} limit={300} />}
      </p>
    </form>
  );
}

/** A field would run the lines into one. */
function onPaste(event: ClipboardEvent): void {
  const lines = lineCount(event.clipboardData.getData('text'));
  if (lines === 1) return;
  event.preventDefault();
  useConsole.setState({ refusal: `One line is sent at a time; what was pasted has ${String(lines)}.` });
}

interface SuggestionList {
  readonly isOpen: boolean;
  readonly all: readonly Suggestion[];
  readonly index: number;
  /** null where none is marked: Enter then sends */
  readonly chosen: Suggestion | null;
  readonly typed: (text: string) => void;
  readonly take: (suggestion: Suggestion) => void;
  readonly move: (step: 1 | -1) => void;
  readonly open: () => void;
  readonly close: () => void;
}

function useSuggestions(console: ConsoleState, turn: ConsoleTurn): SuggestionList {
  const typed = useConsole((state) => state.typed);
  const [wanted, setWanted] = useState<'no' | 'matching' | 'all'>('no');
  const [index, setIndex] = useState(-1);
  const capabilities = console.protectedCapabilities ?? [];
  const found = typed.trim() === '' ? everyVerb(capabilities) : suggestions(typed, capabilities);
  const all = turn !== 'command' || wanted === 'no' || (typed.trim() === '' && wanted !== 'all') ? [] : found;
  const change = (text: string, next: 'no' | 'matching'): void => {
    useConsole.setState({ typed: text, place: null, refusal: null });
    setWanted(next);
    setIndex(-1);
  };
  const show = (next: 'no' | 'all'): void => {
    setWanted(next);
    setIndex(-1);
  };
  return {
    all, index, isOpen: all.length > 0, chosen: all[index] ?? null,
    typed: (text) => change(text, 'matching'), take: ({ text }) => change(text, 'no'), open: () => show('all'), close: () => show('no'),
    move: (step) => setIndex((index + step + all.length + 1) % (all.length + 1) === all.length ? -1 : (index + step + all.length + 1) % (all.length + 1)),
  };
}

function onKey(event: KeyboardEvent, list: SuggestionList): void {
  if (event.altKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
  if (event.ctrlKey && event.key === ' ') list.open();
  else if (event.ctrlKey) return;
  else if (step !== undefined && list.isOpen) list.move(step);
  else if (step !== undefined) useConsole.setState(recall(useConsole.getState(), step));
  else if (event.key === 'Escape' && list.isOpen) list.close();
  else if (event.key === 'Escape') document.querySelector<HTMLElement>('#tab-console')?.focus();
  else return;
  event.preventDefault();
}

/** It stands above the line, and what reaches out of the pane is cut off. */
function keepInPane(list: HTMLElement | null): void {
  const pane = list?.closest('.console')?.getBoundingClientRect();
  if (list === null || pane === undefined) return;
  list.style.maxHeight = '';
  const { top, bottom, height } = list.getBoundingClientRect();
  if (top < pane.top) list.style.maxHeight = `${String(Math.min(height, bottom - pane.top))}px`;
}

const optionId = (index: number): string => `console-suggestion-${String(index)}`;

function Suggestions({ list: { all, index, take } }: { readonly list: SuggestionList }): React.ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => keepInPane(ref.current));
  useEffect(() => {
    if (index >= 0) ref.current?.children[index]?.scrollIntoView({ block: 'nearest' });
  }, [index]);
  return (
    <div ref={ref} id={LIST} role="listbox" aria-label="Completions" className="console-suggestions">
      {all.map((suggestion, place) => (
        // The field keeps the focus, and the keys with it (ARIA: combobox).
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={suggestion.text} id={optionId(place)} role="option" aria-selected={place === index} className={place === index ? 'console-suggestion chosen' : 'console-suggestion'}
          onMouseDown={(event) => event.preventDefault()} onClick={() => take(suggestion)}
        >
          <code>{suggestion.text}</code> <span className="quiet"><Plain text={suggestion.help} /></span>
        </div>
      ))}
    </div>
  );
}
