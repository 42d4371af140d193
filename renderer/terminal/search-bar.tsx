/** Finds text in a terminal: next, previous, how many, capitals or not. */
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { seenTip } from '../a11y/tip.ts';
import type { Found, Sought } from './log-screen.ts';

interface SearchBarProps {
  readonly label: string;
  readonly sought: Sought;
  readonly found: Found;
  /** @param step 0 while the text is being typed */
  readonly find: (sought: Sought, step: 1 | 0 | -1) => void;
  readonly close: () => void;
}

export function SearchBar({ label, sought, found, find, close }: SearchBarProps): React.ReactNode {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' || event.key === 'F3') find(sought, event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <search className="terminal-search" aria-label={label}>
      <input
        ref={field} className="filter" type="text" aria-label={label} placeholder="Find" value={sought.text} maxLength={200} spellCheck={false} data-terminal-search
        onChange={(event) => find({ ...sought, text: event.target.value }, 0)} onKeyDown={onKeyDown}
      />
      <output className="terminal-count">{countWords(sought, found)}</output>
      <button type="button" className="quiet-button" aria-label="Match case" {...seenTip('Match case')} aria-pressed={sought.matchCase} onClick={() => find({ ...sought, matchCase: !sought.matchCase }, 0)}>Aa</button>
      <button type="button" className="quiet-button" aria-label="Previous match" {...seenTip('Previous match (Shift+Enter)')} aria-keyshortcuts="Shift+Enter" onClick={() => find(sought, -1)}>↑</button>
      <button type="button" className="quiet-button" aria-label="Next match" {...seenTip('Next match (Enter)')} aria-keyshortcuts="Enter" onClick={() => find(sought, 1)}>↓</button>
      <button type="button" className="quiet-button" aria-label="Close the search" {...seenTip('Close the search (Esc)')} aria-keyshortcuts="Escape" onClick={close}>✕</button>
    </search>
  );
}

export function countWords({ text }: Sought, { index, count }: Found): string {
  if (text === '') return '';
  if (count === 0) return 'no match';
  return index === -1 ? `${String(count)} matches` : `${String(index + 1)} of ${String(count)}`;
}
