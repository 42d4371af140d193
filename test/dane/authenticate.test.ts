import { describe, expect, test } from 'vitest';
import { recordEnding } from '../../core/dane/comparison-words.ts';
import { NULL, element, latin1, objectIdentifier, sequence } from '../x509/der-writer.ts';
import { CLIENT_AUTH, NOW, authorityKeyIdentifier, basicConstraints, dnsName, extendedKeyUsage, extension, keyIdentifierPart, keyUsage, name, nameConstraints, newKey, subjectAltName, subjectKeyIdentifier } from '../x509/issue.ts';
import { FULL_CHAIN, HOST, asAuthority, asServer, codes, intermediate, issued, judged, leaf, record, root } from './test-chain.ts';

const DAY = 86_400_000;

describe('DANE-EE(3)', () => {
  test.each(['3 0 0', '3 0 1', '3 0 2', '3 1 0', '3 1 1', '3 1 2'])('%s of the leaf authenticates', (parameters) => {
    expect(judged([record(parameters, leaf)])).toMatchObject({ matched: { record: 0, depth: 0 }, reason: { code: 'matched', rfc: 'RFC 7672 §3.1.1' }, names: null });
  });

  test('RFC 7672 §3.1.1: names are not checked', () => {
    expect(judged([record('3 1 1', leaf)], undefined, { referenceIdentifiers: ['wrong.example.net'] }).matched).not.toBeNull();
  });

  test('RFC 7672 §3.1.1: dates are not checked, but told', () => {
    expect(judged([record('3 1 1', leaf)], undefined, { nowMs: NOW + 365 * DAY })).toMatchObject({ matched: { depth: 0 }, dates: 'expired' });
    expect(judged([record('3 1 1', leaf)], undefined, { nowMs: NOW - 365 * DAY })).toMatchObject({ matched: { depth: 0 }, dates: 'not-yet-valid' });
  });

  test('RFC 7671 §5.1: key usage, purpose, critical extensions and a broken signature are of no account', () => {
    const odd = issued('', intermediate, { breakSignature: true, extensions: [keyUsage(5), extendedKeyUsage(CLIENT_AUTH), extension('1.2.3.4', NULL, true)] });
    expect(judged([record('3 0 1', odd)], [odd]).matched).toEqual({ record: 0, depth: 0 });
  });

  test('RFC 7671 §5.1: only the leaf is compared', () => {
    const authentication = judged([record('3 1 1', intermediate)]);
    expect(authentication.matched).toBeNull();
    expect(codes(authentication)).toEqual(['digest-differs', 'not-this-depth', 'not-this-depth']);
  });

  test.each([
    ['3 0 0', 'The data of the record is not the whole certificate.'], ['3 1 0', 'The data of the record is not the public key (SubjectPublicKeyInfo) of the certificate.'],
    ['3 0 1', 'The digest in the record is not that of the whole certificate.'], ['3 1 2', 'The digest in the record is not that of the public key (SubjectPublicKeyInfo) of the certificate.'],
  ])('RFC 6698 §2.1.2: where %s differs, the part of the certificate that was compared is named', (parameters, text) => {
    expect(judged([record(parameters, intermediate)]).comparisons[0]?.reason).toMatchObject({ text, rfc: 'RFC 6698 §2.1.2, §2.1.3' });
  });

  test('RFC 6698 §2.1.2: an RSA key without NULL parameters is hashed as it is', () => {
    const key = newKey('RSA-2048');
    const withoutNull = sequence(sequence(objectIdentifier('1.2.840.113549.1.1.1')), key.spki.subarray(key.spki.length - 275));
    const odd = issued('CN=odd', null, { key, spki: withoutNull });
    expect(judged([record('3 1 1', { der: odd.der, key: { ...key, spki: withoutNull } })], [odd]).matched).toEqual({ record: 0, depth: 0 });
    expect(judged([record('3 1 1', odd)], [odd]).matched).toBeNull();
  });
});

