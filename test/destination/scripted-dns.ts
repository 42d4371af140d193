/** Answers for the destination stage, and a record of what was asked. Names and statuses are those of the test; nothing is validated. */
import { toHex } from '../../core/base/bytes.ts';
import { rrsetSubject } from '../../core/base/subject.ts';
import type { LookUp } from '../../core/destination/look-up.ts';
import type { Lookup, LookupRecord } from '../../core/dns/facts.ts';
import { parseName } from '../../core/dns/name.ts';

export type Answer = Partial<Lookup>;

export interface ScriptedDns {
  readonly lookUp: LookUp;
  readonly asked: string[];
}

/** Keys are `name type`; what is not there is a secure NODATA. */
export function scriptedDns(answers: { readonly [question: string]: Answer }): ScriptedDns {
  const asked: string[] = [];
  const lookUp: LookUp = async function* lookUp(name, rrtype) {
    asked.push(`${name} ${rrtype}`);
    const given = answers[`${name} ${rrtype}`] ?? {};
    const lookup: Lookup = {
      name, rrtype, status: 'secure', rcode: 'NOERROR', noData: given.records === undefined, reason: null, canonicalName: name, aliases: [], records: [],
      ttl: 3600, zones: ['.'], elapsedMs: 1, fromCache: false, ...given,
    };
    yield { at: 0, subject: rrsetSubject(name, rrtype), type: 'dns.lookup.finished', lookup };
    return lookup;
  };
  return { lookUp, asked };
}

export const bogus: Answer = { status: 'bogus', rcode: 'SERVFAIL', reason: { code: 'signature-invalid', text: 'The signature is wrong.', rfc: 'RFC 4035 §5.3.3', ede: 6 } };
export const timeout: Answer = { status: 'indeterminate', rcode: 'SERVFAIL', reason: { code: 'lookup-failed', text: 'No answer.', rfc: 'RFC 4035 §4.3', ede: 22 } };
export const denied: Answer = { rcode: 'NXDOMAIN' };

export const addresses = (rrtype: 'A' | 'AAAA', ...texts: string[]): Answer =>
  ({ records: texts.map((text): LookupRecord => ({ owner: 'owner', type: rrtype, ttl: 3600, text, rdata: '' })) });

export const mx = (...hosts: (readonly [preference: number, name: string])[]): Answer => ({
  records: hosts.map(([preference, name]): LookupRecord =>
    ({ owner: 'owner', type: 'MX', ttl: 3600, text: `${preference} ${name}`, rdata: toHex(Uint8Array.of(preference >> 8, preference & 0xff, ...parseName(name))) })),
});

export const tlsa = (...rdatas: string[]): Answer => ({ records: rdatas.map((rdata): LookupRecord => ({ owner: 'owner', type: 'TLSA', ttl: 300, text: rdata, rdata })) });

export const alias = (target: string, initial: 'secure' | 'insecure' = 'secure'): Answer =>
  ({ canonicalName: target, aliases: [{ owner: 'owner', target, status: initial, synthesised: false }] });
