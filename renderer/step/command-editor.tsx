/** The next command, to be changed before it goes out. What was typed stays when it is refused. */
import { useState } from 'react';
import type { ClipboardEvent, FormEvent, KeyboardEvent } from 'react';
import { lineCount } from '../text/line-count.ts';
import { Plain } from '../text/plain.tsx';
import { useHand } from './hand-context.ts';
import { sendEdited } from './step-actions.ts';
import type { Waiting } from './waiting.ts';

/** octets without CRLF (RFC 5321 §4.5.3.1.4); the engine has the last word */
const LONGEST = 510;

export function CommandEditor({ waiting: { paused }, close }: { readonly waiting: Waiting; readonly close: () => void }): React.ReactNode {
  const hand = useHand();
  const [text, setText] = useState(paused.command);
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const why = await sendEdited(hand, paused.pause, text);
    setRefusal(why);
    if (why === null) leave();
  };
  const leave = (): void => {
    close();
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.step-buttons button')?.focus());
  };
  const onPaste = (event: ClipboardEvent): void => {
    const lines = lineCount(event.clipboardData.getData('text'));
    if (lines === 1) return;
    event.preventDefault();
    setRefusal(`A command is one line; what was pasted has ${String(lines)}.`);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    leave();
  };
  return (
    <form className="step-editor" aria-label="Edit the next command" onSubmit={(event) => void send(event)}>
      <label htmlFor="step-command">Instead of <code><Plain text={paused.command} limit={600} /></code></label>
      <input
        id="step-command" ref={(element) => element?.focus()} value={text} maxLength={LONGEST} spellCheck={false} autoComplete="off" autoCapitalize="none" className="filter mono"
        aria-invalid={refusal !== null} aria-describedby="step-editor-note" onChange={(event) => setText(event.target.value)} onKeyDown={onKeyDown} onPaste={onPaste}
      />
      <button type="submit" className="primary-button">Send edited</button>
      <button type="button" className="plain-button" onClick={leave}>Cancel <kbd aria-hidden="true">Esc</kbd></button>
      <p id="step-editor-note" className="step-note" role={refusal === null ? undefined : 'alert'}>{refusal === null ? 'The run is then marked “edited by hand”: its verdict is not a sender’s.' : <Plain text={refusal} limit={300} />}</p>
    </form>
  );
}
