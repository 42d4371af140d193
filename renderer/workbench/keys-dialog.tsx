/** Every command with its keys: found by typing, changed by pressing, given back. */
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Dialog } from '../a11y/dialog.tsx';
import { isBrowsersOwn } from '../commands/browser-keys.ts';
import { COMMAND_GROUPS } from '../commands/command.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/commands-context.ts';
import { allowCharacters, bindKeys, holderOf, isChanged, resetAllKeys, resetKeys, useKeyBindings } from '../commands/key-bindings.ts';
import { isCharacter, keyName, shownKey } from '../commands/key-match.ts';
import { foundCommands } from '../commands/palette.ts';
import { useSession } from '../session/session-store.ts';
import { DialogHead } from './dialog-head.tsx';
import { closeDialog, useUi } from './ui-store.ts';

export function KeysDialog(): React.ReactNode {
  const shown = useUi((state) => state.dialog === 'keys');
  return <Dialog label="Keys" className="dialog wide" shown={shown} close={closeDialog}><Keys /></Dialog>;
}

function Keys(): React.ReactNode {
  const all = useCommands();
  const characters = useKeyBindings((state) => state.characters);
  const [text, setText] = useState('');
  const found = foundCommands(all, text);
  return (
    <>
      <DialogHead title="Keys" />
      <div className="keys-tools">
        <input type="text" className="filter" aria-label="Filter commands" placeholder="Filter commands" value={text} maxLength={100} spellCheck={false} onChange={(event) => setText(event.target.value)} />
        <label className="check"><input type="checkbox" checked={characters} onChange={(event) => allowCharacters(event.target.checked)} /> Single-character keys, such as <kbd>?</kbd> <kbd>j</kbd> <kbd>k</kbd></label>
        <button type="button" className="plain-button" onClick={resetAllKeys}>Reset all keys</button>
      </div>
      {COMMAND_GROUPS.map((group) => <KeyGroup key={group} group={group} commands={found.filter((command) => command.group === group)} />)}
      {found.length === 0 ? <p className="section-note">No command of that name.</p> : null}
      <ListKeys />
      <GraphKeys />
      <StepKeys />
    </>
  );
}

function KeyGroup({ group, commands }: { readonly group: string; readonly commands: readonly Command[] }): React.ReactNode {
  if (commands.length === 0) return null;
  return (
    <section className="key-group">
      <h3>{group}</h3>
      <ul>{commands.map((command) => <KeyRow key={command.id} command={command} />)}</ul>
    </section>
  );
}

function KeyRow({ command }: { readonly command: Command }): React.ReactNode {
  const all = useCommands();
  const chosen = useKeyBindings((state) => state.chosen);
  const characters = useKeyBindings((state) => state.characters);
  const [recording, setRecording] = useState(false);
  const keys = (isChanged(command) ? chosen[command.id] ?? [] : command.keys).filter((key) => characters || !isCharacter(key));
  return (
    <li className="key-line" data-command={command.id}>
      <span className="key-title">{command.title}</span>
      {recording ? <Recorder command={command} done={() => setRecording(false)} /> : (
        <>
          <span className="key-names">{keys.length === 0 ? <span className="quiet">none</span> : keys.map((key) => <kbd key={key}>{shownKey(key)}</kbd>)}</span>
          <button type="button" className="quiet-button" aria-label={`Change the key of: ${command.title}`} onClick={() => setRecording(true)}>Change</button>
          {isChanged(command) ? <button type="button" className="quiet-button" aria-label={`Reset the key of: ${command.title}`} onClick={() => resetKeys(all, command)}>Reset</button> : null}
        </>
      )}
    </li>
  );
}

