/** The next command and what may be done with it. It stays while step mode is on and a run goes on, so that nothing jumps. */
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { giveBack } from '../a11y/panes.ts';
import { useGivenBack } from '../a11y/use-given-back.ts';
import { useKeyBindings } from '../commands/key-bindings.ts';
import { useController } from '../session/controller-context.ts';
import { useSession } from '../session/session-store.ts';
import { Glyph } from '../status/glyph.tsx';
import { Plain } from '../text/plain.tsx';
import { CommandEditor } from './command-editor.tsx';
import { useHand } from './hand-context.ts';
import { sendNext, skipNext } from './step-actions.ts';
import { useStep } from './step-store.ts';
import { idleWarning, waitingCommands } from './waiting.ts';
import type { Waiting } from './waiting.ts';

export function StepStrip(): React.ReactNode {
  const on = useStep((state) => state.on);
  const busy = useSession((state) => state.busy);
  const run = useSession((state) => state.whole);
  const [editing, setEditing] = useState<number | null>(null);
  const waiting = waitingCommands(run);
  const [next] = waiting;
  const isShown = busy && (on || next !== undefined);
  // Its buttons go with the run.
  useGivenBack(isShown, giveBack);
  if (!isShown) return null;
  const isEdited = next !== undefined && editing === next.paused.pause;
  return (
    <section className="step-strip" aria-label="Step mode" data-pane="step" tabIndex={-1}>
      <div className="step-row">
        <Glyph sign={next === undefined ? 'pending' : 'hourglass'} size={14} />
        <NextCommand next={next} more={waiting.length - 1} />
        {isEdited ? null : <StepButtons next={next} edit={() => setEditing(next?.paused.pause ?? null)} />}
      </div>
      {isEdited ? <CommandEditor key={next.paused.pause} waiting={next} close={() => setEditing(null)} /> : null}
      {next?.idleMs == null ? null : <p className="step-warning" role="alert"><Glyph sign="warning" size={12} /> <Plain text={idleWarning(next.idleMs)} /></p>}
    </section>
  );
}

function NextCommand({ next, more }: { readonly next: Waiting | undefined; readonly more: number }): React.ReactNode {
  return (
    <p className="step-next" aria-live="polite">
      {next === undefined ? 'The next command will wait for you.' : (
        <>Next to <Plain text={next.host} limit={120} /> <span className="quiet"><Plain text={next.address} limit={60} />, {next.isProtected ? 'inside TLS' : 'in clear'}</span>: <code><Plain text={next.paused.command} limit={600} /></code>
          {more > 0 ? <span className="quiet"> · {more} more {more === 1 ? 'waits' : 'wait'}</span> : null}</>
      )}
    </p>
  );
}

function StepButtons({ next, edit }: { readonly next: Waiting | undefined; readonly edit: () => void }): React.ReactNode {
  const hand = useHand();
  const controller = useController();
  const characters = useKeyBindings((state) => state.characters);
  const isIdle = next === undefined;
  const act = { send: () => sendNext(hand), skip: () => skipNext(hand), stop: () => controller.stop(), edit };
  // Letters work while the strip has the focus, and nowhere else, and can be turned off (WCAG 2.1.4).
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = event.key === 'Escape' ? act.stop : (characters ? { e: act.edit, s: act.skip }[event.key.toLowerCase()] : undefined);
    if (chosen === undefined || (isIdle && event.key !== 'Escape')) return;
    event.preventDefault();
    chosen();
  };
  return (
    <div className="step-buttons">
      <button type="button" className="primary-button" aria-disabled={isIdle} aria-keyshortcuts="Enter Control+Enter" onClick={act.send} onKeyDown={onKeyDown}>Send <kbd aria-hidden="true">⏎</kbd></button>
      <button type="button" className="plain-button" aria-disabled={isIdle} aria-keyshortcuts={characters ? 'E' : undefined} onClick={isIdle ? undefined : act.edit} onKeyDown={onKeyDown}>Edit {characters ? <kbd aria-hidden="true">E</kbd> : null}</button>
      <button type="button" className="plain-button" aria-disabled={isIdle} aria-keyshortcuts={characters ? 'S' : undefined} onClick={act.skip} onKeyDown={onKeyDown}>Skip {characters ? <kbd aria-hidden="true">S</kbd> : null}</button>
      <button type="button" className="plain-button" aria-keyshortcuts="Escape" onClick={act.stop} onKeyDown={onKeyDown}>Stop <kbd aria-hidden="true">Esc</kbd></button>
    </div>
  );
}
