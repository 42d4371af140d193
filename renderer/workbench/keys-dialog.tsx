import { useEffect, useRef } from 'react';
import { commands } from '../commands/registry.ts';
import type { Command } from '../commands/registry.ts';
import { shownKey } from '../commands/key-match.ts';
import { useController } from '../session/controller-context.ts';
import { useUi } from './ui-store.ts';

const GROUPS: readonly Command['group'][] = ['Run', 'Views', 'Go', 'Copy', 'Window'];

export function KeysDialog(): React.ReactNode {
  const shown = useUi((state) => state.keysShown);
  const ref = useRef<HTMLDialogElement>(null);
  const all = commands(useController());
  useEffect(() => {
    if (shown && ref.current?.open === false) ref.current.showModal();
    if (!shown && ref.current?.open === true) ref.current.close();
  }, [shown]);
  return (
    <dialog ref={ref} className="keys-dialog" aria-labelledby="keys-title" onClose={() => useUi.setState({ keysShown: false })}>
      <div className="keys-head">
        <h2 id="keys-title">Keys</h2>
        <button type="button" className="quiet-button" onClick={() => useUi.setState({ keysShown: false })}>Close <kbd>Esc</kbd></button>
      </div>
      <div className="keys-groups">
        {GROUPS.map((group) => <KeyGroup key={group} group={group} all={all} />)}
        <section>
          <h3>In lists, tables and trees</h3>
          <dl>
            <KeyLine title="Move" keys={['ArrowUp', 'ArrowDown', 'j', 'k']} />
            <KeyLine title="Open, close a branch" keys={['ArrowRight', 'ArrowLeft']} />
            <KeyLine title="First, last" keys={['Home', 'End']} />
            <KeyLine title="Select, run" keys={['Enter', 'Space']} />
          </dl>
        </section>
      </div>
    </dialog>
  );
}

function KeyGroup({ group, all }: { readonly group: string; readonly all: readonly Command[] }): React.ReactNode {
  return (
    <section>
      <h3>{group}</h3>
      <dl>{all.filter((command) => command.group === group && command.keys.length > 0).map((command) => <KeyLine key={command.id} title={command.title} keys={command.keys} />)}</dl>
    </section>
  );
}

function KeyLine({ title, keys }: { readonly title: string; readonly keys: readonly string[] }): React.ReactNode {
  return (
    <div className="key-line">
      <dt>{title}</dt>
      <dd>{keys.map((key) => <kbd key={key}>{shownKey(key)}</kbd>)}</dd>
    </div>
  );
}
