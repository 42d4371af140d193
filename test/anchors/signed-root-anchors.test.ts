import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ICANN_ROOT_CA, icannAuthority } from '../../core/anchors/icann-authority.ts';
import { readSignedRootAnchors } from '../../core/anchors/signed-root-anchors.ts';
import { fromBase64, toHex } from '../../core/base/bytes.ts';
import { nameText } from '../../core/x509/name.ts';
import { CURRENT, Publisher } from './publisher.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const DAY = 86_400_000;
/** certificates that are made now hold from now on */
const NOW = Date.now() + DAY / 24;

let publisher: Publisher;
beforeAll(() => {
  publisher = new Publisher();
  publisher.signer('good');
  publisher.signer('rsa', { key: 'rsa' });
  publisher.signer('stranger', { mail: 'dnssec@example.org' });
  publisher.signer('server', { extendedKeyUsage: 'serverAuth' });
  publisher.signer('encrypting', { keyUsage: 'critical,keyEncipherment' });
  publisher.signer('short', { days: 1 });
}, 60_000);
afterAll(() => publisher.close());

/** `read` or the code of the failure */
function outcome(xml: Uint8Array, signature: Uint8Array, { at = NOW, authority = publisher.authority() } = {}): string {
  const read = readSignedRootAnchors({ xml, signature }, at, authority);
  if (read.ok) return 'read';
  return read.failure.code === 'signature' ? read.failure.problem.code : read.failure.code;
}

describe('a signature that OpenSSL made is believed', () => {
  test.each([
    ['EC, signed attributes', 'good', []],
    ['RSA, signed attributes', 'rsa', []],
    ['RSA, SHA-512', 'rsa', ['-md', 'sha512']],
    ['EC, SHA-384', 'good', ['-md', 'sha384']],
    ['without signed attributes (RFC 5652 §5.4)', 'good', ['-noattr']],
    ['signer by key identifier (RFC 5652 §5.3)', 'good', ['-keyid']],
    ['content inside as well', 'good', ['-nodetach']],
    ['indefinite lengths (X.690 §8.1.3.6)', 'good', ['-stream', '-nodetach']],
  ])('%s', (_, signer, flags) => {
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, signer, ...flags))).toBe('read');
  });

  test('with the anchors that are or will be valid, and the signer by name', () => {
    const read = readSignedRootAnchors({ xml: bytes(CURRENT), signature: publisher.sign(CURRENT, 'good') }, NOW, publisher.authority());
    if (!read.ok) throw new Error(read.failure.text);
    expect(read.value.anchors.map(({ record, validFrom }) => [record.slice(0, 19), validFrom])).toEqual([
      ['. IN DS 20326 8 2 e', '2017-02-02T00:00:00.000Z'], ['. IN DS 38696 8 2 6', '2024-07-18T00:00:00.000Z'],
    ]);
    expect(read.value.signature.path.map(({ subject }) => nameText(subject))).toEqual(['emailAddress=dnssec@iana.org,CN=Signer,O=Test', 'CN=DNSSEC CA,O=Test', 'CN=root CA,O=Test']);
    expect(Math.abs((read.value.signature.signedAt ?? 0) - Date.now())).toBeLessThan(DAY);
  });
});

