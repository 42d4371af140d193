/** A link asks before anything is contacted; what befell the window is told. */
import { Dialog } from '../a11y/dialog.tsx';
import { useController } from '../session/controller-context.ts';
import { useSession } from '../session/session-store.ts';
import { useRunSettings } from '../settings/run-settings.ts';
import { emptyTab } from '../tabs/tab-store.ts';
import { Plain } from '../text/plain.tsx';
import { DialogHead } from '../workbench/dialog-head.tsx';
import { closeDialog, useUi } from '../workbench/ui-store.ts';
import { useAsked } from './asked-store.ts';

export function ShellDialogs(): React.ReactNode {
  const shown = useUi((state) => state.dialog);
  return (
    <>
      <Dialog label="A link asks for a check" className="dialog small" shown={shown === 'link'} close={closeDialog}><LinkQuestion /></Dialog>
      <Dialog label="Notice" className="dialog small" shown={shown === 'notice'} close={closeDialog}><Notice /></Dialog>
    </>
  );
}

function LinkQuestion(): React.ReactNode {
  const target = useAsked((state) => state.target) ?? '';
  const runtime = useSession((state) => state.runtime);
  const helo = useRunSettings((state) => state.helo) ?? runtime?.helo ?? '';
  const sources = runtime?.sources.join(', ') ?? '';
  const controller = useController();
  const check = (): void => {
    closeDialog();
    emptyTab();
    void controller.run(target);
  };
  return (
    <>
      <DialogHead title="A link asks for a check" />
      <p>Check <strong><Plain text={target} limit={320} mono /></strong>?</p>
      <p className="quiet">Its name servers and mail servers will be contacted; they see the name <Plain text={helo} limit={253} mono />{sources === '' ? null : <> and the address <Plain text={sources} limit={200} mono /></>}. Nothing was contacted yet.</p>
      <p className="dialog-actions">
        <button type="button" className="plain-button" onClick={closeDialog}>Do not check</button>
        <button type="button" className="primary-button" onClick={check}>Check</button>
      </p>
    </>
  );
}

/** more than anybody reads here */
const MOST = 20;

function Notice(): React.ReactNode {
  const lines = useAsked((state) => state.notice);
  return (
    <>
      <DialogHead title="Notice" />
      {lines.slice(0, MOST).map((line) => <p key={line}><Plain text={line} limit={500} /></p>)}
      {lines.length > MOST ? <p>And {lines.length - MOST} more.</p> : null}
      <p className="dialog-actions"><button type="button" className="primary-button" onClick={closeDialog}>OK</button></p>
    </>
  );
}
