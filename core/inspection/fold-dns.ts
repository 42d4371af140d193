/** What the DNS and DNSSEC events add to a run. */
import { assertNever } from '../base/assert-never.ts';
import type { ZoneFact } from '../dnssec/facts.ts';
import type { InspectionEvent } from './events.ts';
import { replaceLast } from './replace.ts';
import type { DnsExchange, LookupState, Run, ZoneState } from './run.ts';

type DnsEvent = Extract<InspectionEvent, { type: `dns.${string}` }>;
type DnssecEvent = Extract<InspectionEvent, { type: `dnssec.${string}` }>;

export function dnsStep(run: Run, event: DnsEvent): Run {
  switch (event.type) {
    case 'dns.lookup.started': return { ...run, lookups: [...run.lookups, startedLookup(event)] };
    case 'dns.lookup.finished': return { ...run, lookups: finishLookup(run.lookups, event) };
    case 'dns.queried': return { ...run, exchanges: [...run.exchanges, startedExchange(event)] };
    case 'dns.answered': {
      const { seq, rttMs, rcode, authoritative, truncated, authenticatedData, size, response } = event;
      const answer = { seq, rttMs, rcode, authoritative, truncated, authenticatedData, size, response };
      return { ...run, exchanges: changeExchange(run, event.exchange, (exchange) => ({ ...exchange, answer })) };
    }
    case 'dns.failed': return { ...run, exchanges: changeExchange(run, event.exchange, (exchange) => ({ ...exchange, failure: event.failure })) };
    case 'dns.notice': return { ...run, dnsNotices: [...run.dnsNotices, { seq: event.seq, code: event.code, text: event.text, subject: event.subject }] };
    case 'dns.compared': return { ...run, comparisons: [...run.comparisons ?? [], { seq: event.seq, ...event.comparison }] };
    default: return assertNever(event);
  }
}

const startedLookup = (event: Extract<DnsEvent, { type: 'dns.lookup.started' }>): LookupState =>
  ({ name: event.name, rrtype: event.rrtype, startedSeq: event.seq, startedAt: event.at, finishedSeq: null, lookup: null });

/** A lookup that was answered from the cache may finish without having been told as started. */
function finishLookup(lookups: readonly LookupState[], event: Extract<DnsEvent, { type: 'dns.lookup.finished' }>): readonly LookupState[] {
  const { lookup, seq, at } = event;
  const isOpen = (state: LookupState): boolean => state.lookup === null && state.name === lookup.name && state.rrtype === lookup.rrtype;
  if (lookups.some(isOpen)) return replaceLast(lookups, isOpen, (state) => ({ ...state, finishedSeq: seq, lookup }));
  return [...lookups, { name: lookup.name, rrtype: lookup.rrtype, startedSeq: seq, startedAt: at - lookup.elapsedMs, finishedSeq: seq, lookup }];
}

const startedExchange = ({ exchange, seq, at, server, zone, transport, name, rrtype, query }: Extract<DnsEvent, { type: 'dns.queried' }>): DnsExchange =>
  ({ exchange, seq, at, server, zone, transport, name, rrtype, query, answer: null, failure: null });

const changeExchange = (run: Run, exchange: number, change: (exchange: DnsExchange) => DnsExchange): readonly DnsExchange[] =>
  replaceLast(run.exchanges, (candidate) => candidate.exchange === exchange, change);

export function dnssecStep(run: Run, event: DnssecEvent): Run {
  switch (event.type) {
    case 'dnssec.anchor': return { ...run, anchors: event.anchors };
    case 'dnssec.zone': return changeZone(run, event.zone.zone, event.seq, (state) => ({ ...state, zone: event.zone }));
    case 'dnssec.digest': return changeZone(run, event.check.zone, event.seq, (state) => ({ ...state, digests: [...state.digests, event.check] }));
    case 'dnssec.signature': return changeZone(run, event.check.zone, event.seq, (state) => ({ ...state, signatures: [...state.signatures, event.check] }));
    case 'dnssec.denial': return changeZone(run, event.check.zone, event.seq, (state) => ({ ...state, denials: [...state.denials, event.check] }));
    default: return assertNever(event);
  }
}

/** Checks in a zone come before the zone's own verdict; until then the zone is what RFC 4035 §4.3 calls indeterminate. */
function changeZone(run: Run, name: string, seq: number, change: (state: ZoneState) => ZoneState): Run {
  const isZone = (state: ZoneState): boolean => state.zone.zone === name;
  if (run.zones.some(isZone)) return { ...run, zones: replaceLast(run.zones, isZone, change) };
  const unknown: ZoneFact = { zone: name, parent: null, status: 'indeterminate', reason: null, keys: [], ds: [] };
  return { ...run, zones: [...run.zones, change({ seq, zone: unknown, digests: [], signatures: [], denials: [] })] };
}
