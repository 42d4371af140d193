/** The run on one time axis: each lookup, each DNS message, and each step of each connection, in ms since the run began. */
import { rrsetSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { ConnectionState, DnsExchange, LookupState, Run } from '../../../core/inspection/run.ts';
import type { SmtpPhase } from '../../../core/smtp/facts.ts';
import { isNarrower, purposeText } from '../../../core/smtp/purpose.ts';
import { counted } from '../../text/counted.ts';

/** `step`: a command of the SMTP dialogue and what came back */
export type TimingKind = 'lookup' | 'message' | 'connect' | 'step' | 'handshake';

export interface TimingBar {
  readonly id: string;
  readonly kind: TimingKind;
  readonly title: string;
  /** how it ended, in words */
  readonly note: string;
  /** ms since the run began */
  readonly start: number;
  /** ms; so far, where it is still going on */
  readonly length: number;
  /** `declined`: it asked for what a server need not have, such as a second certificate */
  readonly state: 'done' | 'failed' | 'declined' | 'open' | 'cached';
  readonly subject: SubjectId;
  readonly event: number | null;
}

export interface TimingGroup {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly TimingBar[];
  /** from its first bar to the end of its last, in ms since the run began */
  readonly start: number;
  readonly length: number;
}

export interface Timing {
  readonly groups: readonly TimingGroup[];
  /** ms, the end of the axis; at least 1 */
  readonly length: number;
}

/** @param messages whether each DNS message gets a line of its own */
export function timing(run: Run, messages: boolean): Timing {
  const groups = [
    { id: 'lookups', title: 'DNS lookups', rows: run.lookups.map((lookup, index) => lookupBar(run, lookup, index)) },
    ...(messages ? [{ id: 'messages', title: 'DNS messages', rows: run.exchanges.map((exchange) => messageBar(run, exchange)) }] : []),
    ...run.connections.map((connection) => ({ id: `connection ${String(connection.connection.number)}`, title: connectionTitle(connection), rows: connectionBars(run, connection) })),
  ];
  return { groups: groups.filter((group) => group.rows.length > 0).map(spanned), length: Math.max(1, run.elapsedMs) };
}

function spanned(group: Pick<TimingGroup, 'id' | 'title' | 'rows'>): TimingGroup {
  const start = group.rows.reduce((least, bar) => Math.min(least, bar.start), Infinity);
  const end = group.rows.reduce((most, bar) => Math.max(most, bar.start + bar.length), 0);
  return { ...group, start, length: end - start };
}

export interface KindTotal {
  readonly kind: TimingKind;
  readonly title: string;
  /** ms during which at least one of the kind was under way: what goes on at once counts once */
  readonly length: number;
}

const KINDS: { readonly [Kind in TimingKind]: string } = { lookup: 'DNS lookups', message: 'DNS messages', connect: 'connect', step: 'SMTP', handshake: 'TLS handshake' };

/** The kinds that there are, in the order in which they come. */
export function kindTotals(groups: readonly TimingGroup[]): readonly KindTotal[] {
  const bars = groups.flatMap((group) => group.rows);
  return (Object.keys(KINDS) as TimingKind[]).flatMap((kind) => {
    const some = bars.filter((bar) => bar.kind === kind);
    return some.length === 0 ? [] : [{ kind, title: KINDS[kind], length: covered(some) }];
  });
}

function covered(bars: readonly TimingBar[]): number {
  let [sum, until] = [0, -Infinity];
  for (const { start, length } of bars.toSorted((a, b) => a.start - b.start)) {
    sum += Math.max(0, start + length - Math.max(start, until));
    until = Math.max(until, start + length);
  }
  return sum;
}

/** A piece of the one line on which a whole group is drawn. */
export type Strip = Pick<TimingBar, 'id' | 'kind' | 'state' | 'start' | 'length'>;

/** A gap narrower than one in so many of the group is not seen, and so bounds how many strips there are. */
const STRIPS = 200;

/** What goes on at once, of one kind and with one end, is one strip. Failures come last: they lie above the others. */
export function strips(bars: readonly TimingBar[]): readonly Strip[] {
  const ordered = bars.toSorted((a, b) => a.start - b.start);
  const end = bars.reduce((most, bar) => Math.max(most, bar.start + bar.length), 0);
  const gap = (end - (ordered[0]?.start ?? 0)) / STRIPS;
  const made: Strip[] = [];
  const places = new Map<string, number>();
  for (const bar of ordered) {
    const sort = `${bar.kind} ${bar.state}`;
    const place = places.get(sort) ?? -1;
    const last = made[place];
    if (last !== undefined && bar.start - (last.start + last.length) <= gap) made[place] = { ...last, length: Math.max(last.length, bar.start + bar.length - last.start) };
    else places.set(sort, made.push(bar) - 1);
  }
  return made.toSorted((a, b) => Number(a.state === 'failed') - Number(b.state === 'failed'));
}

/** `DNS lookups` whose text holds the filter; a group without a bar falls away. */
export function filtered(groups: readonly TimingGroup[], filter: string): readonly TimingGroup[] {
  const wanted = filter.trim().toLowerCase();
  if (wanted === '') return groups;
  const has = (text: string): boolean => text.toLowerCase().includes(wanted);
  return groups.map((group) => (has(group.title) ? group : { ...group, rows: group.rows.filter((bar) => has(`${bar.title} ${bar.note}`)) })).filter((group) => group.rows.length > 0);
}

function lookupBar(run: Run, { name, rrtype, startedAt, startedSeq, lookup }: LookupState, index: number): TimingBar {
  const records = lookup?.records.length ?? 0;
  const note = lookup === null ? 'no answer yet' : `${lookup.rcode}, ${counted(records, 'record')}, ${lookup.status}${lookup.fromCache ? ', from the cache of this run' : ''}`;
  return {
    id: `lookup ${String(index)}`, kind: 'lookup', title: `${name} ${rrtype}`, note, start: startedAt, length: lookup?.elapsedMs ?? Math.max(0, run.elapsedMs - startedAt),
    state: lookup === null ? 'open' : (lookup.status === 'bogus' || lookup.status === 'indeterminate' ? 'failed' : (lookup.fromCache ? 'cached' : 'done')),
    subject: rrsetSubject(name, rrtype), event: startedSeq,
  };
}

function messageBar(run: Run, { exchange, seq, at, server, name, rrtype, transport, answer, failure }: DnsExchange): TimingBar {
  const ended = answer === null ? (failure === null ? 'no answer yet' : failure.text) : answer.rcode;
  return {
    id: `message ${String(exchange)}`, kind: 'message', title: `${name} ${rrtype} @${server.name ?? server.address}`, note: `${ended}, ${transport.toUpperCase()}`,
    start: at, length: answer?.rttMs ?? (failure === null ? Math.max(0, run.elapsedMs - at) : 0), state: failure !== null ? 'failed' : (answer === null ? 'open' : 'done'),
    subject: rrsetSubject(name, rrtype), event: seq,
  };
}

const STEPS: readonly { readonly phase: SmtpPhase; readonly title: string }[] = [
  { phase: 'connect', title: 'connect' }, { phase: 'banner', title: 'banner' }, { phase: 'ehlo', title: 'EHLO' }, { phase: 'starttls', title: 'STARTTLS' },
  { phase: 'handshake', title: 'TLS handshake' }, { phase: 'ehlo-protected', title: 'EHLO inside TLS' }, { phase: 'quit', title: 'QUIT' },
];

function connectionBars(run: Run, connection: ConnectionState): readonly TimingBar[] {
  return STEPS.flatMap(({ phase, title }): TimingBar[] => {
    const step = connection.phases[phase];
    if (step === undefined) return [];
    const open = step.state === 'started';
    const start = open ? step.at : step.at - step.elapsedMs;
    const line = connection.lines.find((one) => one.at >= start && one.at <= step.at);
    const note = open ? 'not ended' : (step.state === 'failed' ? connection.failure?.text ?? connection.tlsFailure?.text ?? 'failed' : 'done');
    return [{
      id: `${String(connection.connection.number)} ${phase}`, kind: phase === 'handshake' || phase === 'connect' ? phase : 'step', title, note, start, length: open ? Math.max(0, run.elapsedMs - start) : step.elapsedMs,
      state: open ? 'open' : step.state !== 'failed' ? 'done' : (phase === 'handshake' && isNarrower(connection.connection.purpose) ? 'declined' : 'failed'), subject: connection.subject, event: line?.seq ?? null,
    }];
  });
}

function connectionTitle({ connection: { host, address, port, purpose } }: ConnectionState): string {
  const at = address.includes(':') ? `[${address}]` : address;
  return `${host} · ${at}:${String(port)}${purposeText(purpose) === null ? '' : ` · ${purposeText(purpose) ?? ''}`}`;
}

/** Round steps of a scale: at most eight, so that their words do not touch. */
export function ticks(length: number): readonly number[] {
  const rough = length / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? power;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
}
