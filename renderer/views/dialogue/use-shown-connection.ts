/** The connection whose dialogue is on the screen: while a run goes on and nothing was selected, the newest in which something was said. */
import type { ConnectionState, EndpointState } from '../../../core/inspection/run.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSession } from '../../session/session-store.ts';

export interface ShownConnection {
  readonly connection: ConnectionState | null;
  readonly endpoint: EndpointState | null;
}

export function useShownConnection(): ShownConnection {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const selected = useSelection((state) => state.selection !== null);
  const focus = useFocus();
  const connection = running && !selected ? (run.connections.findLast(({ lines }) => lines.length > 0) ?? run.connections.at(-1) ?? null) : focus.connection;
  const own = run.endpoints.find((one) => one.verdict.connection === connection?.connection.number) ?? null;
  return { connection, endpoint: own };
}
