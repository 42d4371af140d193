/** What the SMTP and TLS events add to a run: each connection, line by line. */
import { assertNever } from '../base/assert-never.ts';
import type { TurnWait } from '../smtp/facts.ts';
import type { InspectionEvent } from './events.ts';
import type { RunEditor } from './run-editor.ts';
import type { ConnectionState, ConsoleState, Run } from './run.ts';

type ConnectionEvent = Extract<InspectionEvent, { type: `smtp.${string}` | `tls.${string}` | 'dane.channel' }>;
type StepEvent = Exclude<ConnectionEvent, { type: 'smtp.connection' | 'smtp.waiting' }>;
type ConsoleEvent = Extract<ConnectionEvent, { type: 'smtp.console' | 'dane.channel' }>;

/** A console is kept apart from the connections of the run: nothing is concluded from it. */
export function connectionStep(run: Run, event: ConnectionEvent, editor: RunEditor): Run {
  if (event.type === 'smtp.waiting') return waits(run, event.wait);
  if (event.type === 'smtp.connection') return connected(run, event, editor);
  const consoles = editor.change(run.consoles, numberOf, event.connection, (state) => consoleChanged(state, event, editor));
  if (consoles !== run.consoles || event.type === 'smtp.console' || event.type === 'dane.channel') return { ...run, consoles };
  const edited = run.edited || isEdit(event);
  return { ...run, edited, connections: editor.change(run.connections, numberOf, event.connection, (state) => changed(state, event, editor)) };
}

function connected(before: Run, event: Extract<ConnectionEvent, { type: 'smtp.connection' }>, editor: RunEditor): Run {
  const { address, purpose } = event.connection;
  const run = before.waiting === undefined ? before : { ...before, waiting: before.waiting.filter((wait) => wait.address !== address) };
  return purpose === 'console'
    ? { ...run, consoles: editor.append(run.consoles, { ...opened(event), state: 'opening', verdict: null, end: null }) }
    : { ...run, connections: editor.append(run.connections, opened(event)) };
}

/** more than an inspection has addresses, for all its hosts; a file may tell of any number, and the list is copied for each */
const MOST_WAITING = 1000;

const waits = (run: Run, wait: TurnWait): Run => ((run.waiting?.length ?? 0) >= MOST_WAITING ? run : { ...run, waiting: [...withoutGivenUp(run.waiting, wait), wait] });

/** A run has one console at a time: a new one that waits shows that the one before gave up. */
const withoutGivenUp = (waiting: Run['waiting'] = [], { waits }: TurnWait): readonly TurnWait[] => waiting.filter((wait) => waits === 'run' || wait.waits === 'run');

const isEdit = (event: StepEvent): boolean => event.type === 'smtp.decided' && (event.decision === 'edited' || event.decision === 'skipped');

const numberOf = ({ connection }: ConnectionState): number => connection.number;

const opened = ({ connection, subject, at, seq }: Extract<ConnectionEvent, { type: 'smtp.connection' }>): ConnectionState => ({
  connection, subject, startedAt: at, seq, phases: {}, lines: [], capabilities: null, protectedCapabilities: null, offer: null, presented: null,
  parameters: null, tlsFailure: null, failure: null, notices: [],
});

function consoleChanged(state: ConsoleState, event: StepEvent, editor: RunEditor): ConsoleState {
  switch (event.type) {
    case 'dane.channel': return { ...state, verdict: event.endpoint };
    case 'smtp.console': return event.state === 'open' ? { ...state, state: 'open' } : { ...awake(state), state: 'closed', end: { by: event.by, text: event.text, seq: event.seq } };
    case 'smtp.failed': return { ...state, ...changed(state, event, editor), state: 'closed', end: { by: 'failure', text: event.failure.text, seq: event.seq } };
    case 'smtp.phase': case 'smtp.line': case 'smtp.capabilities': case 'smtp.notice': case 'smtp.paused': case 'smtp.decided': case 'smtp.idle':
    case 'tls.started': case 'tls.presented': case 'tls.established': case 'tls.failed': case 'tls.ended':
      return { ...state, ...changed(awake(state), event, editor) };
    default: return assertNever(event);
  }
}

function changed(state: ConnectionState, event: Exclude<StepEvent, ConsoleEvent>, editor: RunEditor): ConnectionState {
  switch (event.type) {
    case 'smtp.phase': {
      const { elapsedMs, at } = event;
      return { ...state, phases: { ...state.phases, [event.phase]: { state: event.state, elapsedMs, at } } };
    }
    case 'smtp.line': return { ...state, lines: editor.append(state.lines, { ...event.line, seq: event.seq, at: event.at }) };
    case 'smtp.capabilities': return event.protected ? { ...state, protectedCapabilities: event.keywords } : { ...state, capabilities: event.keywords };
    case 'smtp.failed': return { ...going(state), failure: event.failure, seq: event.seq };
    case 'smtp.notice': return { ...state, notices: editor.append(state.notices, { code: event.code, text: event.text, seq: event.seq }) };
    case 'smtp.paused': return { ...state, paused: { pause: event.pause, command: event.command, seq: event.seq, at: event.at } };
    case 'smtp.decided': return decided(going(state), event, editor);
    case 'smtp.idle': return { ...state, idleMs: event.idleMs };
    case 'tls.started': return { ...state, offer: event.offer };
    case 'tls.presented': return { ...state, presented: event.presented };
    case 'tls.established': return { ...state, parameters: event.parameters, presented: proven(state) };
    case 'tls.failed': return { ...state, tlsFailure: event.failure };
    case 'tls.ended': return { ...state, afterwards: event.afterwards };
    default: return assertNever(event);
  }
}

/** What a person changed stands among the lines, so that no reader takes the dialogue for a sender's. */
function decided(state: ConnectionState, event: Extract<ConnectionEvent, { type: 'smtp.decided' }>, editor: RunEditor): ConnectionState {
  if (event.decision === 'sent') return state;
  const text = { edited: `edited by hand: ${event.sent ?? ''} in place of ${event.command}`, skipped: `left out by hand: ${event.command}`, stopped: `stopped by hand before ${event.command}` }[event.decision];
  const note: ConnectionState['lines'][number] = { from: 'note', text, bytes: '', ending: 'none', protected: state.parameters !== null, unexpected: false, seq: event.seq, at: event.at };
  return { ...state, lines: editor.append(state.lines, note), ...(event.decision === 'stopped' ? {} : { edited: true as const }) };
}

/** The server waits for nobody any more. */
function going({ paused: _paused, idleMs: _idleMs, ...state }: ConnectionState): ConnectionState {
  return state;
}

function awake({ idleMs: _idleMs, ...state }: ConsoleState): ConsoleState {
  return state;
}

/** A chain is proven only by a handshake that ended well (RFC 8446 §4.4). */
const proven = ({ presented }: ConnectionState): ConnectionState['presented'] => (presented === null ? null : { ...presented, proven: true });
