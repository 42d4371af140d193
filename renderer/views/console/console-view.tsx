/** A channel of the person's own to an endpoint of the run, after the run. */
import { useSession } from '../../session/session-store.ts';
import { Plain } from '../../text/plain.tsx';
import { ChannelStrip } from './channel-strip.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { useConsole } from './console-store.ts';
import { LineInput } from './line-input.tsx';
import { Transcript } from './transcript.tsx';

export function ConsoleView(): React.ReactNode {
  const console = useSession((state) => state.run.consoles.at(-1));
  const isLive = useSession((state) => state.position === null && state.file === null);
  const refusal = useConsole((state) => state.refusal);
  return (
    <div className="console">
      <ChannelStrip />
      <Transcript console={console} />
      {console?.state === 'open' && isLive ? <LineInput console={console} /> : (refusal === null ? null : <p className="console-note refusal" role="alert"><Plain text={refusal} limit={300} /></p>)}
      <ConfirmDialog />
    </div>
  );
}
