/** The delivery matrix: host × address × key type against stages. Rows stand in the order of preference and never move. */
import { addressSubject, domainSubject, endpointSubject, mxSubject, rrsetSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import { recordEnding } from '../../../core/dane/comparison-words.ts';
import type { Comparison } from '../../../core/dane/facts.ts';
import type { DestinationHost, HostAddress } from '../../../core/destination/facts.ts';
import type { ConnectionState, EndpointState, LookupState, Run } from '../../../core/inspection/run.ts';
import { endpointId } from '../../selection/focus.ts';
import { OUTCOMES, OUTCOME_MEANS, SECURITY } from '../../status/vocabulary.ts';
import { usageName } from '../../text/dns-numbers.ts';
import type { Cell } from './cell.ts';
import { cell, isSameCell, milliseconds, notTested, pendingCell } from './cell.ts';
import { runIndex } from './run-index.ts';
import type { RunIndex } from './run-index.ts';
import { connectionCells, shortCause } from './stages.ts';
import { counted } from '../../text/counted.ts';

export const STAGES = ['MX', 'Addr', 'TLSA', 'Connect', 'STARTTLS', 'TLS', 'Match', 'Names, dates', 'Outcome'] as const;

export interface MatrixRow {
  readonly id: string;
  readonly subject: SubjectId;
  readonly host: string;
  readonly preference: number | null;
  readonly address: string | null;
  readonly keyType: string;
  /** true on the first row of its host: the others leave the host's name to it */
  readonly firstOfHost: boolean;
  readonly cells: readonly Cell[];
}

export function matrix(run: Run): readonly MatrixRow[] {
  const index = runIndex(run);
  const named = run.destination?.hosts ?? [];
  return named.flatMap(({ name, preference }) => hostRows({ run, index }, { name, preference, host: index.host(name) }));
}

/** A run, and what is found in it at once. */
interface Indexed {
  readonly run: Run;
  readonly index: RunIndex;
}

/** Whether two rows look and lead the same. */
export const isSameRow = (left: MatrixRow, right: MatrixRow): boolean => left === right || (
  left.id === right.id && left.subject === right.subject && left.preference === right.preference && left.keyType === right.keyType && left.firstOfHost === right.firstOfHost
  && left.cells.length === right.cells.length && left.cells.every((cell, index) => isSameCell(cell, right.cells[index]))
);

interface NamedHost {
  readonly name: string;
  readonly preference: number | null;
  readonly host: DestinationHost | null;
}

/** With the cells that are the same in all rows of the host. */
interface ToldHost extends NamedHost {
  readonly mx: Cell;
  readonly tlsa: Cell;
  /** its row is the first of the host */
  readonly isFirst: boolean;
}

function hostRows(from: Indexed, named: NamedHost): MatrixRow[] {
  const addresses: readonly (HostAddress | null)[] = named.host === null || named.host.addresses.length === 0 ? [null] : named.host.addresses;
  const ofHost = { mx: mxCell(from, named), tlsa: tlsaCell(from, named) };
  return addresses.flatMap((address, at) => addressRows(from, { ...named, ...ofHost, isFirst: at === 0 }, address?.address ?? null));
}

/** A row for each key type that was seen; one for the address as long as none was. */
function addressRows(from: Indexed, named: ToldHost, address: string | null): MatrixRow[] {
  const endpoints = from.index.endpoints(named.name).filter(({ verdict }) => verdict.address === address || address === null);
  const shown = endpoints.length === 0 ? [null] : endpoints;
  return shown.map((endpoint, at) => {
    const connection = connectionFor(from, named.name, address, endpoint);
    const subject = endpoint === null ? (address === null ? mxSubject(named.name) : endpointSubject(named.name, address, null)) : endpointId(endpoint);
    const row = {
      id: `${named.name}/${address ?? '-'}/${endpoint?.verdict.keyType ?? '-'}`,
      subject, host: named.name, preference: named.preference, address, firstOfHost: named.isFirst && at === 0,
      keyType: endpoint?.verdict.keyType ?? keyTypeOf(from.run, connection),
    };
    return withCells(row, () => cellsOf(from, named, { named, address, endpoint, connection, subject }));
  });
}

/** The cells are told when they are asked for: of hundreds of rows those in sight are. */
function withCells(row: Omit<MatrixRow, 'cells'>, tell: () => readonly Cell[]): MatrixRow {
  let told: readonly Cell[] | null = null;
  return {
    ...row,
    get cells() {
      return (told ??= tell());
    },
  };
}

function cellsOf(from: Indexed, { mx, tlsa }: ToldHost, contact: Contact): readonly Cell[] {
  const cells = [mx, addressCell(from, contact.named, contact.address), tlsa, ...contactCells(from, contact)];
  const { state } = from.run;
  return state === 'stopped' || state === 'failed' ? cells.map((cell, index) => leftOpen(cell, STAGES[index])) : cells;
}

function connectionFor({ index }: Indexed, host: string, address: string | null, endpoint: EndpointState | null): ConnectionState | null {
  const number = endpoint?.verdict.connection ?? null;
  return number === null ? index.connectionTo(host, address) : index.connection(number);
}

const keyTypeOf = (run: Run, connection: ConnectionState | null): string => run.certificates[connection?.presented?.certificates[0] ?? '']?.keyType ?? '';

function mxCell({ run, index }: Indexed, named: NamedHost): Cell {
  const destination = run.destination;
  const domain = destination?.domain ?? named.name;
  if (destination !== null && destination.kind !== 'mx') {
    const help = destination.kind === 'implicit-mx' ? 'No MX RRset: the domain itself is the host (RFC 5321 §5.1)' : 'The host was named: no MX lookup';
    return cell('dash', 'neutral', 'n/a', { text: 'n/a', help, subject: domainSubject(domain), event: null });
  }
  return lookupCell(index.lookup(domain, 'MX'), { stage: 'MX', subject: rrsetSubject(domain, 'MX'), status: named.host?.mxStatus ?? destination?.mxStatus ?? 'pending', note: '' });
}

function addressCell({ index }: Indexed, { name, host }: NamedHost, address: string | null): Cell {
  const rrtype = address?.includes(':') === true ? 'AAAA' : 'A';
  const owner = host?.canonicalName ?? name;
  const subject = address === null ? rrsetSubject(owner, rrtype) : addressSubject(name, address);
  const lookup = index.lookup(name, rrtype) ?? index.lookup(owner, rrtype);
  if (host === null) return pendingCell('Address', subject);
  const status = host.addresses.find((one) => one.address === address)?.status ?? host.addressStatus;
  if (host.addresses.length === 0) return cell('cross', 'bogus', 'no address', { text: '', help: host.reason.text, subject, event: null });
  return lookupCell(lookup, { stage: `${rrtype} of ${owner}`, subject, status, note: '' });
}

function tlsaCell({ index }: Indexed, { name, host }: NamedHost): Cell {
  const owner = host?.tlsaBaseDomain ?? host?.tlsaCandidates[0] ?? name;
  const subject = rrsetSubject(owner, 'TLSA');
  if (host === null) return pendingCell('TLSA', subject);
  const rest = { help: host.reason.text, subject, event: null };
  switch (host.tlsa) {
    case 'usable': return lookupCell(tlsaLookup(index, host), { stage: 'TLSA', subject, status: 'secure', note: `${counted(host.records.length, 'record')}, secure` });
    case 'unusable': return cell('half', 'neutral', 'no usable record', { text: 'unusable', ...rest });
    case 'absent': return cell('circle', 'neutral', 'none', { text: 'none', ...rest });
    case 'insecure': return cell('circle', 'neutral', 'insecure', { text: 'insecure', ...rest });
    case 'lookup-failed': return cell('warning', 'bogus', 'lookup failed', { text: 'failed', ...rest });
    case 'not-applicable': return cell('dash', 'neutral', 'n/a', { text: 'n/a', ...rest });
  }
}

function tlsaLookup({ tlsaLookups }: RunIndex, { tlsaBaseDomain }: DestinationHost): LookupState | undefined {
  const below = `.${tlsaBaseDomain ?? ''}`;
  return tlsaLookups.find(({ name }) => name === tlsaBaseDomain || name.endsWith(below));
}

interface LookupCellParts {
  readonly stage: string;
  readonly subject: SubjectId;
  readonly status: keyof typeof SECURITY;
  readonly note: string;
}

function lookupCell(state: LookupState | undefined, { stage, subject, status, note }: LookupCellParts): Cell {
  const lookup = state?.lookup ?? null;
  if (lookup === null && status === 'pending') return pendingCell(stage, subject);
  const text = lookup === null ? '' : milliseconds(lookup.elapsedMs);
  const why = lookup?.reason?.text ?? note;
  const help = [`${stage}: ${status}`, text === '' ? '' : `${text} ms`, why].filter((part) => part !== '').join(' · ');
  return { status: SECURITY[status], text, help, subject, event: state?.finishedSeq ?? null };
}

interface Contact {
  readonly named: NamedHost;
  readonly address: string | null;
  readonly endpoint: EndpointState | null;
  readonly connection: ConnectionState | null;
  readonly subject: SubjectId;
}

function contactCells({ run }: Indexed, contact: Contact): Cell[] {
  const { connection, endpoint, subject } = contact;
  const verdictCells = [matchCell(contact), nameCell(contact), outcomeCell(contact)];
  if (connection === null) {
    const ended = endpoint !== null;
    const blank = (stage: string): Cell => (ended ? notTested(endpoint.verdict.reason.text, { subject, event: null }) : pendingCell(stage, subject));
    return [blank('Connect'), blank('STARTTLS'), blank('TLS'), ...verdictCells];
  }
  const id = connection.subject;
  const { connect, startTls, tls } = connectionCells(connection, id);
  // While it runs a failed attempt is not the end: the next one may get through. Nothing is red before it is known.
  const open = endpoint === null && run.state === 'running';
  const settled = (stage: string, shown: Cell): Cell => (open && shown.status.tone === 'bogus' ? pendingCell(stage, id) : shown);
  return [settled('Connect', connect), settled('STARTTLS', startTls), settled('TLS', tls), ...verdictCells];
}

/** What a run that ended early left open will not be known any more. */
function leftOpen(cell: Cell, stage: (typeof STAGES)[number] | undefined): Cell {
  const { status, subject, event } = cell;
  if (status.word !== 'pending') return cell;
  const told = notTested('the run ended before', { subject, event });
  return stage === 'Outcome' ? { ...told, status: OUTCOMES['not-determined'] } : told;
}

/** In the width of a cell. */
function refusedWords(comparisons: readonly Comparison[]): string {
  const { kind, words } = recordEnding(comparisons);
  return kind === 'fits-but' ? words : 'no match';
}

function matchCell({ named, endpoint, connection, subject }: Contact): Cell {
  if (endpoint === null) return pendingCell('Match', subject);
  const { verdict } = endpoint;
  const record = verdict.matched === null ? undefined : named.host?.records.find((one) => one.index === verdict.matched?.record);
  if (record !== undefined) {
    const text = `${String(record.usage)} ${String(record.selector)} ${String(record.matchingType)}`;
    const depth = verdict.matched?.depth ?? null;
    return cell('check', 'secure', 'matches', { text, help: `TLSA record ${String(record.index + 1)} (${text}) matches the certificate ${depth === null ? 'in DNS' : `at depth ${String(depth)}`}`, subject, event: endpoint.seq });
  }
  if (endpoint.comparisons.length > 0 && verdict.outcome === 'refused') return cell('cross', 'bogus', refusedWords(endpoint.comparisons), { text: '', help: verdict.reason.text, subject, event: endpoint.seq });
  const cause = { subject: connection?.subject ?? subject, event: null };
  return notTested(connection?.failure == null ? verdict.reason.text : shortCause(connection.failure), cause);
}

function nameCell({ named, endpoint, subject }: Contact): Cell {
  if (endpoint === null) return pendingCell('Names and dates', subject);
  const { verdict } = endpoint;
  const rest = { subject, event: endpoint.seq };
  const usage = named.host?.records.find((one) => one.index === verdict.matched?.record)?.usage;
  if (usage === 3) {
    const dates = verdict.dates === 'valid' ? '' : ` The certificate is ${verdict.dates === 'expired' ? 'expired' : 'not yet valid'}; that does not count.`;
    return cell('dash', 'neutral', 'n/a', { text: 'n/a', help: `${usageName(usage)}: names and dates are not checked (RFC 7672 §3.1.1).${dates}`, ...rest });
  }
  if (verdict.names === null) return cell('dash', 'pending', 'not checked', { text: '', help: 'names and dates were not reached', ...rest });
  if (verdict.names.matched === null) return cell('cross', 'bogus', 'names differ', { text: 'name', help: `None of ${verdict.names.tried.join(', ')} is in the certificate (RFC 7672 §3.2.2)`, ...rest });
  if (verdict.dates === 'expired' || verdict.dates === 'not-yet-valid') return cell('hourglass', 'expired', verdict.dates, { text: 'date', help: 'The dates count for DANE-TA(2) (RFC 7672 §3.2)', ...rest });
  return cell('check', 'secure', 'match', { text: '', help: `${verdict.names.matched} is in the certificate; the dates are valid`, ...rest });
}

function outcomeCell({ endpoint, subject }: Contact): Cell {
  if (endpoint === null) return pendingCell('Outcome', subject);
  const { verdict, seq } = endpoint;
  const status = OUTCOMES[verdict.outcome];
  const rfc = verdict.reason.rfc === null ? '' : ` (${verdict.reason.rfc})`;
  return { status, text: status.word, help: `${OUTCOME_MEANS[verdict.outcome]} ${verdict.reason.text}${rfc}`, subject, event: seq };
}
