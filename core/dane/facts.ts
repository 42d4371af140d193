/** What the DANE stage tells: each comparison and each endpoint's outcome. */
import type { FactBase, Hex, Reason } from '../base/subject.ts';
import type { KeyType } from '../x509/facts.ts';

export type DaneFact = FactBase & (
  | { readonly type: 'dane.compared'; readonly comparison: Comparison }
  | { readonly type: 'dane.endpoint'; readonly endpoint: EndpointVerdict }
  /** what a console's own connection showed; it changes nothing about the run's verdicts */
  | { readonly type: 'dane.channel'; readonly connection: number; readonly endpoint: EndpointVerdict }
);

/** One TLSA record against one presented certificate. A record that does not match is none of the three kinds of wrong. */
export interface Comparison {
  readonly endpoint: string;
  /** index of the record in the TLSA RRset as listed for the host */
  readonly record: number;
  /** 0 is the leaf; null for a record that is compared with no certificate of the chain (full data from DNS) */
  readonly depth: number | null;
  readonly certificate: Hex | null;
  readonly matched: boolean;
  readonly reason: Reason & { readonly code: ComparisonCode };
  /** TLS version of the chain that was compared, where it is known */
  readonly protocol?: string;
}

export type ComparisonCode =
  | 'matched' | 'digest-differs' | 'data-differs' | 'not-usable' | 'usage-not-usable' | 'not-this-depth' | 'ignored-by-agility'
  | 'anchor-not-sent' | 'sent-but-not-an-issuer' | 'name-mismatch' | 'expired' | 'not-yet-valid' | 'path-invalid' | 'anchor-signed-nothing' | 'certificate-malformed';

/** The seven outcomes: what a sender that enforces DANE does. */
export type Outcome =
  | 'authenticated' | 'tls-required-unauthenticated' | 'opportunistic' | 'refused' | 'lookup-failed' | 'not-determined' | 'pending';

/** MX host × address × key type. */
export interface EndpointVerdict {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** null where no certificate was seen */
  readonly keyType: KeyType | null;
  /** number of the connection that showed it; null where none was made */
  readonly connection: number | null;
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** presented chain, leaf first */
  readonly chain: readonly Hex[];
  /** the record and depth that authenticate the endpoint; null where none does */
  readonly matched: { readonly record: number; readonly depth: number | null } | null;
  /** DANE-TA(2) only: the name checks (RFC 7672 §3.2); null where names are not checked */
  readonly names: { readonly tried: readonly string[]; readonly presented: readonly string[]; readonly matched: string | null } | null;
  /** an expired or not yet valid leaf is told even where dates do not count (DANE-EE(3), RFC 7672 §3.1.1) */
  readonly dates: 'valid' | 'expired' | 'not-yet-valid' | 'unknown';
  /** what changes no outcome but should be known, such as `weak-algorithm`: refused by senders at security level 1 */
  readonly notes?: readonly Reason[];
  /** TLS version of the chain that decided; the verdict's own chain, connection and comparisons are of that version */
  readonly protocol?: string;
  /** what each TLS version showed with this key type; with different chains the worse decides */
  readonly versions?: readonly VersionShown[];
  /** a person edited or left out commands before it was reached: no sender's dialogue */
  readonly edited?: true;
}

/** One chain of an endpoint under one TLS version, judged on its own. */
export interface VersionShown {
  /** such as `TLSv1.3` */
  readonly protocol: string;
  readonly connection: number;
  readonly chain: readonly Hex[];
  readonly outcome: Outcome;
  readonly reason: Reason;
}