describe('DANE-TA(2): which certificate may be the anchor', () => {
  test.each([['root', root, 2], ['intermediate', intermediate, 1]] as const)('RFC 7672 §3.1.2: every kind of record of the %s authenticates', (_, anchor, depth) => {
    for (const parameters of ['2 0 0', '2 0 1', '2 0 2', '2 1 0', '2 1 1', '2 1 2']) {
      expect(judged([record(parameters, anchor)])).toMatchObject({ matched: { record: 0, depth }, reason: { code: 'matched', rfc: 'RFC 7672 §3.1.2' } });
    }
  });

  test('RFC 7671 §5.2.2: an anchor known by digest must be sent; no local store stands in', () => {
    for (const parameters of ['2 0 1', '2 1 1', '2 1 2']) {
      const authentication = judged([record(parameters, root)], [leaf, intermediate]);
      expect(authentication).toMatchObject({ matched: null, reason: { code: 'anchor-not-sent', rfc: 'RFC 7671 §5.2.2' } });
      expect(codes(authentication)).toEqual(['not-this-depth', 'digest-differs', 'anchor-not-sent']);
    }
  });

  test('RFC 7671 §5.2.2: an anchor in full need not be sent', () => {
    const authentication = judged([record('2 0 0', root)], [leaf, intermediate]);
    expect(authentication.matched).toEqual({ record: 0, depth: null });
    expect(codes(authentication)).toEqual(['not-this-depth', 'data-differs', 'matched']);
  });

  test('RFC 7671 §5.2.3: a key in full may have signed the top of what was sent', () => {
    expect(judged([record('2 1 0', root)], [leaf, intermediate]).matched).toEqual({ record: 0, depth: 1 });
    expect(judged([record('2 1 0', root)], [leaf]).matched).toBeNull();
  });

  test('RFC 7671 §5.2, §5.2.3: an anchor in DNS that signed nothing of the chain is told apart from a path to it that does not hold', () => {
    const other = issued('CN=Other', null, { extensions: asAuthority });
    for (const [parameters, rfc] of [['2 0 0', 'RFC 7671 §5.2'], ['2 1 0', 'RFC 7671 §5.2.3']] as const) {
      const { reason, comparisons } = judged([record(parameters, other)], [leaf, intermediate]);
      expect(reason).toMatchObject({ code: 'anchor-signed-nothing', rfc });
      expect(recordEnding(comparisons)).toEqual({ kind: 'differs', words: 'signed nothing here' });
    }
    const old = issued('CN=Old', root, { extensions: [basicConstraints(false)] });
    const below = issued(`CN=${HOST}`, old, { extensions: asServer });
    const broken = judged([record('2 0 0', root)], [below, old]);
    expect(broken.reason).toMatchObject({ code: 'path-invalid', rfc: 'RFC 5280 §4.2.1.9' });
    expect(recordEnding(broken.comparisons)).toEqual({ kind: 'fits-but', words: 'fits, but the path does not hold' });
  });

  test('RFC 7671 §5.2: the leaf is no trust anchor, even where it signed itself', () => {
    const selfSigned = issued(`CN=${HOST}`, null, { extensions: asServer });
    for (const parameters of ['2 0 0', '2 0 1', '2 1 1']) expect(judged([record(parameters, selfSigned)], [selfSigned]).matched).toBeNull();
    expect(codes(judged([record('2 1 1', leaf)]))).toEqual(['not-this-depth', 'digest-differs', 'digest-differs', 'anchor-not-sent']);
  });

  test('RFC 7671 §5.2.3: but its bare key may have signed a self-signed leaf', () => {
    const selfSigned = issued(`CN=${HOST}`, null, { extensions: asServer });
    expect(judged([record('2 1 0', selfSigned)], [selfSigned]).matched).toEqual({ record: 0, depth: 0 });
  });

  test('an unrelated certificate that matches is told as sent, but not an issuer', () => {
    const unrelated = issued('CN=Unrelated', null, { extensions: asAuthority });
    const authentication = judged([record('2 0 1', unrelated)], [leaf, intermediate, unrelated]);
    expect(authentication).toMatchObject({ matched: null, reason: { code: 'sent-but-not-an-issuer' } });
    expect(codes(authentication)).toEqual(['not-this-depth', 'digest-differs', 'sent-but-not-an-issuer']);
  });

  test('the order of the message is free after the leaf', () => {
    expect(judged([record('2 1 1', root)], [leaf, root, intermediate]).matched).toEqual({ record: 0, depth: 1 });
  });

  test('a repeated certificate does no harm', () => {
    expect(judged([record('2 1 1', root)], [leaf, intermediate, intermediate, root, root]).matched).not.toBeNull();
  });

  test('what is above the anchor is of no account', () => {
    const strangeRoot = issued('CN=Root', null, { key: root.key, extensions: [basicConstraints(true, 0)], notAfter: NOW - DAY, serial: 99 });
    expect(judged([record('2 1 1', intermediate)], [leaf, intermediate, strangeRoot]).matched).toEqual({ record: 0, depth: 1 });
  });

  test('DANE-EE(3) and DANE-TA(2) side by side: either suffices', () => {
    expect(judged([record('3 1 1', leaf, true), record('2 1 1', root)]).matched).toEqual({ record: 1, depth: 2 });
    expect(judged([record('3 1 1', leaf), record('2 1 1', root, true)]).matched).toEqual({ record: 0, depth: 0 });
  });

  test('both are told, not the first alone', () => {
    const { comparisons } = judged([record('3 1 1', leaf), record('2 1 1', root), record('2 0 1', intermediate)]);
    expect(comparisons.filter(({ matched }) => matched).map(({ record: index, depth }) => [index, depth])).toEqual([[0, 0], [1, 2], [2, 1]]);
    expect(comparisons).toHaveLength(9);
  });
});

