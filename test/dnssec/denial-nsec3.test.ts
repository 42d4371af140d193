import { describe, expect, test } from 'vitest';
import { fromHex } from '../../core/base/bytes.ts';
import { parseName } from '../../core/dns/name.ts';
import { rrtypeNumber } from '../../core/dns/rrtype.ts';
import { fromBase32Hex, toBase32Hex } from '../../core/dnssec/base32hex.ts';
import { type DenialOutcome, type DenialQuestion, proveDenial } from '../../core/dnssec/denial.ts';
import { nsec3Hash, parseNsec3 } from '../../core/dnssec/nsec3.ts';
import { DEFAULT_VALIDATION_POLICY, type ValidationPolicy } from '../../core/dnssec/policy.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { readRRsets } from './zone-text.ts';

interface Parameters {
  readonly salt?: string;
  readonly iterations?: number;
  readonly flags?: number;
  readonly hashAlgorithm?: number;
  readonly zone?: string;
}

const hashOf = (name: string, { salt = '', iterations = 0 }: Parameters): string => toBase32Hex(nsec3Hash(parseName(name), fromHex(salt), iterations));

/** The hash one above or below, so that a record covers exactly one name. */
function neighbour(hash: string, step: 1 | -1): string {
  const octets = fromBase32Hex(hash) ?? new Uint8Array(20);
  octets[19] = ((octets[19] as number) + step) & 0xff;
  return toBase32Hex(octets);
}

const line = (owner: string, next: string, types: string, { salt = '-', iterations = 0, flags = 0, hashAlgorithm = 1, zone = 'example.' }: Parameters): string =>
  `${owner}.${zone} 3600 IN NSEC3 ${hashAlgorithm} ${flags} ${iterations} ${salt} ${next} ${types}`;

const matches = (name: string, types: string, parameters: Parameters = {}): string =>
  line(hashOf(name, parameters), neighbour(hashOf(name, parameters), 1), types, parameters);
const covers = (name: string, parameters: Parameters = {}): string =>
  line(neighbour(hashOf(name, parameters), -1), neighbour(hashOf(name, parameters), 1), 'A RRSIG', parameters);

interface Options {
  readonly zone?: string;
  readonly wildcard?: string;
  readonly policy?: ValidationPolicy;
  readonly work?: WorkCounter;
}

function prove(claim: DenialQuestion['claim'], name: string, type: string, records: readonly string[], { zone = 'example.', wildcard, policy = DEFAULT_VALIDATION_POLICY, work }: Options = {}): DenialOutcome {
  return proveDenial({
    zone: parseName(zone), name: parseName(name), type: rrtypeNumber(type) ?? 0, claim, wildcard: wildcard === undefined ? null : parseName(wildcard),
    nsecs: [], nsec3s: readRRsets(records.join('\n')).map((rrset) => ({ rrset, wildcard: null })), policy, work: work ?? new WorkCounter(policy),
  });
}

const gapOf = ({ status, cause }: DenialOutcome): string => (cause?.code === 'denial-not-proved' ? `${status} ${cause.gap}` : `${status} ${cause?.code ?? 'proved'}`);
const claimOf = ({ status, check }: DenialOutcome): string => `${status} ${check.claim}`;
const OPT_OUT: Parameters = { flags: 1 };
const APEX = matches('example.', 'NS SOA RRSIG DNSKEY NSEC3PARAM');

describe('RFC 5155 §8.4 name error', () => {
  const [nextCloser, wildcard] = [covers('c.example.'), covers('*.example.')];

  test('closest encloser, next closer and wildcard', () => expect(claimOf(prove('negative', 'b.c.example.', 'A', [APEX, nextCloser, wildcard]))).toBe('secure name-error'));
  test('lacks the closest encloser', () => expect(gapOf(prove('negative', 'b.c.example.', 'A', [nextCloser, wildcard]))).toBe('not-proved closest-encloser-not-proved'));
  test('lacks the next closer', () => expect(gapOf(prove('negative', 'b.c.example.', 'A', [APEX, wildcard]))).toBe('not-proved next-closer-not-covered'));
  test('lacks the wildcard', () => expect(gapOf(prove('negative', 'b.c.example.', 'A', [APEX, nextCloser]))).toBe('not-proved wildcard-not-denied'));
  test('§8.3: the closest encloser is the longest that matches', () => {
    expect(gapOf(prove('negative', 'b.c.example.', 'A', [APEX, nextCloser, wildcard, matches('c.example.', 'A')]))).toBe('not-proved next-closer-not-covered');
  });
  test('§9.2: opt-out at the next closer leaves it insecure', () => {
    expect(prove('negative', 'b.c.example.', 'A', [APEX, covers('c.example.', OPT_OUT), wildcard])).toMatchObject({ status: 'insecure', check: { claim: 'name-error', result: 'proved-opt-out' } });
  });
  test('§8.3: nothing below a delegation or a DNAME', () => {
    for (const types of ['NS DS RRSIG', 'DNAME RRSIG', 'NS SOA DNAME RRSIG']) {
      const records = [matches('c.example.', types), covers('b.c.example.'), covers('*.c.example.')];
      expect(gapOf(prove('negative', 'b.c.example.', 'A', records))).toBe('not-proved closest-encloser-delegated');
    }
  });
});

