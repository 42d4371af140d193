/** DATA and AUTH are asked about each time. What is secret in the line is not shown. */
import { Dialog } from '../../a11y/dialog.tsx';
import { useSession } from '../../session/session-store.ts';
import { useHand } from '../../step/hand-context.ts';
import { Plain } from '../../text/plain.tsx';
import { sendLine } from './console-actions.ts';
import { useConsole } from './console-store.ts';
import { openConsoleOf } from './model.ts';
import { verbOf } from './verbs.ts';

export function ConfirmDialog(): React.ReactNode {
  const asked = useConsole((state) => state.asked);
  return <Dialog label="Send this command?" className="dialog small" shown={asked !== null} close={() => useConsole.setState({ asked: null })}>{asked === null ? null : <Question line={asked} />}</Dialog>;
}

function Question({ line }: { readonly line: string }): React.ReactNode {
  const hand = useHand();
  const run = useSession((state) => state.run);
  const console = openConsoleOf(run);
  const isAuth = verbOf(line) === 'AUTH';
  const isAuthenticated = console?.verdict?.outcome === 'authenticated';
  const { host = '', address = '' } = console?.connection ?? {};
  const send = (): void => {
    useConsole.setState({ asked: null });
    void sendLine(hand, line, true);
  };
  return (
    <>
      <h2>Send {verbOf(line)} to <Plain text={host} limit={120} />?</h2>
      {isAuth
        ? <p>The server at <Plain text={address} limit={60} /> will see a password, or what stands for it. {isAuthenticated ? 'It is authenticated by its TLSA record.' : <strong>It is not authenticated: whoever answers there gets the password.</strong>} Nothing of it is kept here.</p>
        : <p>What you type next is a message, which the server delivers after a full stop alone on a line.</p>}
      <div className="dialog-actions">
        <button type="button" className="plain-button" onClick={() => useConsole.setState({ asked: null })}>Do not send</button>
        <button type="button" className="primary-button" onClick={send}>Send {verbOf(line)}</button>
      </div>
    </>
  );
}
