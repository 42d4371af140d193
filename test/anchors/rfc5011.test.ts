import { describe, expect, test } from 'vitest';
import { HOLD_DOWN, isDistrusted, isTrusted, observe, refreshInterval } from '../../core/anchors/rfc5011.ts';
import type { KeyState, Sighting, TrackedKey } from '../../core/anchors/rfc5011.ts';
import { parseDnskey } from '../../core/dnssec/dnskey.ts';
import type { Dnskey } from '../../core/dnssec/dnskey.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 1);

const key = (octet: number, flags = 257): Dnskey => parseDnskey(Uint8Array.of(flags >> 8, flags & 0xff, 3, 13, octet, 1, 2, 3)) as Dnskey;
const OLD = key(1);
const NEW = key(2);
const revoked = (octet: number): Dnskey => key(octet, 257 | 0x80);

const sighting = (at: number, keys: readonly Dnskey[], selfRevoked: readonly Dnskey[] = []): Sighting => ({ at, keys: [...keys, ...selfRevoked], selfRevoked, originalTtl: 172_800 });
const tracked = (state: KeyState, holdDownUntil: number | null = null): TrackedKey => ({ rdata: NEW.rdata, state, since: START, holdDownUntil });
const nobody = (): boolean => false;

describe('every row and column of the state table (RFC 5011 §4.2)', () => {
  const present = [OLD, NEW];
  const until = START + HOLD_DOWN;
  test.each<[from: string, event: string, known: TrackedKey[], Sighting, to: KeyState | 'Start']>([
    ['Start', 'NewKey', [], sighting(START, present), 'AddPend'],
    ['Start', 'RevBit of a key never trusted', [], sighting(START, [OLD], [revoked(2)]), 'Start'],
    ['AddPend', 'KeyPres before its time', [tracked('AddPend', until)], sighting(until - 1, present), 'AddPend'],
    ['AddPend', 'AddTime', [tracked('AddPend', until)], sighting(until, present), 'Valid'],
    ['AddPend', 'KeyRem', [tracked('AddPend', until)], sighting(START + DAY, [OLD]), 'Start'],
    ['AddPend', 'KeyRem after its time', [tracked('AddPend', until)], sighting(until + DAY, [OLD]), 'Start'],
    ['AddPend', 'RevBit', [tracked('AddPend', until)], sighting(until + DAY, [OLD], [revoked(2)]), 'Start'],
    ['Valid', 'KeyPres', [tracked('Valid')], sighting(START + DAY, present), 'Valid'],
    ['Valid', 'KeyRem', [tracked('Valid')], sighting(START + DAY, [OLD]), 'Missing'],
    ['Valid', 'RevBit', [tracked('Valid')], sighting(START + DAY, [OLD], [revoked(2)]), 'Revoked'],
    ['Missing', 'KeyRem', [tracked('Missing')], sighting(START + DAY, [OLD]), 'Missing'],
    ['Missing', 'KeyPres', [tracked('Missing')], sighting(START + DAY, present), 'Valid'],
    ['Missing', 'RevBit', [tracked('Missing')], sighting(START + DAY, [OLD], [revoked(2)]), 'Revoked'],
    ['Revoked', 'RevBit before its time', [tracked('Revoked', until)], sighting(until - 1, [OLD], [revoked(2)]), 'Revoked'],
    ['Revoked', 'KeyPres', [tracked('Revoked', until)], sighting(START + DAY, present), 'Revoked'],
    ['Revoked', 'RemTime', [tracked('Revoked', until)], sighting(until, [OLD]), 'Removed'],
    ['Removed', 'KeyPres', [tracked('Removed')], sighting(START + 100 * DAY, present), 'Removed'],
    ['Removed', 'RevBit', [tracked('Removed')], sighting(START + 100 * DAY, [OLD], [revoked(2)]), 'Removed'],
  ])('%s, %s', (from, _, known, seen, to) => {
    const { keys, transitions } = observe(known, seen, nobody);
    expect(keys.find(({ rdata }) => rdata[4] === 2)?.state ?? 'Start').toBe(to);
    const moved = transitions.filter(({ rdata }) => rdata[4] === 2).map((transition) => [transition.from, transition.to]);
    expect(moved).toEqual(from === to ? [] : [[from, to]]);
  });
});

