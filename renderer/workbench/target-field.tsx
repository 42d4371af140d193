/** The one question of the window. What was typed stays; a text that is no target is answered in words beside the field. */
import { useState } from 'react';
import type { FormEvent } from 'react';
import { KeyHint, useKeyOf } from '../commands/key-hint.tsx';
import { useController } from '../session/controller-context.ts';
import { useSession } from '../session/session-store.ts';
import { Glyph } from '../status/glyph.tsx';
import { Plain } from '../text/plain.tsx';

export function TargetField(): React.ReactNode {
  const typed = useSession((state) => state.typed);
  const running = useSession((state) => state.busy);
  const error = useSession((state) => state.targetError);
  const controller = useController();
  const key = useKeyOf('target.focus');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void controller.run(typed);
  };
  return (
    <form className="target-form" aria-label="Inspect a mail domain" onSubmit={submit}>
      <label className="for-screen-reader" htmlFor="target">Domain, address, or host:port</label>
      <div className={error === null ? 'target-box' : 'target-box invalid'}>
        <Glyph sign={error === null ? 'circle' : 'warning'} size={12} />
        <TargetInput invalid={error !== null} shortcut={key?.aria} />
        <KeyHint of={key} />
        {error === null ? null : <TargetErrorNote />}
      </div>
      {running
        ? <button type="button" className="run-button stop" onClick={() => controller.stop()}><span className="stop-square" aria-hidden="true" />Stop</button>
        : <button type="submit" className="run-button"><span className="run-triangle" aria-hidden="true" />Run</button>}
    </form>
  );
}

function TargetInput({ invalid, shortcut }: { readonly invalid: boolean; readonly shortcut: string | undefined }): React.ReactNode {
  const typed = useSession((state) => state.typed);
  const [focusedOnce, setFocusedOnce] = useState(false);
  const ref = (element: HTMLInputElement | null): void => {
    if (element === null || focusedOnce) return;
    setFocusedOnce(true);
    element.focus();
  };
  return (
    <input
      ref={ref} id="target" type="text" value={typed} placeholder="example.org, user@example.org, mx1.example.org:25"
      autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={2048} aria-keyshortcuts={shortcut}
      aria-invalid={invalid} aria-describedby={invalid ? 'target-error' : undefined}
      onChange={(event) => useSession.setState({ typed: event.target.value, targetError: null })}
    />
  );
}

function TargetErrorNote(): React.ReactNode {
  const error = useSession((state) => state.targetError);
  if (error === null) return null;
  return (
    <div className="target-error" id="target-error" role="alert">
      <Plain text={error.message} /> <span className="quiet">Example:</span> <Plain text={error.example} mono />
    </div>
  );
}
