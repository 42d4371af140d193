import { plainText } from '../../../core/base/plain-text.ts';
import type { ConnectionState } from '../../../core/inspection/run.ts';
import { purposeText } from '../../../core/smtp/purpose.ts';
import { connectionId } from '../../selection/focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { useShownConnection } from './use-shown-connection.ts';

export function ConnectionPicker(): React.ReactNode {
  const run = useSession((state) => state.run);
  const select = useSelection((state) => state.select);
  const { connection } = useShownConnection();
  if (run.connections.length === 0) return null;
  return (
    <label className="picker">
      <span className="for-screen-reader">Connection</span>
      <select value={connection === null ? '' : connectionId(run, connection)} onChange={(event) => {
        const chosen = run.connections.find((one) => connectionId(run, one) === event.target.value);
        if (chosen !== undefined) select(connectionId(run, chosen));
      }}>
        {run.connections.map((one) => <option key={one.connection.number} value={connectionId(run, one)}>{connectionTitle(one)}</option>)}
      </select>
    </label>
  );
}

/** `mx1.example.org · 192.0.2.10:25 · RSA only` */
function connectionTitle({ connection, parameters }: ConnectionState): string {
  const words = purposeText(connection.purpose);
  const purpose = words === null ? '' : ` · ${words}`;
  const address = connection.address.includes(':') ? `[${connection.address}]` : connection.address;
  const protocol = parameters === null ? '' : ` · ${parameters.protocol}`;
  return plainText(`${connection.host} · ${address}:${String(connection.port)}${purpose}${protocol}`, 200);
}
