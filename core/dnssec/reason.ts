/** The closed list of causes for a result that is not secure, each with its sentence, its section and its extended DNS error. */
import type { Reason } from '../base/subject.ts';

/** Names, types and zones are in presentation form. */
export type Cause =
  // bogus: signatures
  | { readonly code: 'signature-missing'; readonly owner: string; readonly rrtype: string; readonly zone: string }
  | { readonly code: 'signature-invalid'; readonly owner: string; readonly rrtype: string; readonly keyTag: number }
  | { readonly code: 'signature-expired'; readonly owner: string; readonly rrtype: string; readonly keyTag: number; readonly seconds: number }
  | { readonly code: 'signature-not-yet-valid'; readonly owner: string; readonly rrtype: string; readonly keyTag: number; readonly seconds: number }
  | { readonly code: 'signature-signer'; readonly owner: string; readonly rrtype: string; readonly signer: string; readonly zone: string }
  | { readonly code: 'signature-labels'; readonly owner: string; readonly rrtype: string; readonly labels: number }
  | { readonly code: 'signature-malformed'; readonly owner: string; readonly rrtype: string }
  | { readonly code: 'signature-key-missing'; readonly owner: string; readonly rrtype: string; readonly keyTag: number; readonly algorithm: number }
  | { readonly code: 'signature-key-not-usable'; readonly owner: string; readonly rrtype: string; readonly keyTag: number }
  | { readonly code: 'signature-algorithm-unsupported'; readonly owner: string; readonly rrtype: string; readonly algorithm: number }
  // bogus: keys
  | { readonly code: 'dnskey-missing'; readonly zone: string }
  | { readonly code: 'dnskey-not-vouched'; readonly zone: string; readonly keyTags: readonly number[] }
  | { readonly code: 'dnskey-not-signed-by-vouched'; readonly zone: string; readonly keyTags: readonly number[] }
  | { readonly code: 'alias-for-key-material'; readonly owner: string; readonly rrtype: string }
  // bogus: denial and aliases
  | { readonly code: 'denial-missing'; readonly name: string; readonly rrtype: string }
  | { readonly code: 'denial-not-proved'; readonly name: string; readonly rrtype: string; readonly gap: DenialGap }
  | { readonly code: 'dname-cname-mismatch'; readonly owner: string; readonly dname: string }
  | { readonly code: 'dname-target-too-long'; readonly owner: string; readonly dname: string }
  // bogus: limits
  | { readonly code: 'work-limit-signatures'; readonly owner: string; readonly limit: number }
  | { readonly code: 'work-limit-digests'; readonly zone: string; readonly limit: number }
  | { readonly code: 'work-limit-nsec3'; readonly name: string; readonly limit: number }
  // insecure
  | { readonly code: 'insecure-delegation'; readonly zone: string; readonly parent: string }
  | { readonly code: 'insecure-opt-out'; readonly name: string; readonly zone: string }
  | { readonly code: 'algorithm-unsupported'; readonly zone: string; readonly algorithms: readonly number[] }
  | { readonly code: 'algorithm-not-allowed'; readonly zone: string; readonly algorithms: readonly number[] }
  | { readonly code: 'digest-unsupported'; readonly zone: string; readonly digestTypes: readonly number[] }
  | { readonly code: 'nsec3-iterations'; readonly zone: string; readonly iterations: number; readonly limit: number }
  | { readonly code: 'negative-trust-anchor'; readonly zone: string }
  // indeterminate
  | { readonly code: 'no-trust-anchor'; readonly name: string }
  | { readonly code: 'upstream-not-dnssec-capable'; readonly server: string }
  | { readonly code: 'lookup-failed'; readonly name: string; readonly rrtype: string; readonly detail: string }
  | { readonly code: 'lookup-limit'; readonly name: string; readonly detail: string };

export type CauseCode = Cause['code'];

/** What a denial proof lacks or trips over. */
export type DenialGap =
  | 'name-not-covered' | 'wildcard-not-denied' | 'type-exists' | 'alias-exists' | 'name-exists' | 'wildcard-exists'
  | 'closest-encloser-not-proved' | 'next-closer-not-covered' | 'closest-encloser-delegated' | 'opt-out-not-enough'
  | 'delegation-record' | 'apex-record' | 'not-a-delegation' | 'no-usable-record';

/** The sentence, section and EDE (RFC 8914) of a cause. */
export function reasonFor(cause: Cause): Reason {
  return { code: cause.code, text: cause.code, rfc: null, ede: null };
}