describe('nothing else is', () => {
  test.each([
    ['a document changed by one octet', 'content-changed', []],
    ['the same without signed attributes', 'bad-signature', ['-noattr']],
  ])('%s', (_, code, flags) => {
    expect(outcome(bytes(CURRENT.replace('E06D', 'E06E')), publisher.sign(CURRENT, 'good', ...flags))).toBe(code);
  });

  test.each([
    ['a signer of another mail address', 'stranger', 'wrong-signer'],
    ['a certificate for TLS servers (RFC 8550 §4.4.4)', 'server', 'wrong-signer'],
    ['a certificate that is not for signatures (RFC 8550 §4.4.2)', 'encrypting', 'wrong-signer'],
  ])('%s', (_, signer, code) => {
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, signer))).toBe(code);
  });

  test('a signer whose certificate expired, or does not yet hold', () => {
    const signature = publisher.sign(CURRENT, 'short');
    expect(outcome(bytes(CURRENT), signature)).toBe('read');
    expect(outcome(bytes(CURRENT), signature, { at: NOW + 2 * DAY })).toBe('expired');
    expect(outcome(bytes(CURRENT), signature, { at: NOW - 2 * DAY })).toBe('expired');
  });

  test('another authority', () => {
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'good'), { authority: publisher.authority('other') })).toBe('untrusted');
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'good'), { authority: icannAuthority() })).toBe('untrusted');
  });

  test('another authority that comes along with the message', () => {
    publisher.signer('complete');
    publisher.chain('complete', 'intermediate', 'root');
    const signature = publisher.sign(CURRENT, 'complete');
    expect(outcome(bytes(CURRENT), signature)).toBe('read');
    expect(outcome(bytes(CURRENT), signature, { authority: publisher.authority('other') })).toBe('untrusted');
  });

  test('an authority of the same name with another key (RFC 5280 §6.1.3)', () => {
    publisher.root('forged', 'root CA');
    publisher.intermediate('forged-intermediate', 'forged');
    publisher.signer('forger', { issuer: 'forged-intermediate' });
    const signature = publisher.sign(CURRENT, 'forger');
    expect(outcome(bytes(CURRENT), signature, { authority: publisher.authority('forged') })).toBe('read');
    expect(outcome(bytes(CURRENT), signature)).toBe('untrusted');
  });

  test('an intermediate of the same name with another key', () => {
    publisher.chain('forger', 'intermediate');
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'forger'))).toBe('untrusted');
  });

  test.each([
    ['no basicConstraints (RFC 5280 §4.2.1.9)', 'keyUsage=critical,keyCertSign\n'],
    ['CA:FALSE (RFC 5280 §4.2.1.9)', 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n'],
    ['no keyCertSign (RFC 5280 §4.2.1.3)', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature\n'],
    ['a critical extension nobody knows (RFC 5280 §4.2)', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n1.2.3.4=critical,DER:0500\n'],
  ])('an issuer that is no authority: %s', (_, extensions) => {
    publisher.intermediate('weak', 'root', extensions);
    publisher.signer('underling', { issuer: 'weak' });
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'underling'))).toBe('untrusted');
  });

  test('an authority more than the one above allows (RFC 5280 §6.1.4)', () => {
    publisher.root('narrow', 'narrow CA', 'CA:TRUE,pathlen:0');
    publisher.intermediate('surplus', 'narrow');
    publisher.signer('deep', { issuer: 'surplus' });
    publisher.signer('shallow', { issuer: 'narrow' });
    const authority = publisher.authority('narrow');
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'deep'), { authority })).toBe('untrusted');
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'shallow'), { authority })).toBe('read');
  });

  test('a content type that is not the signed one (RFC 5652 §11.1)', () => {
    const signature = publisher.sign(CURRENT, 'good');
    const data = Buffer.from('06092a864886f70d010701', 'hex');
    const outside = Buffer.from(signature).indexOf(data);
    signature[outside + data.length - 1] = 5;
    expect(outcome(bytes(CURRENT), signature)).toBe('bad-signature');
  });

  test('a signer whose certificate is not in the message', () => {
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'good', '-nocerts'))).toBe('no-signer');
  });

  test('another content type without signed attributes (RFC 5652 §5.3)', () => {
    const flags = ['-noattr', '-econtent_type', '1.2.840.113549.1.9.16.1.4'];
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'good', ...flags))).toBe('bad-signature');
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'good', ...flags.slice(1)))).toBe('read');
  });

  test('a digest by SHA-1', () => {
    expect(outcome(bytes(CURRENT), publisher.sign(CURRENT, 'rsa', '-md', 'sha1'))).toBe('unsupported');
  });

  test('a document that is signed and none of ours', () => {
    expect(outcome(bytes('<html/>'), publisher.sign('<html/>', 'good'))).toBe('malformed-document');
  });

  test('a document whose keys are all of another time (RFC 9718 §2.2)', () => {
    const past = CURRENT.replaceAll(/ validFrom="[^"]*"(?: validUntil="[^"]*")?/g, ' validFrom="2010-07-15T00:00:00+00:00" validUntil="2019-01-11T00:00:00+00:00"');
    expect(outcome(bytes(past), publisher.sign(past, 'good'))).toBe('no-current-anchor');
    const ahead = CURRENT.replaceAll(/ validFrom="[^"]*"(?: validUntil="[^"]*")?/g, ' validFrom="2099-01-01T00:00:00Z"');
    expect(outcome(bytes(ahead), publisher.sign(ahead, 'good'))).toBe('no-current-anchor');
  });

  test('any octet of the signature changed, or its end cut off: a failure, never an exception and never another document', () => {
    const signature = publisher.sign(CURRENT, 'good');
    const other = bytes(CURRENT.replace('E06D', 'E06E'));
    for (let offset = 0; offset < signature.length; offset += 7) {
      const changed = Uint8Array.from(signature);
      changed[offset] = (changed[offset] ?? 0) ^ 0x41;
      outcome(bytes(CURRENT), changed);
      expect(outcome(other, changed)).not.toBe('read');
      expect(outcome(bytes(CURRENT), signature.subarray(0, offset))).not.toBe('read');
    }
  });

  test.each([['nothing', []], ['text', [...bytes('-----BEGIN PKCS7-----')]], ['endless nesting', Array<number>(2000).fill(0x30).flatMap((tag) => [tag, 0x80])]])('%s in the place of a signature', (_, octets) => {
    expect(outcome(bytes(CURRENT), Uint8Array.from(octets))).toBe('malformed-signature');
  });
});

describe('the ICANN Root CA', () => {
  test('is the certificate of that fingerprint, name and time', () => {
    const authority = icannAuthority();
    expect(toHex(new Uint8Array(createHash('sha256').update(fromBase64(ICANN_ROOT_CA.der)).digest()))).toBe(ICANN_ROOT_CA.sha256);
    expect(nameText(authority.subject)).toBe('C=US,CN=ICANN Root CA,OU=ICANN Certification Authority,O=ICANN');
    expect([authority.notBefore, authority.notAfter]).toEqual([Date.parse(ICANN_ROOT_CA.notBefore), Date.parse(ICANN_ROOT_CA.notAfter)]);
    expect(authority.extensions.basicConstraints?.ca).toBe(true);
  });
});
