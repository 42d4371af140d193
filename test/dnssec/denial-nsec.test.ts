import { describe, expect, test } from 'vitest';
import { parseName } from '../../core/dns/name.ts';
import { rrtypeNumber } from '../../core/dns/rrtype.ts';
import { type DenialOutcome, type DenialQuestion, proveDenial } from '../../core/dnssec/denial.ts';
import { parseNsec, parseTypeBitMap } from '../../core/dnssec/nsec.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { readRRsets, typeBitMap } from './zone-text.ts';

/** `owner next TYPES`, one record a line, in the zone example. unless told otherwise. */
function prove(claim: DenialQuestion['claim'], name: string, type: string, records: string, options: { readonly zone?: string; readonly wildcard?: string; readonly expandedFrom?: string } = {}): DenialOutcome {
  const text = records.split('\n').map((line) => line.trim().replace(/^(\S+) /, '$1 3600 IN NSEC ')).join('\n');
  const expandedFrom = options.expandedFrom === undefined ? null : parseName(options.expandedFrom);
  return proveDenial({
    zone: parseName(options.zone ?? 'example.'), name: parseName(name), type: rrtypeNumber(type) ?? 0, claim,
    wildcard: options.wildcard === undefined ? null : parseName(options.wildcard),
    nsecs: readRRsets(text).map((rrset) => ({ rrset, wildcard: expandedFrom })), nsec3s: [],
    policy: DEFAULT_VALIDATION_POLICY, work: new WorkCounter(DEFAULT_VALIDATION_POLICY),
  });
}

const gapOf = ({ status, cause }: DenialOutcome): string => (cause?.code === 'denial-not-proved' ? `${status} ${cause.gap}` : `${status} ${cause?.code ?? 'proved'}`);
const claimOf = ({ status, check }: DenialOutcome): string => `${status} ${check.claim}`;

describe('RFC 4035 §5.4 no data', () => {
  test('the bit map lacks the type', () => expect(claimOf(prove('negative', 'a.example.', 'MX', 'a.example. b.example. A RRSIG NSEC'))).toBe('secure no-data'));
  test('names are compared without regard to case', () => expect(claimOf(prove('negative', 'A.Example.', 'MX', 'a.eXample. b.example. A RRSIG NSEC'))).toBe('secure no-data'));
  test('the bit map has the type', () => expect(gapOf(prove('negative', 'a.example.', 'A', 'a.example. b.example. A RRSIG NSEC'))).toBe('not-proved type-exists'));
  test('RFC 6840 §4.3: the bit map has CNAME', () => expect(gapOf(prove('negative', 'a.example.', 'MX', 'a.example. b.example. CNAME RRSIG NSEC'))).toBe('not-proved alias-exists'));
  test('RFC 6840 §4.2: ANY is not denied where anything is', () => expect(gapOf(prove('negative', 'a.example.', 'ANY', 'a.example. b.example. A RRSIG NSEC'))).toBe('not-proved type-exists'));
  test('an empty non-terminal has no data of any type and is no name error', () => {
    const records = 'a.example. _25._tcp.mx.example. A RRSIG NSEC';
    expect(claimOf(prove('negative', '_tcp.mx.example.', 'TLSA', records))).toBe('secure no-data');
    expect(gapOf(prove('name-error', 'mx.example.', 'A', records))).toBe('not-proved name-exists');
  });
  test('no record at all', () => expect(gapOf(prove('negative', 'a.example.', 'A', ''))).toBe('not-proved denial-missing'));
});