describe('trust', () => {
  test.each<[KeyState, boolean, boolean]>([['AddPend', false, false], ['Valid', true, false], ['Missing', true, false], ['Revoked', false, true], ['Removed', false, true]])(
    'a key in state %s is trusted: %s, distrusted: %s (§4.1)', (state, trusted, distrusted) => {
      expect([isTrusted(tracked(state)), isDistrusted(tracked(state))]).toEqual([trusted, distrusted]);
    });

  test('a key that is away for one look starts its 30 days anew (§2.4.1)', () => {
    let keys: readonly TrackedKey[] = [];
    const look = (day: number, seen: readonly Dnskey[]): string[] => {
      keys = observe(keys, sighting(START + day * DAY, seen), (rdata) => rdata[4] === 1).keys;
      return keys.map(({ rdata, state }) => `${String(rdata[4])} ${state}`);
    };
    expect(look(0, [OLD, NEW])).toEqual(['1 Valid', '2 AddPend']);
    expect(look(29, [OLD, NEW])).toEqual(['1 Valid', '2 AddPend']);
    expect(look(29.5, [OLD])).toEqual(['1 Valid']);
    expect(look(31, [OLD, NEW])).toEqual(['1 Valid', '2 AddPend']);
    expect(look(60, [OLD, NEW])).toEqual(['1 Valid', '2 AddPend']);
    expect(look(61, [OLD, NEW])).toEqual(['1 Valid', '2 Valid']);
  });

  test('the hold-down is the original TTL where that is longer than 30 days (§2.4.1)', () => {
    const { keys } = observe([], { ...sighting(START, [NEW]), originalTtl: 40 * 86_400 }, nobody);
    expect(keys[0]?.holdDownUntil).toBe(START + 40 * DAY);
  });

  test('a configured key is valid at once, and revoked at once where it revokes itself (§2.1)', () => {
    expect(observe([], sighting(START, [OLD]), () => true).keys[0]?.state).toBe('Valid');
    expect(observe([], sighting(START, [NEW], [revoked(1)]), (rdata) => rdata[4] === 1).keys.map(({ state }) => state)).toEqual(['Revoked', 'AddPend']);
  });

  test('a REVOKE flag on a key that did not sign says nothing about revocation, only that the key is away (§2.1)', () => {
    const seen = { ...sighting(START + DAY, [OLD, revoked(2)]), selfRevoked: [] };
    expect(observe([tracked('Valid')], seen, nobody).keys[0]?.state).toBe('Missing');
  });

  test.each([['a zone signing key', 256], ['no zone key', 1]])('%s is never followed (§3)', (_, flags) => {
    expect(observe([], sighting(START, [key(9, flags)]), nobody).keys).toEqual([]);
  });

  test('a zone with ever new keys does not fill the store', () => {
    const many = Array.from({ length: 200 }, (_, index) => key(index));
    expect(observe([], sighting(START, many), nobody).keys.length).toBe(50);
  });
});

describe('the next look (RFC 5011 §2.3)', () => {
  test.each([
    ['half the original TTL', 172_800, 1_000_000, DAY],
    ['half of what the signature has left', 172_800, 86_400, 12 * HOUR],
    ['15 days at most', 10_000_000, 10_000_000, 15 * DAY],
    ['an hour at least', 60, 60, HOUR],
  ])('%s', (_, originalTtl, signatureLeft, expected) => {
    expect(refreshInterval({ originalTtl, signatureLeft })).toBe(expected);
  });
});