describe('RFC 5155 §8.5 and §8.7 no data', () => {
  test('the record at the name lacks the type', () => {
    expect(claimOf(prove('negative', 'a.example.', 'MX', [matches('a.example.', 'A RRSIG')]))).toBe('secure no-data');
    expect(claimOf(prove('negative', 'a.example.', 'MX', [matches('a.example.', '')]))).toBe('secure no-data');
    expect(claimOf(prove('negative', 'A.EXAMPLE.', 'MX', [matches('a.example.', '')]))).toBe('secure no-data');
    expect(gapOf(prove('negative', 'a.example.', 'A', [matches('a.example.', 'A RRSIG')]))).toBe('not-proved type-exists');
  });
  test('RFC 6840 §4.3: nor CNAME', () => expect(gapOf(prove('negative', 'a.example.', 'MX', [matches('a.example.', 'CNAME RRSIG')]))).toBe('not-proved alias-exists'));
  test('RFC 6840 §4.1: a delegation denies the DS only', () => {
    expect(gapOf(prove('negative', 'a.example.', 'MX', [matches('a.example.', 'NS RRSIG')]))).toBe('not-proved delegation-record');
    expect(claimOf(prove('negative', 'a.example.', 'DS', [matches('a.example.', 'NS RRSIG')]))).toBe('secure no-data');
  });
  test('wildcard no data', () => {
    const proof = [APEX, covers('a.example.')];
    expect(claimOf(prove('negative', 'a.example.', 'MX', [...proof, matches('*.example.', 'A RRSIG')]))).toBe('secure wildcard-no-data');
    expect(gapOf(prove('negative', 'a.example.', 'A', [...proof, matches('*.example.', 'A RRSIG')]))).toBe('not-proved type-exists');
    expect(gapOf(prove('negative', 'a.example.', 'A', [...proof, matches('*.example.', 'CNAME RRSIG')]))).toBe('not-proved alias-exists');
    expect(prove('negative', 'a.example.', 'MX', [APEX, covers('a.example.', OPT_OUT), matches('*.example.', 'A RRSIG')]).status).toBe('insecure');
  });
  test('§6: an empty non-terminal above unsigned delegations lies in an opt-out span, and is insecure', () => {
    expect(claimOf(prove('negative', 'ent.example.', 'A', [APEX, covers('ent.example.', OPT_OUT)]))).toBe('insecure no-data');
    expect(gapOf(prove('negative', 'ent.example.', 'A', [APEX, covers('ent.example.')]))).toBe('not-proved wildcard-not-denied');
  });
});

describe('RFC 5155 §8.6 and §8.9 no DS', () => {
  test('a delegation without DS', () => {
    for (const claim of ['no-ds', 'insecure-delegation'] as const) {
      expect(prove(claim, 'sub.example.', 'DS', [matches('sub.example.', 'NS')])).toMatchObject({ status: 'secure', delegation: 'unsigned' });
      expect(gapOf(prove(claim, 'sub.example.', 'DS', [matches('sub.example.', 'NS DS RRSIG')]))).toBe('not-proved type-exists');
      expect(gapOf(prove(claim, 'sub.example.', 'DS', [matches('sub.example.', 'NS SOA RRSIG')]))).toBe('not-proved apex-record');
    }
  });
  test('no cut at the name', () => {
    expect(prove('no-ds', 'a.example.', 'DS', [matches('a.example.', 'A RRSIG')])).toMatchObject({ status: 'secure', delegation: 'none' });
    expect(gapOf(prove('insecure-delegation', 'a.example.', 'DS', [matches('a.example.', 'A RRSIG')]))).toBe('not-proved not-a-delegation');
    expect(prove('no-ds', 'a.example.', 'DS', [APEX, covers('a.example.')])).toMatchObject({ status: 'secure', delegation: 'none' });
    expect(gapOf(prove('insecure-delegation', 'a.example.', 'DS', [APEX, covers('a.example.')]))).toBe('not-proved not-a-delegation');
  });
  test('an opt-out span may hide an unsigned delegation', () => {
    for (const claim of ['no-ds', 'insecure-delegation'] as const) {
      expect(prove(claim, 'sub.example.', 'DS', [APEX, covers('sub.example.', OPT_OUT)])).toMatchObject({ status: 'insecure', delegation: 'opt-out' });
    }
    expect(gapOf(prove('no-ds', 'sub.example.', 'DS', [covers('sub.example.', OPT_OUT)]))).toBe('not-proved closest-encloser-not-proved');
  });
});

