import { useState } from 'react';
import { waitWords } from '../../../core/report/wait-words.ts';
import type { TurnWait } from '../../../core/smtp/facts.ts';
import { giveBack } from '../../a11y/panes.ts';
import { useController } from '../../session/controller-context.ts';
import { chooseRunFile } from '../../session/run-files.ts';
import type { NotStarted } from '../../session/run-session.ts';
import { useSession } from '../../session/session-store.ts';
import { useShell } from '../../shell/shell-context.ts';
import { Mark } from '../../status/mark.tsx';
import { OUTCOMES } from '../../status/vocabulary.ts';
import { Plain } from '../../text/plain.tsx';
import { showDialog } from '../../workbench/ui-store.ts';
import { VIEWS } from '../../workbench/views.ts';
import { openView } from '../../commands/view-commands.ts';
import { chooseEnd } from '../dialogue/choose-row.ts';
import { ageInWords, notices } from './states.ts';
import type { Notice, NoticeAction } from './states.ts';

export function Notices(): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const lost = useSession((state) => state.connectionLost);
  const notStarted = useSession((state) => state.notStarted);
  const shown = running ? [] : notices(run);
  return (
    <>
      {lost === null ? null : <ConnectionLost why={lost} />}
      {notStarted === null ? null : <Untold {...notStarted} />}
      <Offline />
      <OldRun />
      {running ? <Waits waiting={run.waiting ?? []} /> : null}
      {shown.length === 0 ? null : <ul className="notices">{shown.map((notice) => <NoticeLine key={notice.id} notice={notice} />)}</ul>}
    </>
  );
}

/** A run that another one keeps from its turn is not silent about it. The live region is there before its words: only a change in it is read out. */
function Waits({ waiting }: { readonly waiting: readonly TurnWait[] }): React.ReactNode {
  const mine = waiting.filter(({ waits }) => waits === 'run');
  return (
    <div className="waits" aria-live="polite">
      {mine.length === 0 ? null : (
        <ul className="notices" aria-label="What waits its turn">
          {mine.slice(0, MOST_WAITS).map((wait) => <li key={`${wait.host} ${wait.address}`} className="notice tint-neutral"><Mark status={OUTCOMES.pending} wordless /><Plain text={waitWords(wait)} limit={600} /></li>)}
        </ul>
      )}
    </div>
  );
}

const MOST_WAITS = 4;

function OldRun(): React.ReactNode {
  const controller = useController();
  const file = useSession((state) => state.file);
  const startedAt = useSession((state) => state.run.context?.startedAt ?? null);
  const [now] = useState(() => Date.now());
  if (file === null || startedAt === null) return null;
  return (
    <div className="notice tint-neutral">
      <Mark status={OLD} wordless />
      <span><strong>{ageInWords(startedAt, now)}</strong> <Plain text={file} limit={120} /></span>
      <button type="button" className="plain-button" onClick={() => leaving(() => controller.runAgain())}>Run again</button>
    </div>
  );
}

const OLD = { ...OUTCOMES.opportunistic, word: 'saved run' };

function NoticeLine({ notice }: { readonly notice: Notice }): React.ReactNode {
  return (
    <li className={`notice tint-${notice.status.tone}`}>
      <Mark status={notice.status} wordless />
      <span><strong><Plain text={notice.title} limit={300} /></strong>{notice.help === null ? null : <> <Plain text={notice.help} limit={500} /></>}</span>
      {notice.action === undefined ? null : <ActionButton action={notice.action} />}
    </li>
  );
}

function ActionButton({ action }: { readonly action: NoticeAction }): React.ReactNode {
  const controller = useController();
  const shell = useShell();
  if (action === 'run-again') return <button type="button" className="plain-button" onClick={() => leaving(() => controller.runAgain())}>Run again</button>;
  if (action === 'change-resolver') return <button type="button" className="plain-button" onClick={changeResolver}>Change resolver</button>;
  if (action === 'open-run') return <button type="button" className="plain-button" onClick={() => void chooseRunFile(shell)}>Open a run</button>;
  return <button type="button" className="plain-button" onClick={() => show(action)}>Show in {VIEWS[action.view].title}</button>;
}

function show({ view, connection }: Extract<NoticeAction, object>): void {
  if (connection !== undefined) chooseEnd(connection);
  openView(view);
}

/** The notice goes away with its button: who pressed it by keyboard stays in the view. */
function leaving(run: () => Promise<void>): void {
  giveBack();
  void run();
}

function changeResolver(): void {
  showDialog('settings');
  // The field is there after React has drawn the dialogue.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('#resolver-setting')?.focus());
}

function Untold({ word, why }: NotStarted): React.ReactNode {
  const controller = useController();
  const typed = useSession((state) => state.typed);
  return (
    <div className="notice tint-warning" role="alert">
      <Mark status={OUTCOMES['not-determined']} wordless />
      <span><strong>{word === 'stopped' ? 'Stopped.' : 'Not started.'}</strong> <Plain text={why} limit={300} />.</span>
      <button type="button" className="plain-button" onClick={() => leaving(() => controller.run(typed))}>Try again</button>
    </div>
  );
}

/** The engine found no route to the outside when it began. */
function Offline(): React.ReactNode {
  const shell = useShell();
  const offline = useSession(({ runtime, target }) => target === null && runtime !== null && !runtime.lab && runtime.sources.length === 0);
  if (!offline) return null;
  return (
    <div className="notice tint-warning">
      <Mark status={OUTCOMES['not-determined']} wordless />
      <span><strong>No network.</strong> Saved runs can be opened.</span>
      <button type="button" className="plain-button" onClick={() => void chooseRunFile(shell)}>Open</button>
    </div>
  );
}

function ConnectionLost({ why }: { readonly why: string }): React.ReactNode {
  const controller = useController();
  const target = useSession((state) => state.target);
  return (
    <div className="notice tint-warning" role="alert">
      <Mark status={OUTCOMES['not-determined']} wordless />
      <span><strong>Connection to the engine lost.</strong> What it told so far is kept; the next run connects anew. <span className="quiet"><Plain text={why} limit={300} /></span></span>
      {target === null ? null : <button type="button" className="plain-button" onClick={() => leaving(() => controller.runAgain())}>Run again</button>}
    </div>
  );
}
