/**
 * The longest run that a window may meet: what the lab told of one host with one address, told again for as many hosts and addresses as
 * an inspection takes. Only the first addresses are connected to; the others are left out, as the engine does.
 */
import { MAXIMUM_ADDRESSES } from '../core/destination/host-addresses.ts';
import { MAXIMUM_HOSTS } from '../core/destination/find-destination.ts';
import type { DestinationHost } from '../core/destination/facts.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import { fold } from '../core/inspection/fold.ts';
import { MAXIMUM_PROBED } from '../core/inspection/inspect-host.ts';
import { CONNECTIONS } from '../core/inspection/options.ts';

/** Further apart than the numbers of one recorded run reach. */
const APART = 1000;

/**
 * @param recorded of a domain with one host that has one address
 * @returns a whole run of at least so many events, where so many addresses may be connected to; in the order of a run, numbered without gaps
 */
export function asLongRun(recorded: readonly InspectionEvent[], least: number): readonly InspectionEvent[] {
  const parts = partsOf(recorded);
  const { host, contacts, lookups } = parts;
  const addresses = Array.from({ length: MAXIMUM_HOSTS }, (_, of) => ({ name: `mx${String(of + 1)}.${host.name.replace(/^mx\d+\./, '')}`, addresses: Array.from({ length: MAXIMUM_ADDRESSES }, (_address, index) => addressOf(of, index)) }));
  const all = addresses.flatMap(({ name, addresses: own }) => own.map((address) => ({ name, address })));
  const others = parts.once.length + MAXIMUM_HOSTS * lookups.length + all.length;
  const connected = Math.min(MAXIMUM_PROBED, Math.ceil((least - others) / (contacts.length - 1)));
  const asked = addresses.flatMap(({ name, addresses: own }, copy) => lookups.map((event) => withAddresses(retold(event, { copy, later: copy, swaps: [[host.name, name]] }), own)));
  const met = all.flatMap(({ name, address }, copy) => copy < connected
    ? contacts.map((event) => retold(event, { copy, later: Math.floor(copy / CONNECTIONS) * parts.length, swaps: [[host.name, name], [parts.address, address]] }))
    : [leftOut(parts, name, address)]);
  const between = [...parts.once.slice(1, -1), ...asked, ...met].toSorted((left, right) => left.at - right.at);
  const [first, last] = [parts.once[0], parts.once.at(-1)] as [InspectionEvent, InspectionEvent];
  const end = (between.at(-1)?.at ?? 0) + 1;
  return [first, ...between, { ...last, at: end }].map((event, seq) => ({ ...withHosts(event, addresses.map(({ name }) => name)), seq }));
}

interface Parts {
  readonly host: DestinationHost;
  readonly address: string;
  /** ms */
  readonly length: number;
  /** of the domain and the zones above, told once; the first and last event of the run among them */
  readonly once: readonly InspectionEvent[];
  /** of the host: its names and records */
  readonly lookups: readonly InspectionEvent[];
  /** of the address: its connections and the verdict */
  readonly contacts: readonly InspectionEvent[];
}

function partsOf(recorded: readonly InspectionEvent[]): Parts {
  const [host, second] = fold(recorded).hosts;
  const address = host?.addresses[0]?.address;
  if (host === undefined || address === undefined || second !== undefined || host.addresses.length > 1) throw new Error('the run is not of one host with one address');
  const isContact = ({ subject }: InspectionEvent): boolean => subject.startsWith('connection:') || subject.startsWith('endpoint:');
  const isOfHost = (event: InspectionEvent): boolean => event.type === 'destination.host' || (!event.type.startsWith('destination.') && !event.type.startsWith('run.') && event.type !== 'certificate.seen' && event.type !== 'dnssec.zone' && event.subject.includes(host.name));
  return {
    host, address, length: recorded.at(-1)?.at ?? 0,
    contacts: recorded.filter(isContact), lookups: recorded.filter((event) => !isContact(event) && isOfHost(event)), once: recorded.filter((event) => !isContact(event) && !isOfHost(event)),
  };
}

/** IPv4 and IPv6 in turn, of the documentation's ranges. */
const addressOf = (host: number, index: number): string =>
  index % 2 === 0 ? `198.51.100.${String(host * (MAXIMUM_ADDRESSES / 2) + index / 2 + 1)}` : `2001:db8:${(host + 1).toString(16)}::${(index + 1).toString(16)}`;

interface Retelling {
  readonly copy: number;
  /** ms */
  readonly later: number;
  readonly swaps: readonly (readonly [string, string])[];
}

function retold(event: InspectionEvent, { copy, later, swaps }: Retelling): InspectionEvent {
  const text = swaps.reduce((before, [old, other]) => before.replaceAll(old, other), JSON.stringify(event));
  const moved = JSON.parse(text, (key, value: unknown) => (typeof value === 'number' && NUMBERS.has(key) ? value + copy * APART : value)) as InspectionEvent;
  return { ...moved, at: event.at + later };
}

/** Names of the fields that hold the number of a connection or of a DNS exchange. */
const NUMBERS: ReadonlySet<string> = new Set(['connection', 'number', 'exchange']);

function withAddresses(event: InspectionEvent, addresses: readonly string[]): InspectionEvent {
  if (event.type !== 'destination.host') return event;
  const [known] = event.host.addresses;
  return known === undefined ? event : { ...event, host: { ...event.host, addresses: addresses.map((address) => ({ ...known, address })) } };
}

function withHosts(event: InspectionEvent, names: readonly string[]): InspectionEvent {
  if (event.type !== 'destination.found') return event;
  return { ...event, destination: { ...event.destination, hosts: names.map((name, index) => ({ name, preference: (index + 1) * 10 })) } };
}

function leftOut({ contacts, host: { name: recorded } }: Parts, host: string, address: string): InspectionEvent {
  const verdict = contacts.find((event) => event.type === 'dane.endpoint');
  if (verdict?.type !== 'dane.endpoint') throw new Error(`no verdict on ${recorded}`);
  const reason = { code: 'work-limit', text: `Not tested: a run connects to at most ${String(MAXIMUM_PROBED)} addresses.`, rfc: null, ede: null };
  return { ...verdict, subject: `endpoint:${host}/${address}/any`, at: verdict.at, endpoint: { ...verdict.endpoint, host, address, keyType: null, connection: null, outcome: 'not-determined', reason, chain: [], matched: null, names: null, dates: 'unknown' } };
}