describe('RFC 5155 §8.8 wildcard expansion', () => {
  const ask = (records: readonly string[]): DenialOutcome => prove('wildcard-expansion', 'a.z.w.example.', 'A', records, { wildcard: '*.w.example.' });
  test('the next closer name is covered', () => expect(ask([covers('z.w.example.')]).status).toBe('secure'));
  test('opt-out leaves it insecure', () => expect(ask([covers('z.w.example.', OPT_OUT)]).status).toBe('insecure'));
  test('another name is covered', () => expect(gapOf(ask([covers('a.z.w.example.'), covers('w.example.')]))).toBe('not-proved next-closer-not-covered'));
});

describe('records that are ignored', () => {
  const proof = (parameters: Parameters): string[] => [matches('example.', 'NS SOA RRSIG', parameters), covers('a.example.', parameters), covers('*.example.', parameters)];
  test('RFC 5155 §8.1: unknown hash algorithms', () => expect(gapOf(prove('negative', 'a.example.', 'A', proof({ hashAlgorithm: 2 })))).toBe('not-proved no-usable-record'));
  test('RFC 5155 §8.2: unknown flags', () => expect(gapOf(prove('negative', 'a.example.', 'A', proof({ flags: 2 })))).toBe('not-proved no-usable-record'));
  test('RFC 5155 §8.2: records of different parameters are not combined', () => {
    const [apex = '', nextCloser = '', wildcard = ''] = proof({});
    const [, , otherSalt = ''] = proof({ salt: 'ab' });
    const [, otherIterations = ''] = proof({ iterations: 1 });
    expect(prove('negative', 'a.example.', 'A', [apex, nextCloser, otherSalt]).status).toBe('not-proved');
    expect(prove('negative', 'a.example.', 'A', [apex, otherIterations, wildcard]).status).toBe('not-proved');
    expect(prove('negative', 'a.example.', 'A', [...proof({}), otherSalt, otherIterations]).status).toBe('secure');
  });
  test('RFC 5155 §3: an owner that is not exactly one label below the zone', () => {
    const deeper = (text: string): string => text.replace('.example.', '.sub.example.');
    expect(gapOf(prove('negative', 'a.example.', 'A', proof({}).map(deeper)))).toBe('not-proved no-usable-record');
    // The hash of the parent's apex, used as if it were a name of the child zone, which it is a valid label of.
    expect(prove('negative', `x.${hashOf('example.', {})}.example.`, 'A', [APEX, covers('x.example.')], { zone: `${hashOf('example.', {})}.example.` }).status).toBe('not-proved');
  });
  test('an owner whose first label is no hash', () => {
    expect(gapOf(prove('negative', 'a.example.', 'A', [APEX.replace(/^\w+/, 'zzzz')]))).toBe('not-proved no-usable-record');
    expect(gapOf(prove('negative', 'a.example.', 'A', [APEX.replace(/^\w+/, 'abcd')]))).toBe('not-proved no-usable-record');
  });
  test('an expanded record', () => {
    const nsec3s = readRRsets(matches('a.example.', 'A RRSIG')).map((rrset) => ({ rrset, wildcard: parseName('*.example.') }));
    const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
    expect(proveDenial({ zone: parseName('example.'), name: parseName('a.example.'), type: 15, claim: 'negative', nsecs: [], nsec3s, policy: DEFAULT_VALIDATION_POLICY, work }).status).toBe('not-proved');
  });
  test.each([['ends in the salt', '01000000'], ['a salt past the end', '0100000009ab'], ['a hash past the end', '010000000014aa'], ['a bad bit map', '01000000000001aa00']])('malformed: %s', (_, hex) => {
    expect(parseNsec3(parseName('a.example.'), fromHex(hex))).toBeNull();
  });
});

