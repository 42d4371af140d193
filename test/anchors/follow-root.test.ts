import { describe, expect, test } from 'vitest';
import { followRoot } from '../../core/anchors/follow-root.ts';
import { HOLD_DOWN } from '../../core/anchors/rfc5011.ts';
import { readSighting } from '../../core/anchors/root-sighting.ts';
import { anchorsOf, readStore, storeText } from '../../core/anchors/store.ts';
import type { AnchorStore } from '../../core/anchors/store.ts';
import { storedAnchor } from '../../core/anchors/stored-anchors.ts';
import { ROOT } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { trustAnchor } from '../../core/dnssec/trust-anchor.ts';
import type { TrustAnchor } from '../../core/dnssec/trust-anchor.ts';
import { KEY_SIGNING_KEY, ZONE_KEY, dsRdata, makeKey, signRRset, withFlags } from '../dnssec/signing-key.ts';
import type { SigningKey } from '../dnssec/signing-key.ts';

const START = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const REVOKED = KEY_SIGNING_KEY | 0x80;

const [old, fresh, zoneKey] = [makeKey(13, KEY_SIGNING_KEY), makeKey(13, KEY_SIGNING_KEY), makeKey(13, ZONE_KEY)] as const;
const anchor = trustAnchor(ROOT, 'DS', dsRdata(ROOT, old.dnskey), 'root.key') as TrustAnchor;
const store: AnchorStore = { updatedAt: '2026-01-01T00:00:00Z', anchors: [storedAnchor(anchor)], observation: null };

function rootKeys(keys: readonly SigningKey[], signers: readonly SigningKey[], at: number): RRset {
  const unsigned = { owner: ROOT, type: RRTYPE.DNSKEY, class: 1, ttl: 172_800, rdatas: keys.map(({ dnskey }) => dnskey.rdata), signatures: [] };
  const seconds = Math.floor(at / 1000);
  return { ...unsigned, signatures: signers.map((key) => signRRset(unsigned, key, { zone: ROOT, inception: seconds - 86_400, expiration: seconds + 14 * 86_400 })) };
}

/** A real signed RRset, looked at as it would come; the store goes through its file. */
function look(before: AnchorStore, keys: readonly SigningKey[], signers: readonly SigningKey[], at: number): AnchorStore {
  const seen = readSighting(rootKeys(keys, signers, at), anchorsOf(before, at), at);
  if (!seen.ok) throw new Error(seen.failure.text);
  const kept = readStore(storeText(followRoot(before, seen.value).store));
  if (!kept.ok) throw new Error(kept.failure);
  return kept.value;
}

const trusted = (kept: AnchorStore, at: number): number[] => anchorsOf(kept, at).map(({ keyTag }) => keyTag);

describe('a key roll of the root, followed from its first look to its last', () => {
  const [oldTag, freshTag] = [old.dnskey.keyTag, fresh.dnskey.keyTag];

  test('a new key is trusted after its hold-down and not before; the revoked one goes at once and for good', () => {
    let kept = look(store, [old, fresh, zoneKey], [old], START);
    expect(trusted(kept, START)).toEqual([oldTag]);
    kept = look(kept, [old, fresh, zoneKey], [old], START + HOLD_DOWN - DAY);
    expect(trusted(kept, START)).toEqual([oldTag]);
    kept = look(kept, [old, fresh, zoneKey], [old], START + HOLD_DOWN);
    expect(trusted(kept, START)).toEqual([oldTag, freshTag]);
    const revoked = withFlags(old, REVOKED);
    kept = look(kept, [revoked, fresh, zoneKey], [revoked, fresh], START + 60 * DAY);
    expect(trusted(kept, START)).toEqual([freshTag]);
    kept = look(kept, [old, fresh, zoneKey], [fresh], START + 70 * DAY);
    expect(trusted(kept, START)).toEqual([freshTag]);
    kept = look(kept, [old, fresh, zoneKey], [fresh], START + 91 * DAY);
    expect(kept.observation?.keys.map(({ state }) => state)).toEqual(['Removed', 'Valid']);
  });

  test('the only anchor revokes itself: nothing is left, and the store says so (RFC 5011 §5)', () => {
    const revoked = withFlags(old, REVOKED);
    const seen = readSighting(rootKeys([revoked, fresh], [revoked, fresh], START), [...anchorsOf(store, START), trustAnchor(ROOT, 'DNSKEY', fresh.dnskey.rdata, 'x') as TrustAnchor], START);
    if (!seen.ok) throw new Error(seen.failure.text);
    const after = followRoot(store, seen.value).store;
    expect(after.anchors).toEqual([]);
    expect(readStore(storeText(after)).ok).toBe(true);
  });
});

describe('what does not validate under an anchor is not looked at (RFC 5011 §2.2)', () => {
  test.each<[string, readonly SigningKey[], number]>([
    ['signed by the zone signing key alone', [zoneKey], START],
    ['signed by the new key alone', [fresh], START],
    ['signed long ago', [old], START - 60 * DAY],
    ['signed by nobody', [], START],
  ])('%s', (_, signers, signedAt) => {
    expect(readSighting(rootKeys([old, fresh, zoneKey], signers, signedAt), [anchor], START)).toMatchObject({ ok: false, failure: { code: 'bogus' } });
  });

  test('a REVOKE flag without the signature of that key revokes nothing (RFC 5011 §2.1)', () => {
    const revoked = withFlags(fresh, REVOKED);
    const seen = readSighting(rootKeys([old, revoked], [old], START), [anchor], START);
    expect(seen.ok && seen.value.selfRevoked).toEqual([]);
    const both = readSighting(rootKeys([old, revoked], [old, revoked], START), [anchor], START);
    expect(both.ok && both.value.selfRevoked.map(({ keyTag }) => keyTag)).toEqual([revoked.dnskey.keyTag]);
  });
});
