/** A response's records, validated against the keys of one zone and then asked what they prove. */
import { parseName } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE, rrtypeNumber } from '../../core/dns/rrtype.ts';
import { type RRsetCheck, checkRRset } from '../../core/dnssec/check-rrset.ts';
import { type DenialOutcome, type DenialQuestion, type ValidatedRRset, proveDenial } from '../../core/dnssec/denial.ts';
import { type Dnskey, parseDnskey } from '../../core/dnssec/dnskey.ts';
import { DEFAULT_VALIDATION_POLICY, type ValidationPolicy } from '../../core/dnssec/policy.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { readRRset, readRRsets, seconds } from './zone-text.ts';

export interface ExampleZone {
  readonly zone: string;
  /** DNSKEY records, one a line */
  readonly keys: string;
  readonly now: string;
  readonly policy: ValidationPolicy;
}

/** The RFCs' examples are signed with SHA-1, which the default policy does not accept. */
export const SHA1_POLICY: ValidationPolicy = { ...DEFAULT_VALIDATION_POLICY, allowSha1Signatures: true };

export function check(example: ExampleZone, rrset: RRset): RRsetCheck {
  const keys = readRRset(example.keys).rdatas.map((rdata) => parseDnskey(rdata) as Dnskey);
  return checkRRset({ rrset, keys, zone: parseName(example.zone), now: seconds(example.now), policy: example.policy, work: new WorkCounter(example.policy) });
}

/** Only records whose signature is valid take part. */
export function denial(example: ExampleZone, question: { readonly name: string; readonly type: string; readonly claim: DenialQuestion['claim']; readonly wildcard?: string }, authority: string): DenialOutcome {
  const validated = readRRsets(authority).flatMap((rrset): ValidatedRRset[] => {
    const { result, wildcard } = check(example, rrset);
    return result === 'valid' ? [{ rrset, wildcard }] : [];
  });
  return proveDenial({
    zone: parseName(example.zone),
    name: parseName(question.name),
    type: rrtypeNumber(question.type) ?? 0,
    claim: question.claim,
    wildcard: question.wildcard === undefined ? null : parseName(question.wildcard),
    nsecs: validated.filter(({ rrset }) => rrset.type === RRTYPE.NSEC),
    nsec3s: validated.filter(({ rrset }) => rrset.type === RRTYPE.NSEC3),
    policy: example.policy,
    work: new WorkCounter(example.policy),
  });
}