describe('a lone record and the end of the circle (RFC 5155 §3.1.7)', () => {
  test('a lone record covers all but itself', () => {
    const hash = hashOf('example.', {});
    const lone = line(hash, hash, 'NS SOA RRSIG', {});
    expect(claimOf(prove('negative', 'a.example.', 'A', [lone]))).toBe('secure name-error');
    expect(gapOf(prove('negative', 'example.', 'NS', [lone]))).toBe('not-proved type-exists');
  });
  test('the last record wraps', () => {
    const low = line('f'.repeat(32).replaceAll('f', 'v'), '0'.repeat(31) + '1', 'A', {});
    expect(gapOf(prove('negative', 'a.example.', 'A', [APEX, low]))).toBe('not-proved next-closer-not-covered');
    const nearly = line(neighbour(hashOf('a.example.', {}), 1), hashOf('a.example.', {}), 'A', {});
    expect(gapOf(prove('negative', 'a.example.', 'A', [APEX, nearly]))).toBe('not-proved next-closer-not-covered');
  });
});

describe('RFC 9276 §3.2 iterations', () => {
  const proof = (iterations: number): string[] => [matches('example.', 'NS SOA RRSIG', { iterations }), covers('a.example.', { iterations }), covers('*.example.', { iterations })];
  test('up to the limit they are hashed', () => expect(prove('negative', 'a.example.', 'A', proof(100)).status).toBe('secure'));
  test('beyond it the answer is insecure, decided before anything is hashed', () => {
    const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
    expect(prove('negative', 'a.example.', 'A', proof(101), { work })).toMatchObject({
      status: 'insecure', check: { result: 'insecure-parameters', reason: { ede: 27, rfc: 'RFC 9276 §3.2' } }, cause: { code: 'nsec3-iterations', iterations: 101, limit: 100 } });
    expect(work.spent('nsec3-hash')).toBe(0);
  });
  test('the limit is policy', () => {
    expect(prove('negative', 'a.example.', 'A', proof(150), { policy: { ...DEFAULT_VALIDATION_POLICY, maximumNsec3Iterations: 150 } }).status).toBe('secure');
  });
});

describe('CVE-2023-50868: hashing is bounded', () => {
  const deep = `${'a.'.repeat(100)}example.`;
  test('a deep name costs at most two hashes a label', () => {
    const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
    expect(prove('negative', deep, 'A', [APEX, covers('a.example.'), covers('*.example.')], { work }).status).toBe('secure');
    expect(work.spent('nsec3-hash')).toBeLessThanOrEqual(102);
  });
  test('the limit of a resolution ends in not proved, with its reason', () => {
    const policy = { ...DEFAULT_VALIDATION_POLICY, maximumNsec3Hashes: 50 };
    const work = new WorkCounter(policy);
    const outcome = prove('negative', deep, 'A', [APEX, covers('a.example.'), covers('*.example.')], { policy, work });
    expect([gapOf(outcome), work.spent('nsec3-hash')]).toEqual(['not-proved work-limit-nsec3', 50]);
  });
  test.each(['signature', 'failed-signature'] as const)('CVE-2023-50387: where the limit of %s checks left records out, it is that which is told', (kind) => {
    const policy = { ...DEFAULT_VALIDATION_POLICY, maximumSignatureChecks: 0, maximumFailedSignatureChecks: 0 };
    const work = new WorkCounter(policy);
    work.spend(kind);
    expect(gapOf(prove('negative', deep, 'A', [APEX], { policy, work }))).toBe('not-proved work-limit-signatures');
    expect(gapOf(prove('negative', deep, 'A', [], { policy, work }))).toBe('not-proved work-limit-signatures');
  });
  test('many sets of parameters do not multiply it', () => {
    const work = new WorkCounter(DEFAULT_VALIDATION_POLICY);
    const salts = Array.from({ length: 50 }, (_, index) => index.toString(16).padStart(2, '0'));
    prove('negative', deep, 'A', salts.map((salt) => matches('example.', 'NS SOA', { salt })), { work });
    expect(work.spent('nsec3-hash')).toBe(DEFAULT_VALIDATION_POLICY.maximumNsec3Hashes);
  });
});

test('RFC 4648 §7: base32hex there and back, in any case', () => {
  for (let length = 0; length <= 21; length += 1) {
    const octets = Uint8Array.from({ length }, (_, index) => (index * 37 + length) & 0xff);
    expect(fromBase32Hex(toBase32Hex(octets))).toEqual(octets);
    expect(fromBase32Hex(toBase32Hex(octets).toUpperCase())).toEqual(octets);
  }
  expect(['w', 'a', 'aa=', 'a-', 'ab'].map(fromBase32Hex)).toEqual([null, null, null, null, null]);
});
