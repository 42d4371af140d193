import { describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import { filtered, kindTotals, strips, ticks, timing } from '../../renderer/views/timing/model.ts';
import type { TimingBar } from '../../renderer/views/timing/model.ts';
import { twoHosts } from './fixtures/events.ts';

const bar = (id: string, start: number, length: number, state: TimingBar['state'] = 'done'): TimingBar => ({ id, kind: 'lookup', title: id, note: '', start, length, state, subject: 'rrset:example.org/MX', event: null });

const run = fold(twoHosts);
const group = (title: string) => timing(run, false).groups.find((one) => one.title.startsWith(title));

describe('timing', () => {
  test('lookups first, then each connection with its steps in the order in which they are made', () => {
    expect(timing(run, false).groups.map((one) => one.title)).toEqual([
      'DNS lookups', 'mx1.example.org · 192.0.2.10:25 · ECDSA only', 'mx1.example.org · 192.0.2.10:25 · RSA only', 'mx2.example.org · 198.51.100.5:25',
    ]);
    expect(group('mx2')?.rows.map((bar) => bar.title)).toEqual(['connect', 'banner', 'STARTTLS', 'TLS handshake']);
  });

  test('a step that is done began as long before its event as it took', () => {
    const handshake = group('mx2')?.rows.find((bar) => bar.kind === 'handshake');
    const done = twoHosts.find((event) => event.type === 'smtp.phase' && event.connection === 4 && event.phase === 'handshake' && event.state === 'done');
    expect(handshake).toMatchObject({ length: 44, start: (done?.at ?? 0) - 44, state: 'done' });
  });

  test('a step that did not end lasts until now', () => {
    const begun = twoHosts.findIndex((event) => event.type === 'smtp.phase' && event.phase === 'handshake');
    const early = fold(twoHosts.slice(0, begun + 3));
    const open = timing(early, false).groups.flatMap((one) => one.rows).find((bar) => bar.kind === 'handshake');
    expect(open).toMatchObject({ state: 'open', length: early.elapsedMs - (twoHosts[begun]?.at ?? 0) });
  });

  test('a handshake that asked for what the server need not have is declined, the usual one failed', () => {
    const stateOf = (purpose: 'default' | 'RSA'): unknown => {
      const events = twoHosts.map((event) => (event.type === 'smtp.connection' && event.connection.number === 2 ? { ...event, connection: { ...event.connection, purpose } }
        : event.type === 'smtp.phase' && event.connection === 2 && event.phase === 'handshake' && event.state === 'done' ? { ...event, state: 'failed' as const } : event));
      return timing(fold(events), false).groups.flatMap(({ rows }) => rows).find(({ id }) => id === '2 handshake')?.state;
    };
    expect([stateOf('default'), stateOf('RSA')]).toEqual(['failed', 'declined']);
  });

  test('a group lasts from its first bar to the end of its last', () => {
    const mx2 = group('mx2');
    const first = mx2?.rows[0];
    const last = mx2?.rows.at(-1);
    expect(mx2).toMatchObject({ start: first?.start, length: (last?.start ?? 0) + (last?.length ?? 0) - (first?.start ?? 0) });
  });

  test('200,000 lookups have a span', () => {
    const [one] = run.lookups;
    if (one === undefined) throw new Error('the fixture has no lookup');
    const [lookups] = timing({ ...run, lookups: Array.from({ length: 200_000 }, () => one) }, false).groups;
    expect([lookups?.rows.length, lookups?.start]).toEqual([200_000, one.startedAt]);
  });

  test('a group is drawn as strips: what overlaps is one, a failure lies above, and their number is bounded', () => {
    const shape = (bars: readonly TimingBar[]): unknown => strips(bars).map(({ start, length, state }) => [start, length, state]);
    expect(shape([bar('f', 5, 2, 'failed'), bar('b', 10, 20), bar('a', 0, 15), bar('c', 60, 40)])).toEqual([[0, 30, 'done'], [60, 40, 'done'], [5, 2, 'failed']]);
    const many = strips(Array.from({ length: 10_000 }, (_, index) => bar(String(index), index * 10, 4)));
    expect(many.length).toBeLessThanOrEqual(201);
    expect([many[0]?.start, (many.at(-1)?.start ?? 0) + (many.at(-1)?.length ?? 0)]).toEqual([0, 99_994]);
  });

  test('each kind has a total, in which what goes on at once counts once', () => {
    const bars = [bar('c', 40, 5), bar('a', 0, 20), bar('b', 10, 20)];
    expect(kindTotals([{ id: 'x', title: 'x', rows: bars, start: 0, length: 45 }])).toEqual([{ kind: 'lookup', title: 'DNS lookups', length: 35 }]);
    expect(kindTotals(timing(run, false).groups).map(({ kind }) => kind)).toEqual(['lookup', 'connect', 'step', 'handshake']);
  });

  test('a bar leads to its subject and, where something was said, to that line', () => {
    const banner = group('mx2')?.rows.find((bar) => bar.title === 'banner');
    expect(banner?.subject).toBe('connection:mx2.example.org/198.51.100.5/1');
    expect(group('DNS')?.rows[0]).toMatchObject({ subject: 'rrset:example.org/MX', title: 'example.org MX' });
  });

  test('the filter keeps what holds its text, and a group whose title does', () => {
    const { groups } = timing(run, false);
    expect(filtered(groups, 'TLSA').map((one) => one.rows.length)).toEqual([2]);
    expect(filtered(groups, 'mx2.example.org ·')[0]?.rows).toHaveLength(4);
    expect(filtered(groups, ' ')).toBe(groups);
  });

  test.each([[1, 0.2], [700, 200], [3100, 1000], [45_000, 10_000]])('an axis of %d ms has round steps of %d', (length, step) => {
    expect(ticks(length).slice(0, 2)).toEqual([0, step]);
    expect(ticks(length).length).toBeLessThanOrEqual(8);
  });
});
