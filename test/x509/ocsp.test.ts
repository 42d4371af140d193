import { createHash, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseCertificate } from '../../core/x509/certificate.ts';
import { judgeStaple } from '../../core/x509/ocsp.ts';
import { NULL, bitString, element, explicit, integer, latin1, objectIdentifier, octetString, sequence } from './der-writer.ts';
import { NOW, basicConstraints, extendedKeyUsage, issue, name, newKey, signatureAlgorithm } from './issue.ts';
import type { KeyKind, TestKey } from './issue.ts';

const HOUR = 3_600_000;
const [rootKey, leafKey, strangerKey] = [newKey(), newKey(), newKey()];
const rootName = name('CN=Issuer');
const rootDer = issue({ subject: rootName, issuer: rootName, key: rootKey, issuerKey: rootKey, extensions: [basicConstraints(true)] });
const leafDer = issue({ subject: name('CN=leaf'), issuer: rootName, key: leafKey, issuerKey: rootKey, serial: 77 });

const parse = (der: Uint8Array) => {
  const parsed = parseCertificate(der);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
};
const chain = [parse(leafDer), parse(rootDer)];

const generalizedTime = (ms: number): Uint8Array => element(0x18, latin1(new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
const GOOD = element(0x80);

interface Staple {
  readonly serial?: number;
  readonly status?: Uint8Array;
  readonly thisUpdate?: number;
  readonly nextUpdate?: number | null;
  readonly key?: TestKey;
  readonly certificates?: readonly Uint8Array[];
  readonly issuerName?: Uint8Array;
}

function staple({ serial = 77, status = GOOD, thisUpdate = NOW - HOUR, nextUpdate = NOW + HOUR, key = rootKey, certificates = [], issuerName = rootName }: Staple = {}): Uint8Array {
  const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();
  const identifier = sequence(sequence(objectIdentifier('1.3.14.3.2.26'), NULL), octetString(sha1(issuerName)), octetString(sha1(chain[1]?.publicKey.key ?? new Uint8Array())), integer(serial));
  const single = sequence(identifier, status, generalizedTime(thisUpdate), nextUpdate === null ? new Uint8Array() : explicit(0, generalizedTime(nextUpdate)));
  const data = sequence(explicit(1, rootName), generalizedTime(NOW), sequence(single));
  const signature = Uint8Array.from(sign(key.kind === 'Ed25519' ? null : 'sha256', data, key.privateKey));
  const basic = sequence(data, signatureAlgorithm(key), bitString(signature), certificates.length === 0 ? new Uint8Array() : explicit(0, sequence(...certificates)));
  return sequence(element(0x0a, Uint8Array.of(0)), explicit(0, sequence(objectIdentifier('1.3.6.1.5.5.7.48.1.1'), octetString(basic))));
}

const status = (bytes: Uint8Array, presented = chain): string => judgeStaple(bytes, presented, NOW).status;

describe('RFC 6960: a stapled response', () => {
  test('good, with its times', () => {
    expect(judgeStaple(staple(), chain, NOW)).toMatchObject({ status: 'good', thisUpdate: new Date(NOW - HOUR).toISOString(), nextUpdate: new Date(NOW + HOUR).toISOString(), revokedAt: null });
    expect(status(staple({ nextUpdate: null }))).toBe('good');
  });

  test('§2.2: revoked, with its time, and unknown', () => {
    expect(judgeStaple(staple({ status: element(0xa1, generalizedTime(NOW - 5 * HOUR)) }), chain, NOW)).toMatchObject({ status: 'revoked', revokedAt: new Date(NOW - 5 * HOUR).toISOString() });
    expect(status(staple({ status: element(0x82) }))).toBe('unknown');
  });

  test('§2.3: try later, and other errors of the responder', () => {
    expect(status(sequence(element(0x0a, Uint8Array.of(3))))).toBe('try-later');
    expect(status(sequence(element(0x0a, Uint8Array.of(2))))).toBe('responder-error');
  });

  test('§4.2.2.1: stale, and not yet valid', () => {
    expect(status(staple({ thisUpdate: NOW - 9 * HOUR, nextUpdate: NOW - HOUR }))).toBe('stale');
    expect(status(staple({ thisUpdate: NOW + HOUR, nextUpdate: NOW + 2 * HOUR }))).toBe('not-yet-valid');
  });

  test('§3.2: about another certificate, by serial number or issuer', () => {
    expect(status(staple({ serial: 78 }))).toBe('wrong-certificate');
    expect(status(staple({ issuerName: name('CN=Other') }))).toBe('wrong-certificate');
  });

  test('§3.2: signed by somebody else, or changed', () => {
    expect(status(staple({ key: strangerKey }))).toBe('bad-signature');
    const changed = staple({ status: element(0x82) });
    const at = Buffer.from(changed).lastIndexOf(Buffer.from([0x82, 0x00]));
    changed[at] = 0x80;
    expect(status(changed)).toBe('bad-signature');
  });

  test.each(['P-256', 'Ed25519', 'RSA-2048'] as const)('§4.2.2.2: a responder that the issuer authorised, with a key of kind %s', (kind: KeyKind) => {
    const key = newKey(kind);
    const responder = (purpose: string, fields = {}) => issue({ subject: name('CN=Responder'), issuer: rootName, key, issuerKey: rootKey, serial: 5, extensions: [extendedKeyUsage(purpose)], ...fields });
    expect(status(staple({ key, certificates: [responder('1.3.6.1.5.5.7.3.9')] }))).toBe('good');
    expect(status(staple({ key, certificates: [responder('1.3.6.1.5.5.7.3.1')] }))).toBe('bad-signature');
    expect(status(staple({ key, certificates: [responder('1.3.6.1.5.5.7.3.9', { notAfter: NOW - HOUR })] }))).toBe('bad-signature');
    expect(status(staple({ key, certificates: [responder('1.3.6.1.5.5.7.3.9', { issuerKey: strangerKey })] }))).toBe('bad-signature');
  });

  test('without the issuer there is nothing to verify it with', () => {
    expect(status(staple(), chain.slice(0, 1))).toBe('issuer-not-presented');
  });

  test('cut or changed anywhere: a status, never an exception', () => {
    const bytes = staple({ certificates: [leafDer] });
    for (let at = 0; at < bytes.length; at += 1) {
      expect(status(bytes.subarray(0, at))).toBe('malformed');
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] as number) ^ 0xff;
      expect(status(changed)).not.toBe('');
    }
  });
});
