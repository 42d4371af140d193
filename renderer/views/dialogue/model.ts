/** One connection as lines to read: what was said, when, by whom, inside TLS or not, and the handshake's messages between. */
import { plainText } from '../../../core/base/plain-text.ts';
import type { Base64 } from '../../../core/base/subject.ts';
import type { ConnectionState, EndpointState } from '../../../core/inspection/run.ts';
import { endsConnection } from '../../../core/tls/alert.ts';
import type { TlsAlert, TlsMessage } from '../../../core/tls/facts.ts';
import { versionWords } from '../../../core/tls/names.ts';
import { clockTime, difference } from '../../text/time.ts';
import { counted } from '../../text/counted.ts';

export interface DialogueRow {
  readonly id: string;
  readonly kind: 'band' | 'client' | 'server' | 'note' | 'tls' | 'failure';
  /** null for a row that is no event of its own */
  readonly seq: number | null;
  /** ms since the run began; null for a row without a time */
  readonly at: number | null;
  readonly time: string;
  readonly difference: string;
  /** swaks' prefix: direction, protection, surprise */
  readonly prefix: string;
  /** escaped */
  readonly text: string;
  readonly protected: boolean;
  readonly unexpected: boolean;
  /** line ending included; decoded only when they are looked at */
  readonly bytes: Base64 | null;
  /** octets on the wire, of which `bytes` may be the first */
  readonly size: number | null;
  readonly hint: string;
}

type Line = ConnectionState['lines'][number];

export const BEFORE_STARTTLS = 'before STARTTLS';

/** @param endpoint of this connection, for the words of the protected band */
export function dialogueRows(connection: ConnectionState, endpoint: EndpointState | null, startedAt: string | null): readonly DialogueRow[] {
  const clear = connection.lines.filter((line) => !line.protected);
  const inside = connection.lines.filter((line) => line.protected);
  const clock: RowClock = { startedAt, before: connection.startedAt };
  const early = clear.filter((line) => inside[0] === undefined || line.seq < inside[0].seq);
  const late = clear.filter((line) => inside[0] !== undefined && line.seq > inside[0].seq);
  return [
    ...(early.length === 0 ? [] : [band('band-clear', BEFORE_STARTTLS, false)]),
    ...early.map((line) => lineRow(line, clock)),
    ...handshakeRows(connection, clock),
    ...(inside.length === 0 ? [] : [band('band-protected', protectedBand(connection, endpoint), true)]),
    ...inside.map((line) => lineRow(line, clock)),
    ...late.map((line) => lineRow(line, clock)),
    ...endRows(connection, clock),
    ...failureRows(connection),
  ];
}

/** The channel's state in words (never by colour alone). */
export function protectedBand(connection: ConnectionState, endpoint: EndpointState | null): string {
  const protocol = connection.parameters === null ? 'TLS' : plainText(versionWords(connection.parameters.protocol), 40);
  switch (endpoint?.verdict.outcome) {
    case 'authenticated': return `${protocol}, authenticated`;
    case undefined: case 'pending': return `${protocol}, not yet checked`;
    case 'refused': case 'tls-required-unauthenticated': case 'opportunistic': case 'lookup-failed': case 'not-determined': return `${protocol}, not authenticated`;
  }
}

/** Where the rows have got to in time. */
interface RowClock {
  readonly startedAt: string | null;
  /** ms of the row before */
  before: number;
}

/** A row's time, and the difference to the row before it. */
function timed(clock: RowClock, at: number): Shown {
  const shown = { at, time: clockTime(clock.startedAt, at), difference: difference(at - clock.before) };
  clock.before = at;
  return shown;
}

/** What was said becomes a row once, not again with everything that comes after it. */
const knownRows = new WeakMap<object, { readonly startedAt: string | null; readonly before: number; readonly at: number; readonly row: DialogueRow }>();

type Shown = Pick<DialogueRow, 'at' | 'time' | 'difference'>;

function rowOnce(said: object, at: number, clock: RowClock, make: (when: Shown) => DialogueRow): DialogueRow {
  const { startedAt, before } = clock;
  const known = knownRows.get(said);
  if (known !== undefined && known.startedAt === startedAt && known.before === before && known.at === at) {
    clock.before = at;
    return known.row;
  }
  const row = make(timed(clock, at));
  knownRows.set(said, { startedAt, before, at, row });
  return row;
}

const lineRow = (line: Line, clock: RowClock): DialogueRow => rowOnce(line, line.at, clock, (when) => newRow(line, when));

function newRow(line: Line, when: Shown): DialogueRow {
  const bare = line.from === 'server' && line.ending === 'lf' ? ' (ends with a bare LF)' : '';
  return {
    id: `line-${String(line.seq)}`, kind: line.from, seq: line.seq, ...when, prefix: prefixOf(line), text: plainText(line.text) + bare,
    protected: line.protected, unexpected: line.unexpected, bytes: line.from === 'note' || line.bytes === '' ? null : line.bytes, size: null, hint: hintOf(line),
  };
}