describe('DANE-TA(2): the path', () => {
  /** A chain in which the certificate at `depth` is issued with other fields. */
  const chainWith = (depth: 0 | 1 | 2, fields: Parameters<typeof issued>[2]) => {
    const top = depth === 2 ? issued('CN=Root', null, { extensions: asAuthority, ...fields }) : root;
    const middle = depth > 0 ? issued('CN=Intermediate', top, depth === 1 ? { extensions: asAuthority, ...fields } : { extensions: asAuthority }) : intermediate;
    const end = issued('CN=leaf', middle, depth === 0 ? { extensions: asServer, ...fields } : { extensions: asServer });
    return { chain: [end, middle, top], anchor: record('2 1 1', top) };
  };
  const reasonFor = (depth: 0 | 1 | 2, fields: Parameters<typeof issued>[2]) => {
    const { chain, anchor } = chainWith(depth, fields);
    const { matched, reason } = judged([anchor], chain);
    expect(matched).toBeNull();
    return reason;
  };

  test.each([0, 1, 2] as const)('RFC 7671 §5.2: an expired certificate at depth %i, the anchor included', (depth) => {
    expect(reasonFor(depth, { notAfter: NOW - DAY })).toMatchObject({ code: 'expired', rfc: 'RFC 5280 §4.1.2.5' });
    expect(reasonFor(depth, { notBefore: NOW + DAY })).toMatchObject({ code: 'not-yet-valid' });
  });

  test('an intermediate anchor that expired is accepted, as senders do, with a note', () => {
    const { chain } = chainWith(1, { notAfter: NOW - DAY });
    const authentication = judged([record('2 1 1', chain[1] as typeof leaf)], chain);
    expect(authentication).toMatchObject({ matched: { depth: 1 }, notes: [{ code: 'anchor-dates' }] });
  });

  test('a bare key cannot expire', () => {
    expect(judged([record('2 1 0', root)], [leaf, intermediate]).matched).not.toBeNull();
  });

  test.each([0, 1] as const)('RFC 5280 §6.1.3: a broken signature at depth %i', (depth) => {
    expect(reasonFor(depth, { breakSignature: true })).toMatchObject({ code: 'path-invalid', rfc: 'RFC 5280 §6.1.3' });
  });

  test('RFC 5280 §4.2.1.9: an issuer that is no authority', () => {
    expect(reasonFor(1, { extensions: [basicConstraints(false)] })).toMatchObject({ code: 'path-invalid', rfc: 'RFC 5280 §4.2.1.9' });
    expect(reasonFor(1, { extensions: [] }).rfc).toBe('RFC 5280 §4.2.1.9');
    expect(reasonFor(2, { extensions: [basicConstraints(false)] }).rfc).toBe('RFC 5280 §4.2.1.9');
  });

  test('RFC 5280 §4.2.1.3: an issuer without keyCertSign', () => {
    expect(reasonFor(1, { extensions: [basicConstraints(true), keyUsage(6)] }).code).toBe('path-invalid');
  });

  test('RFC 5280 §4.2.1.9: pathLenConstraint', () => {
    expect(reasonFor(2, { extensions: [basicConstraints(true, 0)] })).toMatchObject({ code: 'path-invalid', rfc: 'RFC 5280 §4.2.1.9' });
    const { chain, anchor } = chainWith(2, { extensions: [basicConstraints(true, 1)] });
    expect(judged([anchor], chain).matched).not.toBeNull();
  });

  test('RFC 5280 §6.1.4 (l): self-issued authorities do not count against pathLenConstraint', () => {
    const top = issued('CN=Root', null, { extensions: [basicConstraints(true, 0), subjectKeyIdentifier(Uint8Array.of(1))] });
    const renewed = issued('CN=Root', top, { extensions: [...asAuthority, subjectKeyIdentifier(Uint8Array.of(2)), authorityKeyIdentifier(keyIdentifierPart(Uint8Array.of(1)))], serial: 9 });
    const end = issued('CN=leaf', renewed, { extensions: asServer });
    expect(judged([record('2 0 1', top)], [end, renewed, top]).matched).toEqual({ record: 0, depth: 2 });
  });

  test('RFC 5280 §4.2.1.12: extendedKeyUsage without serverAuth, on the leaf and on authorities', () => {
    expect(reasonFor(0, { extensions: [subjectAltName(dnsName(HOST)), extendedKeyUsage(CLIENT_AUTH)] }).rfc).toBe('RFC 5280 §4.2.1.12');
    expect(reasonFor(1, { extensions: [...asAuthority, extendedKeyUsage(CLIENT_AUTH)] }).rfc).toBe('RFC 5280 §4.2.1.12');
  });

  test.each([0, 1, 2] as const)('RFC 5280 §4.2: a critical extension that nobody knows, at depth %i', (depth) => {
    const own = depth === 0 ? asServer : asAuthority;
    expect(reasonFor(depth, { extensions: [...own, extension('1.2.3.4.5', NULL, true)] })).toMatchObject({ code: 'path-invalid', rfc: 'RFC 5280 §4.2' });
    const { chain, anchor } = chainWith(depth, { extensions: [...own, extension('1.2.3.4.5', NULL, false)] });
    expect(judged([anchor], chain).matched).not.toBeNull();
  });

  test('RFC 5280 §4.2.1.10: name constraints of the anchor bind the leaf, by CN too where there is no dNSName', () => {
    expect(reasonFor(2, { extensions: [...asAuthority, nameConstraints([dnsName('example.net')])] })).toMatchObject({ code: 'path-invalid', rfc: 'RFC 5280 §4.2.1.10' });
    const { chain, anchor } = chainWith(2, { extensions: [...asAuthority, nameConstraints([dnsName('example.org')])] });
    expect(judged([anchor], chain).matched).not.toBeNull();
    const top = issued('CN=Root', null, { extensions: [...asAuthority, nameConstraints([], [dnsName('example.org')])] });
    const byCommonName = issued(`CN=${HOST}`, top);
    expect(judged([record('2 1 1', top)], [byCommonName, top]).reason.rfc).toBe('RFC 5280 §4.2.1.10');
  });

  test('the first issuer that fits is taken and never turned back on; that another path exists is told', () => {
    const impostor = issued('CN=Root', null, { extensions: asAuthority, serial: 77 });
    const crossed = issued('CN=Intermediate', impostor, { key: intermediate.key, extensions: asAuthority, serial: 78 });
    const authentication = judged([record('2 0 1', root)], [leaf, crossed, intermediate, root, impostor]);
    expect(authentication.matched).toBeNull();
    expect(authentication.comparisons.find(({ depth }) => depth === 3)?.reason.text).toContain('senders take the first issuer');
    expect(judged([record('2 0 1', root)], [leaf, intermediate, crossed, root, impostor]).matched).toEqual({ record: 0, depth: 3 });
  });

  test('of issuers that fit, one within its dates is taken before one that expired', () => {
    const old = issued('CN=Intermediate', root, { key: intermediate.key, extensions: asAuthority, notAfter: NOW - DAY, serial: 50 });
    expect(judged([record('2 1 1', root)], [leaf, old, intermediate, root]).matched).toEqual({ record: 0, depth: 3 });
  });

  test('weak algorithms fail no path here, but are noted as refused at security level 1', () => {
    const { chain, anchor } = chainWith(0, { sha1: true });
    const authentication = judged([anchor], chain);
    expect(authentication.matched).not.toBeNull();
    expect(authentication.notes).toMatchObject([{ code: 'weak-algorithm', text: expect.stringContaining('SHA-1') }]);
    expect(judged([record('3 1 1', chain[0] as typeof leaf)], chain).notes).toEqual([]);
  });
});

