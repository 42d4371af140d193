/** What the SMTP and TLS events add to a run: each connection, line by line. */
import { assertNever } from '../base/assert-never.ts';
import type { InspectionEvent } from './events.ts';
import type { RunEditor } from './run-editor.ts';
import type { ConnectionState, Run } from './run.ts';

type ConnectionEvent = Extract<InspectionEvent, { type: `smtp.${string}` | `tls.${string}` }>;
type StepEvent = Exclude<ConnectionEvent, { type: 'smtp.connection' }>;

export function connectionStep(run: Run, event: ConnectionEvent, editor: RunEditor): Run {
  if (event.type === 'smtp.connection') return { ...run, connections: editor.append(run.connections, opened(event)) };
  return { ...run, connections: editor.change(run.connections, numberOf, event.connection, (state) => changed(state, event, editor)) };
}

const numberOf = ({ connection }: ConnectionState): number => connection.number;

const opened = ({ connection, at, seq }: Extract<ConnectionEvent, { type: 'smtp.connection' }>): ConnectionState => ({
  connection, startedAt: at, seq, phases: {}, lines: [], capabilities: null, protectedCapabilities: null, offer: null, presented: null,
  parameters: null, tlsFailure: null, failure: null, notices: [],
});

function changed(state: ConnectionState, event: StepEvent, editor: RunEditor): ConnectionState {
  switch (event.type) {
    case 'smtp.phase': {
      const { elapsedMs, at } = event;
      return { ...state, phases: { ...state.phases, [event.phase]: { state: event.state, elapsedMs, at } } };
    }
    case 'smtp.line': return { ...state, lines: editor.append(state.lines, { ...event.line, seq: event.seq, at: event.at }) };
    case 'smtp.capabilities': return event.protected ? { ...state, protectedCapabilities: event.keywords } : { ...state, capabilities: event.keywords };
    case 'smtp.failed': return { ...state, failure: event.failure, seq: event.seq };
    case 'smtp.notice': return { ...state, notices: editor.append(state.notices, { code: event.code, text: event.text, seq: event.seq }) };
    case 'tls.started': return { ...state, offer: event.offer };
    case 'tls.presented': return { ...state, presented: event.presented };
    case 'tls.established': return { ...state, parameters: event.parameters, presented: proven(state) };
    case 'tls.failed': return { ...state, tlsFailure: event.failure };
    default: return assertNever(event);
  }
}

/** A chain is proven only by a handshake that ended well (RFC 8446 §4.4). */
const proven = ({ presented }: ConnectionState): ConnectionState['presented'] => (presented === null ? null : { ...presented, proven: true });
