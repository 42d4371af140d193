/** What the DNS and DNSSEC events add to a run. */
import { assertNever } from '../base/assert-never.ts';
import type { ZoneFact } from '../dnssec/facts.ts';
import type { InspectionEvent } from './events.ts';
import type { RunEditor } from './run-editor.ts';
import type { DnsExchange, LookupState, Run, ZoneState } from './run.ts';

type DnsEvent = Extract<InspectionEvent, { type: `dns.${string}` }>;
type DnssecEvent = Extract<InspectionEvent, { type: `dnssec.${string}` }>;

export function dnsStep(run: Run, event: DnsEvent, editor: RunEditor): Run {
  switch (event.type) {
    case 'dns.lookup.started': return { ...run, lookups: editor.append(run.lookups, startedLookup(event)) };
    case 'dns.lookup.finished': return { ...run, lookups: finishLookup(run.lookups, event, editor) };
    case 'dns.queried': return { ...run, exchanges: editor.append(run.exchanges, startedExchange(event)) };
    case 'dns.answered': {
      const { seq, rttMs, rcode, authoritative, truncated, authenticatedData, size, response, serverTime } = event;
      const answer = { seq, rttMs, rcode, authoritative, truncated, authenticatedData, size, response, ...(serverTime === undefined ? {} : { serverTime }) };
      return { ...run, exchanges: changeExchange(run, editor, event.exchange, (exchange) => ({ ...exchange, answer })) };
    }
    case 'dns.failed': return { ...run, exchanges: changeExchange(run, editor, event.exchange, (exchange) => ({ ...exchange, failure: event.failure })) };
    case 'dns.notice': return { ...run, dnsNotices: editor.append(run.dnsNotices, { seq: event.seq, code: event.code, text: event.text, subject: event.subject }) };
    case 'dns.compared': return { ...run, comparisons: editor.append(run.comparisons ?? [], { seq: event.seq, ...event.comparison }) };
    default: return assertNever(event);
  }
}

const startedLookup = (event: Extract<DnsEvent, { type: 'dns.lookup.started' }>): LookupState =>
  ({ name: event.name, rrtype: event.rrtype, startedSeq: event.seq, startedAt: event.at, finishedSeq: null, lookup: null });

/**
 * A lookup that was answered from the cache may finish without having been told as started. The same question twice at once is one
 * that is shared: the later one is closed, and a second end is an entry of its own.
 */
function finishLookup(lookups: readonly LookupState[], event: Extract<DnsEvent, { type: 'dns.lookup.finished' }>, editor: RunEditor): readonly LookupState[] {
  const { lookup, seq, at } = event;
  const key = lookupKey(lookup);
  const isOpen = lookups[editor.find(lookups, lookupKey, key)]?.lookup === null;
  if (isOpen) return editor.change(lookups, lookupKey, key, (state) => ({ ...state, finishedSeq: seq, lookup }));
  return editor.append(lookups, { name: lookup.name, rrtype: lookup.rrtype, startedSeq: seq, startedAt: at - lookup.elapsedMs, finishedSeq: seq, lookup });
}

const lookupKey = ({ name, rrtype }: { readonly name: string; readonly rrtype: string }): string => `${name} ${rrtype}`;

const startedExchange = ({ exchange, seq, at, server, zone, transport, name, rrtype, query }: Extract<DnsEvent, { type: 'dns.queried' }>): DnsExchange =>
  ({ exchange, seq, at, server, zone, transport, name, rrtype, query, answer: null, failure: null });

const changeExchange = (run: Run, editor: RunEditor, exchange: number, change: (exchange: DnsExchange) => DnsExchange): readonly DnsExchange[] =>
  editor.change(run.exchanges, (candidate) => candidate.exchange, exchange, change);

export function dnssecStep(run: Run, event: DnssecEvent, editor: RunEditor): Run {
  switch (event.type) {
    case 'dnssec.anchor': return { ...run, anchors: event.anchors };
    case 'dnssec.zone': return changeZone(run, editor, { name: event.zone.zone, seq: event.seq }, (state) => ({ ...state, zone: event.zone }));
    case 'dnssec.digest': return changeZone(run, editor, { name: event.check.zone, seq: event.seq }, (state) => ({ ...state, digests: editor.append(state.digests, event.check) }));
    case 'dnssec.signature': return changeZone(run, editor, { name: event.check.zone, seq: event.seq }, (state) => ({ ...state, signatures: editor.append(state.signatures, event.check) }));
    case 'dnssec.denial': return changeZone(run, editor, { name: event.check.zone, seq: event.seq }, (state) => ({ ...state, denials: editor.append(state.denials, event.check) }));
    default: return assertNever(event);
  }
}

/** Checks in a zone come before the zone's own verdict; until then the zone is what RFC 4035 §4.3 calls indeterminate. */
function changeZone(run: Run, editor: RunEditor, { name, seq }: { readonly name: string; readonly seq: number }, change: (state: ZoneState) => ZoneState): Run {
  if (editor.find(run.zones, zoneName, name) !== -1) return { ...run, zones: editor.change(run.zones, zoneName, name, change) };
  const unknown: ZoneFact = { zone: name, parent: null, status: 'indeterminate', reason: null, keys: [], ds: [] };
  return { ...run, zones: editor.append(run.zones, change({ seq, zone: unknown, digests: [], signatures: [], denials: [] })) };
}

const zoneName = ({ zone }: ZoneState): string => zone.zone;
