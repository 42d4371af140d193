/** A field over a list of what fits: type, move with the arrow keys, Enter. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
import { useEffect, useId, useMemo, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

interface ChooseByTypingProps<Item> {
  readonly label: string;
  readonly listLabel: string;
  readonly placeholder: string;
  /** so many are shown; a longer list says so */
  readonly most?: number;
  /** said where nothing fits */
  readonly none: string;
  readonly find: (text: string) => readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly choose: (item: Item) => void;
  readonly Line: (props: { readonly item: Item }) => ReactNode;
}

export function ChooseByTyping<Item>({ label, listLabel, placeholder, most = Infinity, none, find, idOf, choose, Line }: ChooseByTypingProps<Item>): ReactNode {
  const list = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const all = useMemo(() => find(text), [find, text]);
  const found = all.slice(0, most);
  const index = Math.max(0, Math.min(at, found.length - 1));
  const current = found[index];
  const option = (place: number): string => `${list}-${String(place)}`;
  useEffect(() => {
    document.querySelector(`#${CSS.escape(`${list}-${String(index)}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [list, index]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && current !== undefined) choose(current);
    else if (event.key === 'ArrowDown') setAt(Math.min(index + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, index - 1));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="text" role="combobox" className="palette-input" aria-label={label} aria-expanded={found.length > 0} aria-autocomplete="list" aria-controls={list} spellCheck={false} maxLength={200} autoComplete="off"
        aria-activedescendant={current === undefined ? undefined : option(index)} placeholder={placeholder} value={text} onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      <div role="listbox" id={list} aria-label={listLabel} className="palette-list">
        {found.map((item, place) => (
          <div key={idOf(item)} id={option(place)} role="option" aria-selected={place === index} className="list-row palette-row" onClick={() => choose(item)}><Line item={item} /></div>
        ))}
      </div>
      <p className="section-note palette-note" aria-live="polite">{noteOf(all.length, most, none)}</p>
    </>
  );
}

function noteOf(count: number, most: number, none: string): string {
  if (count === 0) return none;
  return count > most ? `The first ${String(most)} of ${String(count)}: type more to find the others.` : '';
}
