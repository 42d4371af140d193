import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HOLD_DOWN } from '../../core/anchors/rfc5011.ts';
import { readStore, storeText } from '../../core/anchors/store.ts';
import { builtInStore } from '../../core/anchors/stored-anchors.ts';
import { anchorStorePath, anchorsInUse, loadAnchorStore, removeAnchorStore, saveAnchorStore } from '../../core/net/anchor-store.ts';
import { systemVantage } from '../../core/net/vantage.ts';

const NOW = Date.parse('2026-11-24');
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'));
  path = join(folder, 'danescope', 'trust-anchors.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('where the store lies', () => {
  test.each<[NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    [{}, 'linux', '/home/a/.local/share/danescope/trust-anchors.json'],
    [{ XDG_DATA_HOME: '/data' }, 'linux', '/data/danescope/trust-anchors.json'],
    [{ XDG_DATA_HOME: 'data' }, 'linux', '/home/a/.local/share/danescope/trust-anchors.json'],
    [{}, 'darwin', '/home/a/Library/Application Support/danescope/trust-anchors.json'],
    [{ APPDATA: '/roaming' }, 'win32', '/roaming/danescope/trust-anchors.json'],
    [{ DANESCOPE_HOME: '/own', XDG_DATA_HOME: '/data' }, 'linux', '/own/trust-anchors.json'],
  ])('%j on %s: %s', (environment, platform, expected) => {
    expect(anchorStorePath(environment, platform, '/home/a')).toBe(expected);
  });
});

describe('the store', () => {
  test('is written for its owner alone, reads back as it was, and leaves nothing else behind', () => {
    const key = { rdata: Uint8Array.of(1, 1, 3, 13, 1, 2, 3), state: 'AddPend' as const, since: NOW, holdDownUntil: NOW + HOLD_DOWN };
    const store = { ...builtInStore(), observation: { at: '2026-11-24T00:00:00.000Z', keys: [key] } };
    expect(saveAnchorStore(store, path)).toEqual({ ok: true, value: null });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadAnchorStore(path)).toEqual({ ok: true, value: store });
    expect(readdirSync(dirname(path))).toEqual(['trust-anchors.json']);
  });

  test('keeps the one before as .bak, when it is written and when it is removed', () => {
    saveAnchorStore(builtInStore(), path);
    const first = readFileSync(path, 'utf8');
    saveAnchorStore({ ...builtInStore(), updatedAt: '2027-01-01T00:00:00Z' }, path);
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe(first);
    expect(removeAnchorStore(path)).toEqual({ ok: true, value: true });
    expect([existsSync(path), existsSync(`${path}.bak`)]).toEqual([false, true]);
    expect(removeAnchorStore(path)).toEqual({ ok: true, value: false });
  });

  test('that cannot be written is a failure that names it', () => {
    writeFileSync(join(folder, 'danescope'), 'a file');
    expect(saveAnchorStore(builtInStore(), path)).toMatchObject({ ok: false, failure: { path, text: expect.stringMatching(/^cannot be written \(E/) as string } });
  });

  test('goes before what is built in; without one the built-in anchors are in use', () => {
    const builtIn = anchorsInUse(NOW, path);
    expect(builtIn.ok && [builtIn.value.store, builtIn.value.anchors.map(({ source }) => source)]).toEqual([null, ['built-in', 'built-in']]);
    saveAnchorStore({ updatedAt: '2026-11-24T00:00:00Z', observation: null, anchors: [
      { record: `. IN DS 1 8 2 ${'AB'.repeat(32)}`, source: 'root.key', validFrom: null, validUntil: null },
      { record: `. IN DS 2 8 2 ${'AB'.repeat(32)}`, source: 'IANA', validFrom: '2027-01-01T00:00:00Z', validUntil: null },
      { record: `. IN DS 3 8 2 ${'AB'.repeat(32)}`, source: 'IANA', validFrom: null, validUntil: '2026-11-24T00:00:00Z' },
    ] }, path);
    const used = anchorsInUse(NOW, path);
    expect(used.ok && used.value.anchors.map(({ keyTag, source }) => [keyTag, source])).toEqual([[1, 'store (root.key)']]);
  });
});

describe('the vantage of a shell', () => {
  const before = process.env['DANESCOPE_HOME'];
  beforeEach(() => {
    process.env['DANESCOPE_HOME'] = dirname(path);
  });
  afterEach(() => {
    if (before === undefined) delete process.env['DANESCOPE_HOME'];
    else process.env['DANESCOPE_HOME'] = before;
  });
  const resolvers = [{ name: null, address: '127.0.0.1', port: 9 }];

  test('has the anchors of the store', async () => {
    saveAnchorStore({ ...builtInStore(), anchors: [{ record: `. IN DS 1 8 2 ${'AB'.repeat(32)}`, source: 'root.key', validFrom: null, validUntil: null }] });
    expect((await systemVantage({ resolvers })).trustAnchors.map(({ keyTag }) => keyTag)).toEqual([1]);
  });

  test('has no anchor and a warning where the store is broken: others than the user wanted would be worse', async () => {
    mkdirSync(dirname(path));
    writeFileSync(path, 'broken');
    const { trustAnchors, anchorWarnings } = await systemVantage({ resolvers });
    expect([trustAnchors, anchorWarnings?.map(({ code }) => code)]).toEqual([[], ['no-usable-anchor']]);
  });
});

describe('a store that is not ours is refused in words', () => {
  const good = JSON.parse(storeText(builtInStore())) as Record<string, unknown>;
  const withKey = (key: object): string => JSON.stringify({ ...good, observation: { at: '2026-11-24T00:00:00Z', keys: [key] } });
  const record = '. IN DNSKEY 257 3 13 AQID';
  test.each([
    ['no JSON', '{', /no store/],
    ['another format', JSON.stringify({ ...good, format: 'x' }), /no store/],
    ['a later version', JSON.stringify({ ...good, version: 2 }), /of version 2/],
    ['no time', JSON.stringify({ ...good, updatedAt: 'yesterday' }), /updatedAt/],
    ['no anchor', JSON.stringify({ ...good, anchors: [] }), /no anchor/],
    ['an anchor that is none', JSON.stringify({ ...good, anchors: [{ record: '. IN A 192.0.2.1', source: '', validFrom: null, validUntil: null }] }), /no DS or DNSKEY/],
    ['two records in one anchor', JSON.stringify({ ...good, anchors: [{ record: `${record}\n${record}`, source: '', validFrom: null, validUntil: null }] }), /more than one record/],
    ['a bound that is no time', JSON.stringify({ ...good, anchors: [{ record, source: '', validFrom: 'now', validUntil: null }] }), /no time/],
    ['a key in no state', withKey({ record, state: 'Trusted', since: '2026-11-24T00:00:00Z', holdDownUntil: null }), /no known state/],
    ['a waiting key without its end', withKey({ record, state: 'AddPend', since: '2026-11-24T00:00:00Z', holdDownUntil: null }), /without the end of its hold-down/],
  ])('%s', (_, text, failure) => {
    const read = readStore(text);
    expect(read.ok ? 'read' : read.failure).toMatch(failure);
  });

  test('and nothing is used in its place', () => {
    mkdirSync(dirname(path));
    writeFileSync(path, 'broken');
    expect(anchorsInUse(NOW, path)).toEqual({ ok: false, failure: { path, text: 'cannot be used: it is no store of trust anchors' } });
  });
});
