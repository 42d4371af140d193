/** What the window keeps between starts is read as if a stranger had written it. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { readResolverAddress } from '../../core/api/resolver-address.ts';
import { readRunFile } from '../../core/inspection/run-file.ts';
import { twoHosts } from './fixtures/events.ts';

const stored = new Map<string, string>();
vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value) });
const { readRunSettings, requestFor, setRunSettings } = await import('../../renderer/settings/run-settings.ts');
const { forget, forgetAll, loadRecentRuns, recentRun, remember, storedText, textOf, useRecentRuns } = await import('../../renderer/recent/recent-runs.ts');
const { runSession, open } = await import('../../renderer/session/run-session.ts');

const USUAL = { probe: 'full', families: [4, 6], helo: null, resolver: null, allServers: false, keepRecent: true };

describe('settings of runs', () => {
  test('only what differs is asked of the engine', () => {
    expect(requestFor('a.example')).toEqual({ target: 'a.example' });
    setRunSettings({ probe: 'quick', families: [6], helo: 'mail.example.org' });
    expect(requestFor('a.example')).toEqual({ target: 'a.example', probe: 'quick', families: [6], helo: 'mail.example.org' });
    expect(readRunSettings(stored.get('danescope.run-settings') ?? null)).toMatchObject({ probe: 'quick', families: [6], helo: 'mail.example.org' });
    setRunSettings({ probe: 'full', families: [4, 6], helo: null });
  });

  test('a resolver is asked alone: it asks the name servers itself', () => {
    setRunSettings({ allServers: true });
    expect(requestFor('a.example')).toEqual({ target: 'a.example', allServers: true });
    setRunSettings({ resolver: { address: '2001:db8::53', port: 5353 } });
    expect(requestFor('a.example')).toEqual({ target: 'a.example', resolver: { address: '2001:db8::53', port: 5353 } });
    expect(readRunSettings(stored.get('danescope.run-settings') ?? null)).toMatchObject({ resolver: { address: '2001:db8::53', port: 5353 }, allServers: true });
    setRunSettings({ resolver: null, allServers: false });
  });

  test.each([['192.0.2.53', '192.0.2.53', 53], ['192.0.2.53:5353', '192.0.2.53', 5353], ['2001:DB8:0::53', '2001:db8::53', 53], ['[2001:db8::53]:1', '2001:db8::53', 1], ['::1', '::1', 53]] as const)('%s is a resolver', (text, address, port) => {
    expect(readResolverAddress(text)).toEqual({ address, port });
  });

  test.each(['', 'resolver.example', '192.0.2', '192.0.2.053', '192.0.2.256', '192.0.2.53:0', '192.0.2.53:65536', '192.0.2.53:', '[192.0.2.53]:53', '2001:db8::53:5353:', 'fe80::1%eth0', '192.0.2.53\r\n'])('%j is none', (text) => {
    expect(readResolverAddress(text)).toBeNull();
  });

  test.each([null, '', '{', 'null', '[]', '{"probe":7,"families":[9],"helo":"a b\\r\\nDATA"}', '{"families":"4"}', '{"resolver":{"address":"a.example","port":53},"allServers":1}', '{"resolver":{"address":"192.0.2.53","port":"53"}}', '{"resolver":"192.0.2.53"}'])('%j is as usual', (text) => {
    expect(readRunSettings(text)).toEqual(USUAL);
  });
});

describe('recent runs', () => {
  beforeEach(forgetAll);
  const finished = (target: string) => {
    const session = runSession();
    open(session, 'x', twoHosts);
    return { ...session.getState(), file: null, target };
  };

  test('a run made here is kept whole; the same again is one', async () => {
    await remember(finished('a.example'));
    await remember(finished('a.example'));
    const { runs } = useRecentRuns.getState();
    expect(runs.map((run) => [run.target, run.status.word])).toEqual([['a.example', 'refused in part']]);
    const [kept] = runs;
    const read = readRunFile(kept === undefined ? '' : await textOf(kept) ?? '');
    expect(read.ok && read.value).toEqual(twoHosts);
    expect(kept?.events).toBe(twoHosts.length);
  });

  test('what the database tells comes beside a run that ended before it answered', async () => {
    await remember(finished('a.example'));
    await loadRecentRuns();
    expect(useRecentRuns.getState().runs.map(({ target }) => target)).toEqual(['a.example']);
  });

  test('ten are kept', async () => {
    for (let count = 0; count < 14; count += 1) await remember(finished(`n${String(count)}.example`));
    expect(useRecentRuns.getState().runs).toHaveLength(10);
  });

  test('one is forgotten; with the switch off none is kept; a file’s run is not made here', async () => {
    await remember(finished('a.example'));
    await forget(useRecentRuns.getState().runs[0]?.id ?? '');
    setRunSettings({ keepRecent: false });
    await remember(finished('b.example'));
    setRunSettings({ keepRecent: true });
    await remember({ ...finished('c.example'), file: 'c.jsonl' });
    expect(useRecentRuns.getState().runs).toEqual([]);
  });

  test.each([
    ['all are forgotten', () => forgetAll()],
    ['it is forgotten', () => forget(`${twoHosts.flatMap((event) => (event.type === 'run.started' ? event.context.startedAt : []))[0] ?? ''} a.example`)],
    ['the switch goes off', async () => setRunSettings({ keepRecent: false })],
  ])('none is kept where %s while its file is written', async (_what, meanwhile) => {
    const kept = remember(finished('a.example'));
    await meanwhile();
    await kept;
    setRunSettings({ keepRecent: true });
    expect(useRecentRuns.getState().runs).toEqual([]);
  });

  test('another that is forgotten meanwhile does not keep it out', async () => {
    const kept = remember(finished('a.example'));
    await forget('another');
    await kept;
    expect(useRecentRuns.getState().runs.map(({ target }) => target)).toEqual(['a.example']);
  });

  test.each([[null], [7], [{}], [{ id: 'a', target: 'b', startedAt: 'c', status: { sign: 'skull', tone: 'bogus', word: 'x' } }], [{ id: 'a', target: 7, startedAt: 'c', status: { sign: 'check', tone: 'secure', word: 'x' } }]])('%j is no record', (value) => {
    expect(recentRun(value)).toEqual([]);
  });

  test('a record whose text is too large is listed without it', () => {
    const record = { id: 'a', target: 'b', startedAt: '2026-11-24T00:00:00Z', status: { sign: 'check', tone: 'secure', word: 'x' } } as const;
    const tooLarge = { ...record, text: 'a'.repeat(4 * 1024 * 1024 + 1) };
    expect(recentRun(tooLarge)).toEqual([{ ...record, events: 0, opens: false, text: null }]);
    expect(storedText(tooLarge)).toBeNull();
  });

  test('the list holds no run file: it is read when it is wanted', () => {
    const record = { id: 'a', target: 'b', startedAt: '2026-11-24T00:00:00Z', status: { sign: 'check', tone: 'secure', word: 'x' }, text: 'short', events: 7 } as const;
    expect(recentRun(record)).toEqual([{ ...record, opens: true, text: null }]);
    expect(storedText(record)).toBe('short');
  });
});
