import { useState } from 'react';
import type { FormEvent } from 'react';
import { Dialog } from '../a11y/dialog.tsx';
import { DialogHead } from '../workbench/dialog-head.tsx';
import { closeDialog, useUi } from '../workbench/ui-store.ts';
import { LONGEST_NAME, activeTab, renameTab } from './tab-store.ts';
import { tabTitle } from './tab-title.ts';

export function RenameDialog(): React.ReactNode {
  const shown = useUi((state) => state.dialog === 'rename');
  return <Dialog label="Rename the tab" className="dialog small" shown={shown} close={closeDialog}><RenameForm /></Dialog>;
}

function RenameForm(): React.ReactNode {
  const [name, setName] = useState(() => tabTitle(activeTab()));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    renameTab(activeTab().id, name);
    closeDialog();
  };
  return (
    <form onSubmit={submit}>
      <DialogHead title="Rename the tab" />
      <label className="setting"><span>Name <span className="quiet">(empty: the target)</span></span>
        <input type="text" className="filter" value={name} maxLength={LONGEST_NAME} spellCheck={false} onChange={(event) => setName(event.target.value)} onFocus={(event) => event.target.select()} />
      </label>
      <p className="dialog-actions"><button type="submit" className="primary-button">Rename</button></p>
    </form>
  );
}
