/** One look at the DNSKEY RRset of the root: which anchor vouches for it, which keys signed it, which revoke themselves. */
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { ROOT, sameName } from '../dns/name.ts';
import type { RRset } from '../dns/record.ts';
import { groupRRsets } from '../dns/rrset.ts';
import { RRTYPE } from '../dns/rrtype.ts';
import { checkRRset } from '../dnssec/check-rrset.ts';
import { parseDnskey } from '../dnssec/dnskey.ts';
import type { Dnskey } from '../dnssec/dnskey.ts';
import { DEFAULT_VALIDATION_POLICY } from '../dnssec/policy.ts';
import type { Resolver } from '../dnssec/resolver.ts';
import { parseRrsig, signatureTime } from '../dnssec/rrsig.ts';
import { checkAnchors } from '../dnssec/trust-anchor.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import { WorkCounter } from '../dnssec/work.ts';
import type { Sighting } from './rfc5011.ts';

export interface RootSighting extends Sighting {
  /** keys that an anchor vouches for */
  readonly vouched: readonly Dnskey[];
  /** keys whose signature over the RRset holds */
  readonly signers: readonly Dnskey[];
  /** seconds, of the longest signature by a vouched key */
  readonly signatureLeft: number;
}

export interface SightingFailure {
  /** `bogus`: what came does not validate under the anchors; `unreachable`: nothing came that could */
  readonly code: 'bogus' | 'unreachable';
  readonly text: string;
}

/** @param at ms since 1970 */
export async function sightRoot(resolver: Resolver, anchors: readonly TrustAnchor[], at: number): Promise<Result<RootSighting, SightingFailure>> {
  const answer = await resolver.resolve('.', 'DNSKEY');
  // Without any key the validator says bogus too; from here that cannot be told from a network that is down.
  const seen = answer.reason?.code !== 'dnskey-missing';
  if (answer.status === 'bogus' && seen) return failed({ code: 'bogus', text: answer.reason?.text ?? 'the keys of the root do not validate' });
  const rrset = groupRRsets(answer.answer).find(({ owner, type }) => type === RRTYPE.DNSKEY && sameName(owner, ROOT));
  if (answer.status !== 'secure' || rrset === undefined) return failed({ code: 'unreachable', text: answer.reason?.text ?? 'the root has no DNSKEY records' });
  return readSighting(rrset, anchors, at);
}

/** RFC 5011 §2.2: only an RRset that validates under a trust anchor tells anything. @param at ms since 1970 */
export function readSighting(rrset: RRset, trustAnchors: readonly TrustAnchor[], at: number): Result<RootSighting, SightingFailure> {
  const anchors = trustAnchors.filter(({ zone }) => sameName(zone, ROOT));
  const keys = rrset.rdatas.flatMap((rdata) => parseDnskey(rdata) ?? []);
  const { vouched } = checkAnchors({ anchors, keys, policy: DEFAULT_VALIDATION_POLICY, work: new WorkCounter(DEFAULT_VALIDATION_POLICY) });
  const signedBy = (candidates: readonly Dnskey[]): boolean => signed(rrset, candidates, at);
  const trusted = vouched.filter((key) => signedBy([key]));
  if (trusted.length === 0) return failed({ code: 'bogus', text: 'no key that a trust anchor vouches for signed the keys of the root' });
  return success({
    at, keys, vouched, signers: keys.filter((key) => signedBy([key])), selfRevoked: keys.filter((key) => key.revoked && signedBy([key])),
    ...signatureTimes(rrset, trusted, at),
  });
}

/** A key each: RRSIGs name their key by tag, and tags are not unique (RFC 4034 §B). */
function signed(rrset: RRset, keys: readonly Dnskey[], at: number): boolean {
  const policy = DEFAULT_VALIDATION_POLICY;
  const { checks } = checkRRset({ rrset, keys, zone: ROOT, now: Math.floor(at / 1000), policy, work: new WorkCounter(policy) });
  return checks.some(({ result }) => result === 'valid');
}

function signatureTimes(rrset: RRset, keys: readonly Dnskey[], at: number): { readonly originalTtl: number; readonly signatureLeft: number } {
  const own = rrset.signatures.flatMap((rdata) => parseRrsig(rdata) ?? []).filter(({ keyTag, algorithm }) => keys.some((key) => key.keyTag === keyTag && key.algorithm === algorithm));
  const left = own.map((rrsig) => {
    const time = signatureTime(rrsig, Math.floor(at / 1000), 0);
    return time.state === 'current' ? time.secondsLeft : 0;
  });
  return { originalTtl: Math.max(0, ...own.map(({ originalTtl }) => originalTtl)), signatureLeft: Math.max(0, ...left) };
}