describe('hostile chains', () => {
  test('bytes that are no certificate are told at their depth, and senders refuse the whole message', () => {
    const authentication = judged([record('3 1 1', leaf), record('2 1 1', root)], [leaf, { der: Uint8Array.of(1, 2, 3) }, root]);
    expect(authentication).toMatchObject({ matched: null, reason: { code: 'certificate-malformed' } });
    expect(codes(authentication, 0)).toEqual(['certificate-malformed', 'certificate-malformed', 'not-this-depth']);
  });

  test('a leaf whose key no library can read authenticates nobody: no handshake can be made with it', () => {
    const unreadable = issued('CN=x', root, { spki: sequence(sequence(objectIdentifier('1.2.3.4')), element(0x03, latin1('\0key'))) });
    expect(judged([record('3 0 1', unreadable)], [unreadable]).matched).toBeNull();
  });

  test('authorities that issue each other in a circle end', () => {
    const [one, two] = [newKey(), newKey()];
    const first = issued('CN=A', { key: two, subject: name('CN=B'), der: new Uint8Array() }, { key: one, extensions: asAuthority });
    const second = issued('CN=B', { key: one, subject: name('CN=A'), der: new Uint8Array() }, { key: two, extensions: asAuthority });
    const end = issued('CN=leaf', first, { extensions: asServer });
    expect(judged([record('2 1 1', root)], [end, first, second]).matched).toBeNull();
  });

  test('a hundred certificates of one name and key are looked at without end neither', () => {
    const many = Array.from({ length: 100 }, (_, serial) => issued('CN=Many', null, { key: root.key, extensions: asAuthority, serial }));
    const end = issued('CN=leaf', { ...root, subject: name('CN=Many') }, { extensions: asServer });
    expect(judged([record('2 1 1', intermediate)], [end, ...many, intermediate]).matched).toBeNull();
  });

  test('no records and no certificates are nothing, not a match', () => {
    expect(judged([], FULL_CHAIN)).toMatchObject({ matched: null, comparisons: [] });
    expect(judged([record('3 1 1', leaf)], []).matched).toBeNull();
  });
});
