import { describe, expect, test } from 'vitest';
import { readRootAnchorsXml } from '../../core/anchors/root-anchors-xml.ts';
import { toBase64, toHex } from '../../core/base/bytes.ts';
import { ROOT } from '../../core/dns/name.ts';
import { dsDigest } from '../../core/dnssec/ds.ts';
import { CURRENT, KSK_2017, anchorsXml } from './publisher.ts';

const read = (text: string): ReturnType<typeof readRootAnchorsXml> => readRootAnchorsXml(new TextEncoder().encode(text));

describe('IANA’s document (RFC 9718 §2)', () => {
  test('gives every key digest with its time', () => {
    const result = read(CURRENT);
    if (!result.ok) throw new Error(result.failure);
    expect(result.value.map(({ keyTag, validFrom, validUntil }) => [keyTag, validFrom, validUntil])).toEqual([
      [19036, Date.UTC(2010, 6, 15), Date.UTC(2019, 0, 11)], [20326, Date.UTC(2017, 1, 2), null], [38696, Date.UTC(2024, 6, 18), null],
    ]);
    expect(toHex(result.value[1]?.digest ?? new Uint8Array())).toBe(KSK_2017.toLowerCase());
  });

  test('may have comments, either kind of quotes and a byte order mark', () => {
    expect(read(`\uFEFF${CURRENT.replace('<Zone>', '<!-- KSK roll -->\n<Zone>').replaceAll('"', '\'')}`).ok).toBe(true);
  });

  test('may have the key beside its digest, which then must be its own', () => {
    const key = Uint8Array.of(3, 1, 0, 1, 200, 7, 9);
    const digest = toHex(dsDigest(ROOT, Uint8Array.of(1, 1, 3, 8, ...key), 2) ?? new Uint8Array());
    const more = `<PublicKey>${toBase64(key)}</PublicKey><Flags>257</Flags>`;
    expect(read(anchorsXml({ keyTag: 1, digest, more })).ok).toBe(true);
    expect(read(anchorsXml({ keyTag: 1, digest: KSK_2017, more }))).toEqual({ ok: false, failure: 'the digest of key 1 is not that of the public key beside it' });
  });
});

describe('is refused in words where it is anything else', () => {
  test.each([
    ['a document type', CURRENT.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'), /DOCTYPE/],
    ['an entity', CURRENT.replace('<KeyTag>20326', '<KeyTag>&#50;0326'), /nothing that such a document has/],
    ['CDATA', CURRENT.replace('<Zone>.', '<Zone><![CDATA[.]]>'), /CDATA/],
    ['another root element', CURRENT.replaceAll('TrustAnchor', 'Anchors'), /not a <TrustAnchor>/],
    ['another zone', CURRENT.replace('<Zone>.', '<Zone>org.'), /not about the root/],
    ['two zones', CURRENT.replace('<Zone>.</Zone>', '<Zone>.</Zone><Zone>.</Zone>'), /not exactly one <Zone>/],
    ['no key digest', CURRENT.replaceAll(/<KeyDigest[\s\S]*<\/KeyDigest>/g, ''), /no <KeyDigest>/],
    ['a key tag too large', CURRENT.replace('>20326<', '>70000<'), /no number up to 65535/],
    ['a digest of another length', CURRENT.replace(KSK_2017, KSK_2017.slice(2)), /none of type 2/],
    ['a time that is none', CURRENT.replace('2017-02-02T', '2017-13-02T'), /which is none/],
    ['no validFrom', anchorsXml({ keyTag: 1, digest: KSK_2017, validFrom: null }), /no validFrom/],
    ['an attribute twice', CURRENT.replace('id="K20326"', 'id="K20326" id="K"'), /there twice/],
    ['an element left open', CURRENT.replace('</TrustAnchor>', ''), /not one XML element/],
    ['crossed elements', CURRENT.replace('</Zone>', '</KeyTag>'), /closes what is not open/],
    ['two documents', CURRENT + CURRENT.replace(/<\?.*\?>/, ''), /not one XML element/],
    ['deep nesting', '<a>'.repeat(50), /too deep/],
    ['too much of it', CURRENT + ' '.repeat(70_000), /longer than/],
    ['nothing', '', /not one XML element/],
  ])('%s', (_, text, failure) => {
    const result = read(text);
    expect(result.ok ? 'read' : result.failure).toMatch(failure);
  });
});
