/** What the SMTP and TLS events add to a run: each connection, line by line. */
import { assertNever } from '../base/assert-never.ts';
import type { InspectionEvent } from './events.ts';
import { replaceLast } from './replace.ts';
import type { ConnectionState, Run } from './run.ts';

type ConnectionEvent = Extract<InspectionEvent, { type: `smtp.${string}` | `tls.${string}` }>;
type StepEvent = Exclude<ConnectionEvent, { type: 'smtp.connection' }>;

export function connectionStep(run: Run, event: ConnectionEvent): Run {
  if (event.type === 'smtp.connection') return { ...run, connections: [...run.connections, opened(event)] };
  const isMeant = (state: ConnectionState): boolean => state.connection.number === event.connection;
  return { ...run, connections: replaceLast(run.connections, isMeant, (state) => changed(state, event)) };
}

const opened = ({ connection, at, seq }: Extract<ConnectionEvent, { type: 'smtp.connection' }>): ConnectionState => ({
  connection, startedAt: at, seq, phases: {}, lines: [], capabilities: null, protectedCapabilities: null, offer: null, presented: null,
  parameters: null, tlsFailure: null, failure: null, notices: [],
});

function changed(state: ConnectionState, event: StepEvent): ConnectionState {
  switch (event.type) {
    case 'smtp.phase': {
      const { elapsedMs, at } = event;
      return { ...state, phases: { ...state.phases, [event.phase]: { state: event.state, elapsedMs, at } } };
    }
    case 'smtp.line': return { ...state, lines: [...state.lines, { ...event.line, seq: event.seq, at: event.at }] };
    case 'smtp.capabilities': return event.protected ? { ...state, protectedCapabilities: event.keywords } : { ...state, capabilities: event.keywords };
    case 'smtp.failed': return { ...state, failure: event.failure, seq: event.seq };
    case 'smtp.notice': return { ...state, notices: [...state.notices, { code: event.code, text: event.text, seq: event.seq }] };
    case 'tls.started': return { ...state, offer: event.offer };
    case 'tls.presented': return { ...state, presented: event.presented };
    case 'tls.established': return { ...state, parameters: event.parameters, presented: proven(state) };
    case 'tls.failed': return { ...state, tlsFailure: event.failure };
    default: return assertNever(event);
  }
}

/** A chain is proven only by a handshake that ended well (RFC 8446 §4.4). */
const proven = ({ presented }: ConnectionState): ConnectionState['presented'] => (presented === null ? null : { ...presented, proven: true });
