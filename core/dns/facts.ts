/** What the DNS stage tells: every message sent and received, and every finished lookup. Names are in presentation form. */
import type { Base64, FactBase, Hex, Reason } from '../base/subject.ts';
import type { SecurityStatus } from '../dnssec/status.ts';

export interface ServerAddress {
  /** the name server's name where known; null for a forwarder given by address */
  readonly name: string | null;
  readonly address: string;
  readonly port: number;
}

export type DnsTransport = 'udp' | 'tcp';

export type DnsFact = FactBase & (
  | { readonly type: 'dns.lookup.started'; readonly name: string; readonly rrtype: string }
  | { readonly type: 'dns.queried'; readonly exchange: number; readonly zone: string | null; readonly server: ServerAddress;
      readonly transport: DnsTransport; readonly name: string; readonly rrtype: string; readonly query: Base64 }
  | { readonly type: 'dns.answered'; readonly exchange: number; readonly rttMs: number; readonly rcode: string; readonly authoritative: boolean;
      readonly truncated: boolean; readonly authenticatedData: boolean; readonly size: number; readonly response: Base64;
      /** absent where the server told no time, and in older runs */
      readonly serverTime?: ServerTime }
  | { readonly type: 'dns.failed'; readonly exchange: number; readonly failure: DnsFailure }
  | { readonly type: 'dns.notice'; readonly code: DnsNoticeCode; readonly text: string }
  | { readonly type: 'dns.lookup.finished'; readonly lookup: Lookup }
  | { readonly type: 'dns.compared'; readonly comparison: ServerComparison }
);

export type DnsNoticeCode =
  | 'truncated-retry-tcp' | 'edns-refused' | 'forwarder-strips-dnssec' | 'forwarder-unusable' | 'query-minimisation-fallback'
  | 'server-lame' | 'response-discarded' | 'work-limit'
  | 'resolving-from-root';

/** What the server's clock said while it answered, from its cookie (RFC 9018 §4.3), and what ours did. Hostile as all that a server says. */
export interface ServerTime {
  /** seconds since 1970 modulo 2^32, by the server's clock */
  readonly stamped: number;
  /** ms since 1970, by ours, when the answer came */
  readonly received: number;
}

/** The world failed; the code says how, the text what a person reads. */
export interface DnsFailure {
  readonly code: 'timeout' | 'refused' | 'unreachable' | 'reset' | 'malformed' | 'mismatch' | 'rcode' | 'aborted';
  readonly text: string;
}

/** A finished lookup: one question, followed through its aliases, with the status of its weakest link. */
export interface Lookup {
  readonly name: string;
  readonly rrtype: string;
  readonly status: SecurityStatus;
  /** mnemonic, such as NOERROR, NXDOMAIN, SERVFAIL */
  readonly rcode: string;
  /** NOERROR with no records of the type at the end of the alias chain */
  readonly noData: boolean;
  /** null only for a secure answer */
  readonly reason: Reason | null;
  /** the owner name at the end of the CNAME/DNAME chain; equals `name` where there is no alias */
  readonly canonicalName: string;
  /** each alias step with its own status */
  readonly aliases: readonly { readonly owner: string; readonly target: string; readonly status: SecurityStatus; readonly synthesised: boolean }[];
  readonly records: readonly LookupRecord[];
  /** seconds, least TTL of the answer; 0 where there is none */
  readonly ttl: number;
  /** the zones this answer rests on, from the trust anchor down */
  readonly zones: readonly string[];
  readonly elapsedMs: number;
  readonly fromCache: boolean;
}

export interface LookupRecord {
  readonly owner: string;
  readonly type: string;
  readonly ttl: number;
  /** presentation form of the RDATA */
  readonly text: string;
  readonly rdata: Hex;
}

/** What every name server of the zone says at each of its addresses to one question. */
export interface ServerComparison {
  readonly name: string;
  readonly rrtype: string;
  /** null where it could not be found; then no server was asked */
  readonly zone: string | null;
  readonly servers: readonly ComparedServer[];
}

export interface ComparedServer {
  readonly server: ServerAddress;
  /** why there is no answer; null where there is one */
  readonly failure: DnsFailure | null;
  readonly rcode: string | null;
  /** type and RDATA in presentation form, sorted: an answer is a set */
  readonly records: readonly string[];
  /** over the records, or over their denial; times in seconds since 1970 */
  readonly signatures: readonly { readonly typeCovered: string; readonly keyTag: number; readonly inception: number; readonly expiration: number }[];
  /** of the zone's SOA at this server */
  readonly serial: number | null;
  /** servers of the same number say the same; null where there is neither an answer nor a denial */
  readonly group: number | null;
}
