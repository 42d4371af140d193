/** A link asks before anything is contacted; what befell the window is told. */
import { useEffect, useState } from 'react';
import type { TargetReading } from '../../core/api/inspector-client.ts';
import { targetWords } from '../../core/target/target-words.ts';
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
  const reading = useReading(target);
  const check = (): void => {
    closeDialog();
    emptyTab();
    void controller.run(target);
  };
  return (
    <>
      <DialogHead title="A link asks for a check" />
      <p>Check <strong><Plain text={reading?.ok === true ? targetWords(reading.target) : target} limit={700} mono /></strong>?</p>
      {reading === null ? null : <WhatItNames reading={reading} />}
      <p className="quiet">Its name servers and mail servers will be contacted; they see the name <Plain text={helo} limit={253} mono />{sources === '' ? null : <> and the address <Plain text={sources} limit={200} mono /></>}. None of them was contacted yet.</p>
      <p className="dialog-actions">
        <button type="button" className="plain-button" onClick={closeDialog}>Do not check</button>
        <button type="button" className="primary-button" aria-disabled={reading?.ok !== true} onClick={reading?.ok === true ? check : undefined}>Check</button>
      </p>
    </>
  );
}

/** Nobody agrees to a name before it stands there in both forms. @returns null until it was read, and where nothing reads it */
function useReading(text: string): TargetReading | null {
  const controller = useController();
  const [read, setRead] = useState<{ readonly text: string; readonly reading: TargetReading } | null>(null);
  useEffect(() => {
    let isLeft = false;
    const tell = (reading: TargetReading): void => {
      if (!isLeft) setRead({ text, reading });
    };
    controller.read(text).then(tell, (error: unknown) => tell({ ok: false, error: { ...UNREAD, message: `The engine cannot be reached: ${error instanceof Error ? error.message : String(error)}` } }));
    return () => {
      isLeft = true;
    };
  }, [text, controller]);
  return read?.text === text ? read.reading : null;
}

const UNREAD = { code: 'unexpected', part: '', example: '' } as const;

function WhatItNames({ reading }: { readonly reading: TargetReading }): React.ReactNode {
  if (!reading.ok) return <p role="alert"><Plain text={reading.error.message} limit={500} /></p>;
  return reading.target.unicode === null ? null : <p>Letters of other scripts can look like these: the name is what its <code>xn--</code> form says.</p>;
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
