/** Every command by its name: type, choose, Enter. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { shownKey } from '../commands/key-match.ts';
import { foundCommands } from '../commands/palette.ts';
import { commands } from '../commands/registry.ts';
import type { Command } from '../commands/registry.ts';
import { useController } from '../session/controller-context.ts';
import { useUi } from './ui-store.ts';

export function Palette(): React.ReactNode {
  const shown = useUi((state) => state.paletteShown);
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (shown && ref.current?.open === false) ref.current.showModal();
    if (!shown && ref.current?.open === true) ref.current.close();
  }, [shown]);
  return (
    <dialog ref={ref} className="palette" aria-label="Commands" onClose={close}>
      {shown ? <PaletteBody /> : null}
    </dialog>
  );
}

const close = (): void => useUi.setState({ paletteShown: false });

/** After the dialog gave the focus back to where it was. */
function perform(command: Command): void {
  close();
  requestAnimationFrame(() => command.run());
}

function PaletteBody(): React.ReactNode {
  const all = commands(useController());
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => foundCommands(all, text), [all, text]);
  const current = found[Math.min(at, found.length - 1)];
  useEffect(() => {
    if (current !== undefined) document.querySelector(`#${optionId(current)}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && current !== undefined) perform(current);
    else if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        type="text" role="combobox" className="palette-input" aria-label="Command" aria-expanded="true" aria-autocomplete="list" aria-controls="palette-list" spellCheck={false} maxLength={100}
        aria-activedescendant={current === undefined ? undefined : optionId(current)} placeholder="Type a command" value={text} onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      <PaletteList found={found} current={current} />
    </>
  );
}

/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */
function PaletteList({ found, current }: { readonly found: readonly Command[]; readonly current: Command | undefined }): React.ReactNode {
  return (
    <>
      <div role="listbox" id="palette-list" aria-label="Commands" className="palette-list">
        {found.map((command) => (
          <div key={command.id} id={optionId(command)} role="option" aria-selected={command === current} className="list-row palette-row" onClick={() => perform(command)}>
            <span><span className="quiet">{command.group}: </span>{command.title}</span>
            <span className="palette-keys">{command.keys.map((key) => <kbd key={key}>{shownKey(key)}</kbd>)}</span>
          </div>
        ))}
      </div>
      {found.length === 0 ? <p className="section-note">No command of that name.</p> : null}
    </>
  );
}

const optionId = (command: Command): string => `command-${command.id.replaceAll('.', '-')}`;