function Recorder({ command, done }: { readonly command: Command; readonly done: () => void }): React.ReactNode {
  const all = useCommands();
  const browser = useSession((state) => state.runtime?.shell !== 'electron');
  const [pressed, setPressed] = useState<string | null>(null);
  const holder = pressed === null ? null : holderOf(all.filter((one) => one.id !== command.id), pressed);
  const take = (keys: readonly string[]): void => {
    bindKeys(all, command, keys);
    done();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab' && !event.ctrlKey) return;
    event.preventDefault();
    event.stopPropagation();
    const name = keyName(event.nativeEvent);
    if (name === 'Escape') return done();
    if (name === 'Enter' && pressed !== null) return take([pressed]);
    if (name !== null && name !== 'Enter') setPressed(name);
  };
  return (
    <span className="key-recorder">
      <input
        ref={(element) => element?.focus()} type="text" readOnly className="filter" aria-label={`New key of: ${command.title}`} aria-describedby="key-note" value={pressed === null ? '' : shownKey(pressed)} placeholder="Press a key" onKeyDown={onKeyDown}
      />
      <output id="key-note" className="key-note">{pressed === null ? 'Esc keeps what it was.' : noteOn({ holder, reserved: browser && isBrowsersOwn(pressed) })}</output>
      <button type="button" className="plain-button" disabled={pressed === null} onClick={() => take(pressed === null ? [] : [pressed])}>{holder === null ? 'Use it' : 'Take it'}</button>
      <button type="button" className="quiet-button" onClick={() => take([])}>No key</button>
      <button type="button" className="quiet-button" onClick={done}>Cancel</button>
    </span>
  );
}

function noteOn({ holder, reserved }: { readonly holder: Command | null; readonly reserved: boolean }): string {
  if (reserved) return 'Browsers keep this key for themselves.';
  return holder === null ? 'It is free; Enter uses it.' : `It belongs to: ${holder.title}. Enter takes it from there.`;
}

function ListKeys(): React.ReactNode {
  const characters = useKeyBindings((state) => state.characters);
  return (
    <section className="key-group">
      <h3>In lists, tables and trees</h3>
      <ul>
        <FixedKeys title="Move" keys={characters ? ['↑', '↓', 'j', 'k'] : ['↑', '↓']} />
        <FixedKeys title="Open, close a branch" keys={['→', '←']} />
        <FixedKeys title="First, last" keys={['Home', 'End']} />
        <FixedKeys title="Select, run" keys={['Enter', 'Space']} />
        <FixedKeys title="Menu of a tab: move, rename, close" keys={['Shift+F10']} />
        <FixedKeys title="Close the tab of a run" keys={['Delete']} />
        <FixedKeys title="Menus" keys={['F10']} />
      </ul>
    </section>
  );
}

function GraphKeys(): React.ReactNode {
  const characters = useKeyBindings((state) => state.characters);
  return (
    <section className="key-group">
      <h3>In the trust graph</h3>
      <ul>
        <FixedKeys title="To the signer, to the signed" keys={characters ? ['↑', '↓', 'k', 'j'] : ['↑', '↓']} />
        <FixedKeys title="Among what the same signer signed" keys={['←', '→']} />
        <FixedKeys title="The root, the TLSA RRset" keys={['Home', 'End']} />
        <FixedKeys title="Into the details, out of them" keys={['Enter', 'Space', 'Esc']} />
        <FixedKeys title="Closer, farther, all of it" keys={characters ? ['+', '-', '0'] : ['Ctrl++', 'Ctrl+-', 'Ctrl+0']} />
        <FixedKeys title="Move the picture" keys={['Shift+↑', 'Shift+↓', 'Shift+←', 'Shift+→']} />
      </ul>
    </section>
  );
}

function StepKeys(): React.ReactNode {
  const characters = useKeyBindings((state) => state.characters);
  return (
    <section className="key-group">
      <h3>While a command waits for you, and in the replay</h3>
      <ul>
        {characters ? <FixedKeys title="Send it, edit it, skip it, stop" keys={['Enter', 'E', 'S', 'Esc']} /> : <FixedKeys title="Send it, stop" keys={['Enter', 'Esc']} />}
        <FixedKeys title="Replay: one event back, on" keys={['←', '→']} />
        <FixedKeys title="Replay: back to now" keys={['Esc']} />
      </ul>
    </section>
  );
}

function FixedKeys({ title, keys }: { readonly title: string; readonly keys: readonly string[] }): React.ReactNode {
  return <li className="key-line"><span className="key-title">{title}</span><span className="key-names">{keys.map((key) => <kbd key={key}>{key}</kbd>)}</span></li>;
}
