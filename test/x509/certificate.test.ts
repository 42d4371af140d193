import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../core/base/bytes.ts';
import { parseCertificate } from '../../core/x509/certificate.ts';
import { describeCertificate } from '../../core/x509/describe.ts';
import { Dice, generateCase, keyStock } from '../dane/generated-cases.ts';
import { NULL, element, explicit, integer, sequence } from './der-writer.ts';
import { NOW, basicConstraints, dnsName, extension, ipName, issue, keyUsage, mailName, name, newKey, subjectAltName, uriName } from './issue.ts';
import type { Fields, KeyKind } from './issue.ts';

const key = newKey();
const made = (fields: Partial<Fields> = {}): Uint8Array => issue({ subject: name('O=Mail,CN=mx.example.org'), issuer: name('CN=Issuer'), key, issuerKey: key, ...fields });
const parsed = (der: Uint8Array) => {
  const result = parseCertificate(der);
  if (!result.ok) throw new Error(result.failure);
  return result.value;
};

describe('RFC 5280 §4.1: a certificate by slices', () => {
  test('what is hashed is what was presented', () => {
    const der = made();
    const certificate = parsed(der);
    expect(certificate.publicKey.raw).toEqual(key.spki);
    expect(certificate.der).toBe(der);
    expect(toHex(der)).toContain(toHex(certificate.tbs));
  });

  test.each([0, 1, 2])('version %i', (version) => expect(parsed(made({ version })).version).toBe(version + 1));

  test('RFC 5280 §4.1.2.5: dates in both forms; others cannot be compared', () => {
    const [early, late] = [Date.UTC(1950, 0, 1), Date.UTC(2050, 0, 1)];
    expect(parsed(made({ notBefore: early, notAfter: late }))).toMatchObject({ notBefore: early, notAfter: late });
    const withTime = (text: string): Uint8Array => Uint8Array.from(Buffer.from(Buffer.from(made({ notBefore: NOW })).toString('latin1').replace('260615120000Z', text), 'latin1'));
    expect(parsed(withTime('261315120000Z')).notBefore).toBeNull();
    expect(parsed(withTime('2606151200+00')).notBefore).toBeNull();
    expect(parsed(withTime('260631120000Z')).notBefore).toBeNull();
  });

  test('extensions that occur twice, or cannot be read, are told and leave the certificate readable', () => {
    expect(parsed(made({ extensions: [basicConstraints(true), basicConstraints(true)] })).extensions.malformed).toContain('2 times');
    expect(parsed(made({ extensions: [keyUsage()] })).extensions.malformed).toContain('no bit is set');
    expect(parsed(made({ extensions: [extension('2.5.29.17', NULL)] })).extensions.malformed).toContain('2.5.29.17');
  });

  test.each([
    ['nothing', new Uint8Array()], ['no certificate', sequence(NULL)], ['something behind', Uint8Array.of(...made(), 0)], ['one octet less', made().subarray(0, -1)],
    ['a version alone', sequence(sequence(explicit(0, integer(2))), sequence(NULL), element(0x03, Uint8Array.of(0)))],
  ])('%s is a failure in words', (_, bytes) => {
    const result = parseCertificate(bytes);
    expect(result).toMatchObject({ ok: false, failure: expect.stringMatching(/\w/) });
  });

  test('cut or changed anywhere: a value, never an exception', () => {
    const dice = new Dice(5280);
    const keys = keyStock();
    for (let round = 0; round < 40; round += 1) {
      const der = generateCase('x', dice, keys).chain[0] as Uint8Array;
      for (let step = 0; step < 60; step += 1) {
        const changed = Uint8Array.from(der.subarray(0, dice.chance(30) ? dice.below(der.length) : der.length));
        for (let count = dice.below(3); count >= 0; count -= 1) changed[dice.below(changed.length)] = dice.below(256);
        const fact = describeCertificate(changed);
        expect(fact.sha256).toBe(createHash('sha256').update(changed).digest('hex'));
      }
    }
  });
});

describe('a certificate for people', () => {
  test('names, dates, key and digests', () => {
    const der = made({ serial: 0x1234, extensions: [subjectAltName(dnsName('mx.example.org'), dnsName('*.example.org'), mailName('a@example.org'), uriName('https://x/'), ipName(192, 0, 2, 1), ipName(0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), 1)), basicConstraints(true)] });
    expect(describeCertificate(der)).toMatchObject({
      subject: 'CN=mx.example.org,O=Mail', issuer: 'CN=Issuer', commonName: 'mx.example.org', dnsNames: ['mx.example.org', '*.example.org'],
      otherNames: ['email:a@example.org', 'URI:https://x/', 'IP:192.0.2.1', 'IP:2001:db8::1'], serial: '1234', notBefore: new Date(NOW - 864e6).toISOString(), keyType: 'ECDSA', keyDescription: 'ECDSA P-256',
      signatureAlgorithm: 'ECDSA with SHA-256', isCa: true, selfIssued: false, malformed: null,
      sha256: createHash('sha256').update(der).digest('hex'), certSha512: createHash('sha512').update(der).digest('hex'),
      spkiSha256: createHash('sha256').update(key.spki).digest('hex'), spkiSha512: createHash('sha512').update(key.spki).digest('hex'),
    });
  });

  test.each([['RSA-2048', 'RSA', 'RSA 2048', 'SHA-256 with RSA'], ['RSA-1024', 'RSA', 'RSA 1024', 'SHA-256 with RSA'], ['RSA-PSS', 'RSA', 'RSA-PSS 2048', 'RSA-PSS'], ['P-384', 'ECDSA', 'ECDSA P-384', 'ECDSA with SHA-256'], ['Ed25519', 'EdDSA', 'Ed25519', 'Ed25519']] as const)(
    '%s', (kind: KeyKind, keyType, keyDescription, signatureAlgorithm) => {
      const other = newKey(kind);
      expect(describeCertificate(made({ key: other, issuerKey: other, issuer: name('O=Mail,CN=mx.example.org') }))).toMatchObject({ keyType, keyDescription, signatureAlgorithm, selfIssued: true });
    });

  test('what is no certificate is told as that, with its digest', () => {
    expect(describeCertificate(Uint8Array.of(1, 2))).toMatchObject({ malformed: expect.stringMatching(/\w/), subject: '', keyType: 'other', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});