describe('RFC 4035 §5.4 name error', () => {
  const zone = `example. a.example. NS SOA RRSIG NSEC DNSKEY
    a.example. d.example. A RRSIG NSEC
    d.example. example. A RRSIG NSEC`;

  test('needs the name and the wildcard at the closest encloser', () => {
    expect(claimOf(prove('negative', 'b.example.', 'A', zone))).toBe('secure name-error');
    expect(gapOf(prove('negative', 'b.example.', 'A', 'a.example. d.example. A RRSIG NSEC'))).toBe('not-proved wildcard-not-denied');
    expect(gapOf(prove('negative', 'b.example.', 'A', 'example. a.example. NS SOA RRSIG NSEC DNSKEY'))).toBe('not-proved name-not-covered');
  });
  test('RFC 4034 §4.1.1: the last record wraps to the apex', () => expect(claimOf(prove('negative', 'z.example.', 'A', zone))).toBe('secure name-error'));
  test('a lone record at the apex denies everything else', () => {
    expect(claimOf(prove('negative', 'z.example.', 'A', 'example. example. NS SOA RRSIG NSEC'))).toBe('secure name-error');
    expect(claimOf(prove('negative', 'example.', 'A', 'example. example. NS SOA RRSIG NSEC'))).toBe('secure no-data');
  });
  test('the closest encloser comes from the record, and only its wildcard counts', () => {
    // x.w.example. exists, so that the wildcard in question is *.x.w.example. and not *.example.
    const records = 'x.w.example. y.w.example. A RRSIG NSEC';
    expect(claimOf(prove('negative', 'b.x.w.example.', 'A', records))).toBe('secure name-error');
    expect(gapOf(prove('negative', 'b.x.w.example.', 'A', `${records.replace('x.w', 'a.x.w')}\nexample. a.example. NS SOA RRSIG NSEC`))).toBe('not-proved wildcard-not-denied');
  });
  test('a wildcard that exists makes it no data or nothing, never a name error', () => {
    const star = `example. *.example. NS SOA RRSIG NSEC
      *.example. example. A RRSIG NSEC`;
    expect(claimOf(prove('negative', 'b.example.', 'MX', star))).toBe('secure wildcard-no-data');
    expect(gapOf(prove('negative', 'b.example.', 'A', star))).toBe('not-proved type-exists');
    expect(gapOf(prove('negative', 'b.example.', 'MX', star.replace(' A ', ' CNAME ')))).toBe('not-proved alias-exists');
  });
  test('a wildcard that is an empty non-terminal makes it no data', () => {
    const records = `example. x.*.example. NS SOA RRSIG NSEC
      x.*.example. example. A RRSIG NSEC`;
    expect(claimOf(prove('negative', 'b.example.', 'A', records))).toBe('secure wildcard-no-data');
  });
  test('canonical order is by label from the right, absent first, as octets', () => {
    const records = String.raw`example. a.example. NS SOA RRSIG NSEC
      yljkjljk.a.example. z.a.example. A RRSIG NSEC
      \001.z.example. *.z.example. A RRSIG NSEC`;
    expect(claimOf(prove('negative', 'Z.a.example.', 'A', records.replace('z.a.example. A', '*.z.a.example. A')))).toBe('secure no-data');
    expect(gapOf(prove('negative', String.raw`\200.z.example.`, 'A', records))).toBe('not-proved name-not-covered');
  });
});

describe('records that prove nothing', () => {
  test('the next name lies outside the zone', () => {
    expect(gapOf(prove('negative', 'b.example.', 'A', `example. a.example. NS SOA RRSIG NSEC
      a.example. b.other. A RRSIG NSEC`))).toBe('not-proved name-not-covered');
    expect(gapOf(prove('negative', 'b.example.', 'A', 'a.example. zzz. A RRSIG NSEC'))).toBe('not-proved no-usable-record');
  });
  test('CVE-2017-15105: an NSEC that was expanded from a wildcard', () => {
    const records = 'a.example. b.example. A RRSIG NSEC';
    expect(gapOf(prove('negative', 'a.example.', 'MX', records, { expandedFrom: '*.example.' }))).toBe('not-proved no-usable-record');
  });
  test('the owner lies outside the zone', () => {
    expect(gapOf(prove('negative', 'b.sub.example.', 'A', 'a.example. z.sub.example. A RRSIG NSEC', { zone: 'sub.example.' }))).toBe('not-proved no-usable-record');
  });
  test('the name lies outside the zone', () => {
    expect(prove('negative', 'a.other.', 'A', 'example. example. NS SOA RRSIG NSEC').status).toBe('not-proved');
  });
});

describe('zone cuts (RFC 6840 §4.1, §4.4)', () => {
  const cut = 'sub.example. t.example. NS RRSIG NSEC';
  const both = `example. a.example. NS SOA RRSIG NSEC
    ${cut}`;

  test('the parent side denies nothing at the cut but the DS', () => {
    expect(gapOf(prove('negative', 'sub.example.', 'A', cut))).toBe('not-proved delegation-record');
    expect(claimOf(prove('negative', 'sub.example.', 'DS', cut))).toBe('secure no-data');
  });
  test('the parent side denies no name below the cut', () => {
    expect(gapOf(prove('negative', 'a.sub.example.', 'A', both))).toBe('not-proved delegation-record');
    expect(gapOf(prove('no-ds', 'a.sub.example.', 'DS', both))).toBe('not-proved delegation-record');
  });
  test('RFC 6672 §5.3.4: neither does a record with DNAME below its owner', () => {
    expect(gapOf(prove('negative', 'a.sub.example.', 'A', both.replace('t.example. NS', 't.example. DNAME')))).toBe('not-proved delegation-record');
    expect(claimOf(prove('negative', 'sub.example.', 'A', both.replace('t.example. NS', 't.example. DNAME')))).toBe('secure no-data');
  });
  test('an insecure delegation has NS, no DS and no SOA', () => {
    expect(prove('insecure-delegation', 'sub.example.', 'DS', cut)).toMatchObject({ status: 'secure', delegation: 'unsigned' });
    expect(gapOf(prove('insecure-delegation', 'sub.example.', 'DS', cut.replace('NS ', 'NS DS ')))).toBe('not-proved type-exists');
    expect(gapOf(prove('insecure-delegation', 'sub.example.', 'DS', cut.replace('NS ', 'NS SOA ')))).toBe('not-proved apex-record');
    expect(gapOf(prove('insecure-delegation', 'sub.example.', 'DS', cut.replace('NS ', 'A ')))).toBe('not-proved not-a-delegation');
    expect(prove('insecure-delegation', 'q.example.', 'DS', cut).status).toBe('not-proved');
  });
  test('the apex of the child never denies its DS; the root has no parent', () => {
    expect(gapOf(prove('no-ds', 'sub.example.', 'DS', 'sub.example. sub.example. NS SOA RRSIG NSEC DNSKEY', { zone: 'sub.example.' }))).toBe('not-proved apex-record');
    expect(prove('no-ds', '.', 'DS', '. a. NS SOA RRSIG NSEC DNSKEY', { zone: '.' }).status).toBe('secure');
  });
  test('no DS where there is no cut: another name, an empty non-terminal, no name at all', () => {
    expect(prove('no-ds', 'a.example.', 'DS', 'a.example. b.example. A RRSIG NSEC')).toMatchObject({ status: 'secure', delegation: 'none' });
    expect(prove('no-ds', 'mx.example.', 'DS', 'a.example. _25._tcp.mx.example. A RRSIG NSEC')).toMatchObject({ status: 'secure', delegation: 'none' });
    expect(prove('no-ds', 'ab.example.', 'DS', 'a.example. b.example. A RRSIG NSEC')).toMatchObject({ status: 'secure', delegation: 'none' });
    expect(gapOf(prove('no-ds', 'a.example.', 'DS', 'a.example. b.example. CNAME RRSIG NSEC'))).toBe('not-proved alias-exists');
  });
});

