import { describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import { filtered, ticks, timing } from '../../renderer/views/timing/model.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const group = (title: string) => timing(run, false).groups.find((one) => one.title.startsWith(title));

describe('timing', () => {
  test('lookups first, then each connection with its steps in the order in which they are made', () => {
    expect(timing(run, false).groups.map((one) => one.title)).toEqual([
      'DNS lookups', 'mx1.example.org · 192.0.2.10:25 · ECDSA only', 'mx1.example.org · 192.0.2.10:25 · RSA only', 'mx2.example.org · 198.51.100.5:25',
    ]);
    expect(group('mx2')?.bars.map((bar) => bar.title)).toEqual(['connect', 'banner', 'STARTTLS', 'TLS handshake']);
  });

  test('a step that is done began as long before its event as it took', () => {
    const handshake = group('mx2')?.bars.find((bar) => bar.kind === 'handshake');
    const done = twoHosts.find((event) => event.type === 'smtp.phase' && event.connection === 4 && event.phase === 'handshake' && event.state === 'done');
    expect(handshake).toMatchObject({ length: 44, start: (done?.at ?? 0) - 44, state: 'done' });
  });

  test('a step that did not end lasts until now', () => {
    const begun = twoHosts.findIndex((event) => event.type === 'smtp.phase' && event.phase === 'handshake');
    const early = fold(twoHosts.slice(0, begun + 3));
    const open = timing(early, false).groups.flatMap((one) => one.bars).find((bar) => bar.kind === 'handshake');
    expect(open).toMatchObject({ state: 'open', length: early.elapsedMs - (twoHosts[begun]?.at ?? 0) });
  });

  test('a bar leads to its subject and, where something was said, to that line', () => {
    const banner = group('mx2')?.bars.find((bar) => bar.title === 'banner');
    expect(banner?.subject).toBe('connection:mx2.example.org/198.51.100.5/1');
    expect(group('DNS')?.bars[0]).toMatchObject({ subject: 'rrset:example.org/MX', title: 'example.org MX' });
  });

  test('the filter keeps what holds its text, and a group whose title does', () => {
    const { groups } = timing(run, false);
    expect(filtered(groups, 'TLSA').map((one) => one.bars.length)).toEqual([2]);
    expect(filtered(groups, 'mx2.example.org ·')[0]?.bars).toHaveLength(4);
    expect(filtered(groups, ' ')).toBe(groups);
  });

  test.each([[1, 0.2], [700, 200], [3100, 1000], [45_000, 10_000]])('an axis of %d ms has round steps of %d', (length, step) => {
    expect(ticks(length).slice(0, 2)).toEqual([0, step]);
    expect(ticks(length).length).toBeLessThanOrEqual(8);
  });
});
