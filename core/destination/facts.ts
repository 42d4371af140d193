/** What the destination stage tells: which hosts, addresses and TLSA records a sender would use (RFC 7672 §2.2). */
import type { FactBase, Hex, Reason } from '../base/subject.ts';
import type { SecurityStatus } from '../dnssec/status.ts';

export type DestinationFact = FactBase & (
  | { readonly type: 'destination.found'; readonly destination: Destination }
  | { readonly type: 'destination.host'; readonly host: DestinationHost }
);

export interface Destination {
  readonly kind: 'mx' | 'implicit-mx' | 'null-mx' | 'host' | 'address-literal' | 'domain-does-not-exist' | 'no-mail-host' | 'lookup-failed';
  /** the next-hop domain, or the host that was asked for */
  readonly domain: string;
  readonly hosts: readonly { readonly name: string; readonly preference: number | null }[];
  /** status of the MX lookup; for a host target `secure`: an administratively configured next hop is trusted (RFC 7672 §2.2) */
  readonly mxStatus: SecurityStatus;
  readonly reason: Reason | null;
}

export interface DestinationHost {
  readonly name: string;
  readonly preference: number | null;
  readonly mxStatus: SecurityStatus;
  readonly addresses: readonly HostAddress[];
  /** the weakest of the address lookups that gave addresses; `bogus` where that is why there are none */
  readonly addressStatus: SecurityStatus;
  /** end of the CNAME chain; equals `name` where the host is no alias */
  readonly canonicalName: string;
  /** owner names of the TLSA lookups, in order of trying (RFC 7672 §2.2.2, §2.2.3) */
  readonly tlsaCandidates: readonly string[];
  /** the candidate whose TLSA RRset counts; also SNI and first reference identifier (RFC 7672 §2.2.3, §8.1) */
  readonly tlsaBaseDomain: string | null;
  readonly tlsa: TlsaDisposition;
  readonly tlsaTtl: number;
  readonly records: readonly TlsaRecord[];
  /** names of which one must be in a certificate under DANE-TA(2) (RFC 7672 §3.2.2) */
  readonly referenceIdentifiers: readonly string[];
  /** why `tlsa` is what it is */
  readonly reason: Reason;
}

export interface HostAddress {
  readonly address: string;
  readonly family: 4 | 6;
  readonly status: SecurityStatus;
}

/**
 * - `usable`: at least one usable record in a secure RRset: authentication is required
 * - `unusable`: a secure RRset with no usable record: TLS without authentication (RFC 7672 §2.2)
 * - `absent`: proved, or insecurely said, that there is none
 * - `insecure`: records exist but the RRset or the addresses are insecure: they do not count
 * - `lookup-failed`: bogus, indeterminate, SERVFAIL, timeout: the host is not used (RFC 7672 §2.1.2)
 * - `not-applicable`: address literal, or no addresses
 */
export type TlsaDisposition = 'usable' | 'unusable' | 'absent' | 'insecure' | 'lookup-failed' | 'not-applicable';

export interface TlsaRecord {
  readonly index: number;
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly data: Hex;
  readonly usable: boolean;
  /** why it is not usable; null where it is */
  readonly reason: Reason | null;
}