describe('RFC 4035 §5.3.4 wildcard expansion', () => {
  const ask = (name: string, wildcard: string, records: string): string => gapOf(prove('wildcard-expansion', name, 'A', records, { wildcard }));

  test('the name does not exist and no closer encloser does', () => {
    expect(ask('a.z.w.example.', '*.w.example.', 'x.y.w.example. xx.example. MX RRSIG NSEC')).toBe('secure proved');
  });
  test('a closer encloser exists, so that the wildcard does not apply', () => {
    expect(ask('a.z.w.example.', '*.w.example.', 'b.w.example. b.z.w.example. A RRSIG NSEC')).toBe('not-proved name-exists');
    expect(ask('a.z.w.example.', '*.w.example.', 'b.w.example. x.a.z.w.example. A RRSIG NSEC')).toBe('not-proved name-exists');
  });
  test('the name exists, or nothing covers it', () => {
    expect(ask('a.w.example.', '*.w.example.', 'a.w.example. b.w.example. A RRSIG NSEC')).toBe('not-proved name-not-covered');
    expect(ask('a.w.example.', '*.w.example.', 'c.w.example. d.w.example. A RRSIG NSEC')).toBe('not-proved name-not-covered');
  });
  test('asking without a source of synthesis is a mistake of the caller', () => {
    expect(() => prove('wildcard-expansion', 'a.example.', 'A', 'a.example. b.example. A')).toThrow(/source of synthesis/);
  });
});

test('every record is told with its role', () => {
  const { check } = prove('negative', 'b.example.', 'A', `example. a.example. NS SOA RRSIG NSEC
    a.example. d.example. A RRSIG NSEC
    d.example. example. TXT TYPE65280 RRSIG NSEC`);
  expect(check.records).toEqual([
    { owner: 'a.example', next: 'd.example', types: ['A', 'RRSIG', 'NSEC'], optOut: false, role: 'covers-name' },
    { owner: 'example', next: 'a.example', types: ['NS', 'SOA', 'RRSIG', 'NSEC'], optOut: false, role: 'covers-wildcard' },
    { owner: 'd.example', next: 'example', types: ['TXT', 'RRSIG', 'NSEC', 'TYPE65280'], optOut: false, role: 'unused' },
  ]);
});

describe('RFC 4034 §4.1.2 type bit maps', () => {
  test('are read window by window', () => {
    expect([...(parseTypeBitMap(typeBitMap(['A', 'MX', 'NSEC', 'CAA', 'TYPE65535'])) ?? [])]).toEqual([1, 15, 47, 257, 65_535]);
    expect(parseTypeBitMap(new Uint8Array())?.size).toBe(0);
  });
  test.each([
    ['a window without length', [0]], ['an empty block', [0, 0]], ['a block past the end', [0, 2, 1]], ['a block of 33 octets', [0, 33, ...Array.from({ length: 33 }, () => 1)]],
    ['windows out of order', [1, 1, 1, 0, 1, 1]], ['a window twice', [0, 1, 1, 0, 1, 1]],
  ])('%s is malformed', (_, octets) => expect(parseTypeBitMap(Uint8Array.from(octets))).toBeNull());
  test('a record without next name is none', () => expect(parseNsec(parseName('a.'), Uint8Array.of(3, 65))).toBeNull());
});
