/** In the JSON report: mail hosts, what was asked for them, and what senders do with each. */
import type { Outcome } from '../dane/facts.ts';
import { SENDER_KINDS } from '../dane/senders.ts';
import type { Conclusions, SenderAction, SenderKind } from '../dane/senders.ts';
import type { TlsrptResult } from '../dane/tlsrpt.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { Lookup } from '../dns/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import { finishedLookups } from '../findings/state.ts';
import type { Run } from '../inspection/run.ts';

export interface JsonHost {
  readonly name: string;
  /** null for a host that no MX record names */
  readonly preference: number | null;
  readonly outcome: Outcome;
  readonly lookups: readonly JsonLookup[];
  readonly senders: readonly JsonSender[];
  readonly tlsaBaseDomain: string | null;
  readonly tlsa: string;
  readonly reason: string;
  readonly tlsaRecords: readonly { readonly usage: number; readonly selector: number; readonly matchingType: number; readonly data: string; readonly usable: boolean; readonly reason: string | null }[];
}

export interface JsonSender {
  readonly sender: SenderKind;
  readonly action: SenderAction;
  readonly reason: string;
  readonly rfc: string;
  /** result type of RFC 8460 §4.3; null where there is nothing to report */
  readonly tlsrpt: TlsrptResult | null;
}

export interface JsonLookup {
  readonly name: string;
  readonly type: string;
  readonly status: SecurityStatus;
  readonly rcode: string;
  readonly reason: string | null;
}

export function jsonHost(run: Run, host: DestinationHost, senders: Conclusions | undefined): JsonHost {
  const asked = finishedLookups(run).filter(({ name, rrtype }) => (rrtype === 'TLSA' ? host.tlsaCandidates.includes(name) : name === host.name && rrtype !== 'MX'));
  return {
    name: host.name, preference: host.preference, outcome: run.outcome.hosts.find(({ name }) => name === host.name)?.outcome ?? 'pending',
    senders: jsonSenders(senders), lookups: asked.map(jsonLookup), tlsaBaseDomain: host.tlsaBaseDomain, tlsa: host.tlsa, reason: host.reason.text,
    tlsaRecords: host.records.map(({ usage, selector, matchingType, data, usable, reason }) => ({ usage, selector, matchingType, data, usable, reason: reason?.text ?? null })),
  };
}

export const jsonSenders = (conclusions: Conclusions | undefined): JsonSender[] =>
  SENDER_KINDS.flatMap((sender) => {
    const concluded = conclusions?.[sender];
    return concluded === undefined ? [] : [{ sender, action: concluded.action, reason: concluded.text, rfc: concluded.rfc, tlsrpt: concluded.tlsrpt }];
  });

export const jsonLookup = ({ name, rrtype, status, rcode, reason }: Lookup): JsonLookup => ({ name, type: rrtype, status, rcode, reason: reason?.text ?? null });
