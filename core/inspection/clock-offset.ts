/**
 * How far this computer's clock is from those of the name servers that were asked anyway. It is told and changes no judgement: what servers say
 * of the time is hostile input, and one that lies, or a few of one operator, must not move it.
 */
import type { DnsExchange, Run } from './run.ts';

export type ClockOffset = ClockMeasured | { readonly state: 'not-measured'; readonly reason: string };

export interface ClockMeasured {
  readonly state: 'measured';
  /** whole seconds; positive where our clock is ahead */
  readonly seconds: number;
  /** name servers that agree, by address, and the zones that they were asked for */
  readonly servers: number;
  readonly zones: number;
  /** all that told their time */
  readonly heard: number;
  /** their answers */
  readonly evidence: readonly Witness[];
}

export interface Witness {
  readonly server: string;
  readonly zone: string;
  /** seconds; positive where our clock is ahead */
  readonly ahead: number;
  /** of the answer's event */
  readonly seq: number;
  readonly question: Pick<DnsExchange, 'name' | 'rrtype'>;
}

/** seconds: one of the timestamp, one for each side's journey and rounding, and what servers are apart that set their clocks by NTP */
const AGREEMENT = 5;
const LEAST_SERVERS = 3;
const LEAST_ZONES = 2;
/** a file may tell of any number */
const MOST_HEARD = 200;

/** Signatures are made with some minutes in hand; more than this is told as a fault (as DNSViz does). */
export const CLOCK_TOLERANCE = 300;

export function clockOffset(run: Run): ClockOffset {
  const heard = witnesses(run.exchanges);
  const agreed = largestAgreement(heard);
  const [servers, zones] = [agreed.length, zonesOf(agreed)];
  if (heard.length === 0 && run.context?.resolver.mode === 'forwarding') return unknown('names are asked through a resolver, and a single server is no witness');
  if (heard.length < LEAST_SERVERS || zonesOf(heard) < LEAST_ZONES) return unknown(`${heard.length === 0 ? 'no name server' : `only ${count(heard.length, 'name server')} of ${count(zonesOf(heard), 'zone')}`} told the time in a cookie (RFC 9018)`);
  // Half against half is no witness either, and a domain has as many servers as it likes: its zone counts once.
  if (servers < LEAST_SERVERS || zones < LEAST_ZONES || servers * 2 <= heard.length || zones * 2 <= zonesOf(heard)) return unknown(`the ${String(heard.length)} name servers that told their time do not agree on it`);
  // All zones below may be of one operator, who would then set the time by which the own expired certificate is valid.
  if (!agreed.some(({ zone }) => isAboveDomains(zone))) return unknown('no server of the root or of a top-level domain is among those that agree');
  return { state: 'measured', seconds: Math.round(median(agreed)) + 0, servers, zones, heard: heard.length, evidence: agreed };
}

const unknown = (reason: string): ClockOffset => ({ state: 'not-measured', reason });

/** The first that each address said: it may not be asked until its answer fits. A forwarder's own zone is none. */
function witnesses(exchanges: readonly DnsExchange[]): readonly Witness[] {
  const first = new Map<string, Witness>();
  for (const { server, zone, answer, name, rrtype } of exchanges) {
    if (zone === null || answer?.serverTime === undefined || first.has(server.address) || first.size >= MOST_HEARD) continue;
    first.set(server.address, { server: server.address, zone, seq: answer.seq, question: { name, rrtype }, ahead: secondsAhead(answer.serverTime, answer.rttMs) });
  }
  return [...first.values()].toSorted((left, right) => left.ahead - right.ahead);
}

/**
 * RFC 9018 §4.3: timestamps are compared by serial number arithmetic (RFC 1982), so 2106 is no wall. The stamp is cut to whole seconds and was
 * made half a round trip before the answer came.
 */
function secondsAhead({ stamped, received }: { readonly stamped: number; readonly received: number }, rttMs: number): number {
  const ours = (received - rttMs / 2) / 1000;
  const whole = Math.floor(ours);
  return ((whole - stamped) | 0) + (ours - whole) - 0.5;
}

/** Of witnesses in the order of what they say: as many as fit between two that agree. */
function largestAgreement(sorted: readonly Witness[]): readonly Witness[] {
  const groups = sorted.map(({ ahead }, from) => sorted.slice(from).filter((witness) => witness.ahead - ahead <= AGREEMENT));
  return groups.reduce<readonly Witness[]>((largest, group) => (group.length > largest.length ? group : largest), []);
}

/** the root and the top-level domains */
const isAboveDomains = (zone: string): boolean => zone === '.' || !zone.includes('.');

const zonesOf = (heard: readonly Witness[]): number => new Set(heard.map(({ zone }) => zone)).size;

/** The one in the middle, the lower of two: a mean could be moved by one. */
const median = (sorted: readonly Witness[]): number => sorted[Math.floor((sorted.length - 1) / 2)]?.ahead ?? 0;

const count = (number: number, word: string): string => `${String(number)} ${word}${number === 1 ? '' : 's'}`;
