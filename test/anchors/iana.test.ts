/** IANA's own document and signature, mirrored from https://data.iana.org/root-anchors/ as of January 2025. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSignedRootAnchors } from '../../core/anchors/signed-root-anchors.ts';
import { toHex } from '../../core/base/bytes.ts';
import { ROOT_TRUST_ANCHORS } from '../../core/dnssec/trust-anchor.ts';
import { nameText } from '../../core/x509/name.ts';

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`iana/${name}`, import.meta.url)));
const published = { xml: file('root-anchors.xml'), signature: file('root-anchors.p7s') };
const AT = Date.UTC(2025, 0, 20);

describe('the document that IANA published (RFC 9718 §2, §3)', () => {
  test('is believed for its signature by the ICANN Root CA, and holds both keys', () => {
    const read = readSignedRootAnchors(published, AT);
    if (!read.ok) throw new Error(read.failure.text);
    expect(read.value.digests.map(({ keyTag }) => keyTag)).toEqual([19036, 20326, 38696]);
    expect(read.value.anchors.map(({ record, validFrom, validUntil }) => [record.split(' ')[3], validFrom, validUntil])).toEqual([
      ['20326', '2017-02-02T00:00:00.000Z', null], ['38696', '2024-07-18T00:00:00.000Z', null],
    ]);
    expect(read.value.signature.path.map(({ subject }) => nameText(subject))).toEqual([
      'emailAddress=dnssec@iana.org,CN=DNSSEC Trust Anchor Verification,O=ICANN', 'C=US,CN=ICANN Root CA,OU=ICANN Certification Authority,O=ICANN',
    ]);
  });

  test('says what is built in', () => {
    const read = readSignedRootAnchors(published, AT);
    if (!read.ok) throw new Error(read.failure.text);
    const digests = read.value.anchors.map(({ record }) => record.split(' ').at(-1)?.toLowerCase());
    expect(digests).toEqual(ROOT_TRUST_ANCHORS.map(({ rdata }) => toHex(rdata.subarray(4))));
  });

  test('is not believed with one octet changed, nor when the signer’s certificate has expired', () => {
    const xml = published.xml.slice();
    xml[xml.length - 20] = (xml.at(-20) as number) ^ 1;
    expect(readSignedRootAnchors({ ...published, xml }, AT)).toMatchObject({ ok: false, failure: { problem: { code: 'content-changed' } } });
    expect(readSignedRootAnchors(published, Date.UTC(2026, 6, 8))).toMatchObject({ ok: false, failure: { problem: { code: 'expired' } } });
  });
});
