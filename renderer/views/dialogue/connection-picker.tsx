import { memo, useDeferredValue } from 'react';
import { plainText } from '../../../core/base/plain-text.ts';
import type { ConnectionState } from '../../../core/inspection/run.ts';
import { purposeText } from '../../../core/smtp/purpose.ts';
import { nameInBothForms } from '../../../core/target/name-words.ts';
import { versionWords } from '../../../core/tls/names.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { LONGEST_LABEL } from '../../text/subject-label.ts';
import { useShownConnection } from './use-shown-connection.ts';

export function ConnectionPicker(): React.ReactNode {
  const run = useDeferredValue(useSession((state) => state.run));
  const select = useSelection((state) => state.select);
  const { connection } = useShownConnection();
  if (run.connections.length === 0) return null;
  return (
    <label className="picker">
      <span className="for-screen-reader">Connection</span>
      <select value={connection?.subject ?? ''} onChange={(event) => {
        const chosen = run.connections.find(({ subject }) => subject === event.target.value);
        if (chosen !== undefined) select(chosen.subject);
      }}>
        {/* Without it the browser would show the first connection, which is none of what is selected. */}
        {connection === null ? <option value="" disabled>No connection</option> : null}
        {run.connections.map((one) => <Choice key={one.connection.number} state={one} />)}
      </select>
    </label>
  );
}

/** Hundreds of titles, of which a look at the events changes a few. */
const Choice = memo(function Choice({ state }: { readonly state: ConnectionState }): React.ReactNode {
  return <option value={state.subject}>{connectionTitle(state)}</option>;
});

/** `mx1.example.org · 192.0.2.10:25 · RSA only` */
function connectionTitle({ connection, parameters }: ConnectionState): string {
  const words = purposeText(connection.purpose);
  const purpose = words === null ? '' : ` · ${words}`;
  const address = connection.address.includes(':') ? `[${connection.address}]` : connection.address;
  const protocol = parameters === null ? '' : ` · ${versionWords(parameters.protocol)}`;
  return plainText(`${nameInBothForms(connection.host)} · ${address}:${String(connection.port)}${purpose}${protocol}`, LONGEST_LABEL);
}
