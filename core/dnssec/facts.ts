/** What the DNSSEC stage tells: every digest match, signature check and denial proof, with its inputs. */
import type { Base64, FactBase, Hex, Reason } from '../base/subject.ts';
import type { SecurityStatus } from './status.ts';

export type DnssecFact = FactBase & (
  | { readonly type: 'dnssec.anchor'; readonly zone: string; readonly anchors: readonly TrustAnchorFact[] }
  | { readonly type: 'dnssec.zone'; readonly zone: ZoneFact }
  | { readonly type: 'dnssec.digest'; readonly check: DigestCheck }
  | { readonly type: 'dnssec.signature'; readonly check: SignatureCheck }
  | { readonly type: 'dnssec.denial'; readonly check: DenialCheck }
);

export interface TrustAnchorFact {
  readonly kind: 'DS' | 'DNSKEY';
  readonly keyTag: number;
  readonly algorithm: number;
  /** `built-in` or the name of the file it came from */
  readonly source: string;
  /** such as `KSK-2024` */
  readonly label: string | null;
  /** ISO date since when the key is published, where known */
  readonly since: string | null;
}

/** A zone cut and how trust passed it. */
export interface ZoneFact {
  readonly zone: string;
  /** null for the zone that a trust anchor starts */
  readonly parent: string | null;
  readonly status: SecurityStatus;
  readonly reason: Reason | null;
  readonly keys: readonly DnskeyFact[];
  readonly ds: readonly DsFact[];
}

export interface DnskeyFact {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly algorithmName: string;
  readonly flags: number;
  readonly sep: boolean;
  readonly zoneKey: boolean;
  readonly revoked: boolean;
  readonly bits: number | null;
  readonly publicKey: Base64;
  readonly trustAnchor: boolean;
}

export interface DsFact {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Hex;
}

/** A DS (or DS trust anchor) held against the DNSKEYs of the child (RFC 4035 §5.2). */
export interface DigestCheck {
  readonly zone: string;
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly published: Hex;
  /** null where no DNSKEY could be digested */
  readonly computed: Hex | null;
  readonly result: 'match' | 'mismatch' | 'no-such-dnskey' | 'unknown-digest' | 'unknown-algorithm' | 'not-allowed' | 'key-not-usable' | 'work-limit';
}

/** One RRSIG with one DNSKEY over one RRset (RFC 4035 §5.3). */
export interface SignatureCheck {
  readonly zone: string;
  readonly owner: string;
  readonly rrtype: string;
  readonly signer: string;
  readonly keyTag: number;
  readonly algorithm: number;
  readonly labels: number;
  readonly originalTtl: number;
  /** seconds since 1970 */
  readonly inception: number;
  readonly expiration: number;
  readonly signature: Base64;
  /** number of RRs covered */
  readonly records: number;
  readonly result:
    | 'valid' | 'bad-signature' | 'expired' | 'not-yet-valid' | 'no-such-dnskey' | 'unknown-algorithm' | 'not-allowed'
    | 'signer-not-zone' | 'bad-labels' | 'key-not-usable' | 'malformed' | 'work-limit';
  /** the source of synthesis where the answer was expanded from a wildcard, such as `*.example.org` */
  readonly wildcard: string | null;
}

/** A proof that something does not exist (RFC 4035 §5.4, RFC 5155 §8). */
export interface DenialCheck {
  readonly zone: string;
  readonly name: string;
  readonly rrtype: string;
  readonly claim: 'name-error' | 'no-data' | 'no-ds' | 'wildcard-expansion' | 'wildcard-no-data' | 'insecure-delegation';
  readonly method: 'NSEC' | 'NSEC3' | 'none';
  readonly records: readonly DenialRecord[];
  readonly result: 'proved' | 'proved-opt-out' | 'not-proved' | 'insecure-parameters';
  readonly reason: Reason | null;
}

export interface DenialRecord {
  readonly owner: string;
  readonly next: string;
  readonly types: readonly string[];
  readonly optOut: boolean;
  /** further iterations of the hash, NSEC3 only (RFC 5155 §3.1.3); absent in older runs */
  readonly iterations?: number;
  readonly role: 'matches-name' | 'covers-name' | 'matches-closest-encloser' | 'covers-next-closer' | 'matches-wildcard' | 'covers-wildcard' | 'unused';
}
