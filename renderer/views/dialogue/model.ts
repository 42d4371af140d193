/** One connection as lines to read: what was said, when, by whom, inside TLS or not, and the handshake's messages between. */
import { plainText } from '../../../core/base/plain-text.ts';
import type { Base64 } from '../../../core/base/subject.ts';
import type { ConnectionState, EndpointState } from '../../../core/inspection/run.ts';
import type { TlsMessage } from '../../../core/tls/facts.ts';
import { clockTime, difference } from '../../text/time.ts';

export interface DialogueRow {
  readonly id: string;
  readonly kind: 'band' | 'client' | 'server' | 'note' | 'tls' | 'failure';
  /** null for a row that is no event of its own */
  readonly seq: number | null;
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
    ...failureRows(connection),
  ];
}

/** The channel's state in words (never by colour alone). */
export function protectedBand(connection: ConnectionState, endpoint: EndpointState | null): string {
  const protocol = connection.parameters === null ? 'TLS' : plainText(connection.parameters.protocol, 40);
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
function timed(clock: RowClock, at: number): { readonly time: string; readonly difference: string } {
  const shown = { time: clockTime(clock.startedAt, at), difference: difference(at - clock.before) };
  clock.before = at;
  return shown;
}

/** A line becomes a row once, not again with every line that comes after it. */
const knownRows = new WeakMap<Line, { readonly startedAt: string | null; readonly before: number; readonly row: DialogueRow }>();

function lineRow(line: Line, clock: RowClock): DialogueRow {
  const { startedAt, before } = clock;
  const known = knownRows.get(line);
  if (known !== undefined && known.startedAt === startedAt && known.before === before) {
    clock.before = line.at;
    return known.row;
  }
  const row = newRow(line, timed(clock, line.at));
  knownRows.set(line, { startedAt, before, row });
  return row;
}

function newRow(line: Line, when: { readonly time: string; readonly difference: string }): DialogueRow {
  const bare = line.from === 'server' && line.ending === 'lf' ? ' (ends with a bare LF)' : '';
  return {
    id: `line-${String(line.seq)}`, kind: line.from, seq: line.seq, ...when, prefix: prefixOf(line), text: plainText(line.text) + bare,
    protected: line.protected, unexpected: line.unexpected, bytes: line.from === 'note' || line.bytes === '' ? null : line.bytes, hint: hintOf(line),
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
  if (messages.length === 0) return [];
  const at = connection.phases.handshake?.at ?? connection.startedAt;
  const rows = messages.map((message, index) => messageRow(message, index, timed(clock, at)));
  return [band('band-handshake', 'TLS handshake', false), ...rows];
}

function messageRow(message: TlsMessage, index: number, when: { readonly time: string; readonly difference: string }): DialogueRow {
  const sent = message.from === 'client';
  return {
    id: `tls-${String(index)}`, kind: 'tls', seq: null, ...when, prefix: sent ? ' => ' : '<=  ',
    text: `${plainText(message.name, 80)}, ${String(message.size)} octets`, protected: false, unexpected: false, bytes: null,
    hint: `TLS handshake message ${sent ? 'sent' : 'received'}`,
  };
}

function failureRows(connection: ConnectionState): DialogueRow[] {
  const text = [connection.tlsFailure?.text, connection.failure?.text].filter((one): one is string => one !== undefined);
  return [...new Set(text)].map((one, index) => ({ ...plainRow(`failure-${String(index)}`, 'failure', one), prefix: '*** ', hint: 'the end of the conversation' }));
}

const band = (id: string, text: string, inside: boolean): DialogueRow => ({ ...plainRow(id, 'band', text), protected: inside });

const plainRow = (id: string, kind: DialogueRow['kind'], text: string): DialogueRow => ({
  id, kind, seq: null, time: '', difference: '', prefix: '', text: plainText(text), protected: false, unexpected: false, bytes: null, hint: '',
});

/** All lines as text for the clipboard. */
export const dialogueText = (rows: readonly DialogueRow[]): string =>
  rows.map((row) => (row.kind === 'band' ? `--- ${row.text} ---` : `${row.time.padEnd(12)}  ${row.difference.padStart(7)}  ${row.prefix}${row.text}`)).join('\n');