/** As swaks prints them: `->` sent, `~>` sent inside TLS, `**` where something else was waited for. */
export function prefixOf(line: Pick<Line, 'from' | 'protected' | 'unexpected'>): string {
  if (line.from === 'note') return '=== ';
  if (line.from === 'client') return line.unexpected ? (line.protected ? '*~> ' : '**> ') : (line.protected ? ' ~> ' : ' -> ');
  return line.unexpected ? (line.protected ? '<~* ' : '<** ') : (line.protected ? '<~  ' : '<-  ');
}

function hintOf(line: Line): string {
  const who = line.from === 'client' ? 'sent' : (line.from === 'server' ? 'received' : 'note');
  const where = line.from === 'note' ? '' : (line.protected ? ', inside TLS' : ', in the clear');
  return `${who}${where}${line.unexpected ? ', not what was waited for' : ''}`;
}

/** The messages are told when the handshake ends; they share its time. */
function handshakeRows(connection: ConnectionState, clock: RowClock): DialogueRow[] {
  const messages = connection.parameters?.messages ?? connection.tlsFailure?.messages ?? [];
  const alerts = connection.parameters?.alerts ?? connection.tlsFailure?.alerts ?? [];
  if (messages.length === 0 && alerts.length === 0) return [];
  const began = handshakeBegan(connection);
  const moment = (afterMs: number | undefined): number => began + (afterMs ?? connection.phases.handshake?.elapsedMs ?? 0);
  const rows = [
    ...messages.map((message, index) => ({ at: moment(message.afterMs), row: (clock: RowClock, at: number) => rowOnce(message, at, clock, (when) => messageRow(message, index, when)) })),
    ...alerts.map((alert, index) => ({ at: moment(alert.afterMs), row: (clock: RowClock, at: number) => rowOnce(alert, at, clock, (when) => alertRow(alert, index, when)) })),
  ].toSorted((left, right) => left.at - right.at);
  return [band('band-handshake', 'TLS handshake', false), ...rows.map(({ at, row }) => row(clock, at))];
}

/** Alerts after the handshake, such as the `close_notify` that ends both directions (RFC 8446 §6.1). */
function endRows(connection: ConnectionState, clock: RowClock): readonly DialogueRow[] {
  const began = handshakeBegan(connection);
  return (connection.afterwards?.alerts ?? []).map((alert, index) =>
    rowOnce(alert, alert.afterMs === undefined ? clock.before : began + alert.afterMs, clock, (when) => ({ ...alertRow(alert, index, when), id: `end-${String(index)}`, protected: true })));
}

/** A phase tells when it ended and how long it took. */
function handshakeBegan({ phases, startedAt }: ConnectionState): number {
  const { handshake } = phases;
  return handshake === undefined ? startedAt : handshake.at - (handshake.state === 'started' ? 0 : handshake.elapsedMs);
}

function messageRow(message: TlsMessage, index: number, when: Shown): DialogueRow {
  const { name, size, summary = '', bytes } = message;
  return {
    ...handshakeRow(`tls-${String(index)}`, message.from, when), bytes: bytes ?? null, size,
    text: `${plainText(name, 80)}, ${counted(size, 'octet')}${summary === '' ? '' : `: ${plainText(summary, 300)}`}`,
  };
}

/** Whatever is no TLS 1.3 `close_notify` and the like ended the connection (RFC 8446 §6). */
function alertRow(alert: TlsAlert, index: number, when: Shown): DialogueRow {
  const level = alert.level === 'unknown' ? '' : ` (${alert.level})`;
  return { ...handshakeRow(`alert-${String(index)}`, alert.from, when), hint: `TLS alert ${alert.from === 'client' ? 'sent' : 'received'}`, unexpected: endsConnection(alert), text: `Alert: ${plainText(alert.name, 80)}${level}` };
}

function handshakeRow(id: string, from: 'client' | 'server', when: Shown): DialogueRow {
  const sent = from === 'client';
  return { ...plainRow(id, 'tls', ''), ...when, prefix: sent ? ' => ' : '<=  ', hint: `TLS handshake message ${sent ? 'sent' : 'received'}` };
}

/** id of the row that says first how the connection ended */
export const END_ROW = 'failure-0';

function failureRows(connection: ConnectionState): DialogueRow[] {
  const text = [connection.tlsFailure?.text, connection.failure?.text].filter((one): one is string => one !== undefined);
  return [...new Set(text)].map((one, index) => ({ ...plainRow(`failure-${String(index)}`, 'failure', one), prefix: '*** ', hint: 'the end of the conversation' }));
}

const band = (id: string, text: string, inside: boolean): DialogueRow => ({ ...plainRow(id, 'band', text), protected: inside });

const plainRow = (id: string, kind: DialogueRow['kind'], text: string): DialogueRow => ({
  id, kind, seq: null, at: null, time: '', difference: '', prefix: '', text: plainText(text), protected: false, unexpected: false, bytes: null, size: null, hint: '',
});

/** All lines as text for the clipboard. */
export const dialogueText = (rows: readonly DialogueRow[]): string =>
  rows.map((row) => (row.kind === 'band' ? `--- ${row.text} ---` : `${row.time.padEnd(12)}  ${row.difference.padStart(7)}  ${row.prefix}${row.text}`)).join('\n');
