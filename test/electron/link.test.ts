import { describe, expect, test, vi } from 'vitest';
import type { BrowserWindow } from 'electron';
import type { ShellAsk } from '../../core/api/shell.ts';
import { Asks } from '../../electron/asks.ts';
import { targetOfLink } from '../../electron/link.ts';
import { openingOf, tellOpening } from '../../electron/openings.ts';

vi.mock('electron', () => import('./electron-double.ts'));

describe('a danescope: link', () => {
  test.each([
    ['danescope://check/example.org', 'example.org'],
    ['DANESCOPE://check/example.org/', 'example.org'],
    ['danescope://check/mx1.example.org:25', 'mx1.example.org:25'],
    ['danescope://check/user%40example.org', 'user@example.org'],
    ['danescope://check/b%C3%BCcher.example', 'bücher.example'],
    ['danescope://check/%5B2001:db8::25%5D:465', '[2001:db8::25]:465'],
  ])('%s proposes %s', (link, target) => {
    expect(targetOfLink(link)).toBe(target);
  });

  test.each([
    'danescope:check/example.org', 'danescope://example.org', 'danescope://check/', 'danescope://run/example.org', 'https://check/example.org',
    'danescope://check/example.org?port=25', 'danescope://check/example.org#x', 'danescope://check/a/b', 'danescope://check/..%2F..%2Fetc',
    'danescope://check/a%20b', 'danescope://check/a%0D%0AQUIT', 'danescope://check/%1B%5B2J', 'danescope://check/a%E2%80%AEgro.elpmaxe', 'danescope://check/%FF',
    'danescope://check/%', 'danescope://check/<b>', 'danescope://check/"', `danescope://check/${'a'.repeat(321)}`, `danescope://check/${'%61'.repeat(340)}`, '',
  ])('%s proposes nothing', (link) => {
    expect(targetOfLink(link)).toBeNull();
  });
});

describe('a command line', () => {
  test('names a link or a run file, wherever it stands; options and other words are none', () => {
    expect(openingOf(['main.mjs', '--lab', 'danescope://check/example.org'], '/home/me')).toEqual({ type: 'link', link: 'danescope://check/example.org' });
    expect(openingOf(['main.mjs', 'runs/a b.danescope.jsonl'], '/home/me')).toEqual({ type: 'file', path: '/home/me/runs/a b.danescope.jsonl' });
    expect(openingOf(['main.mjs', '--lab', '--x=y.jsonl', 'https://example.org/'], '/home/me')).toBeNull();
  });

  test('a link that cannot be read is told, and proposes nothing', async () => {
    const asks = new Asks();
    await tellOpening({ type: 'link', link: 'danescope://check/a%00b' }, asks, new Promise<BrowserWindow>(() => {}));
    const { value } = await asks.listen(new AbortController().signal).next();
    expect(value).toEqual({ type: 'notice', text: expect.stringContaining('nothing was contacted') });
  });
});

describe('what comes from outside', () => {
  const command = (id: string): ShellAsk => ({ type: 'command', id });

  test('waits for a page that listens, and comes in order', async () => {
    const asks = new Asks();
    asks.tell(command('one'));
    asks.tell(command('two'));
    const heard = asks.listen(undefined);
    expect([(await heard.next()).value, (await heard.next()).value]).toEqual([command('one'), command('two')]);
    const next = heard.next();
    asks.tell(command('three'));
    expect((await next).value).toEqual(command('three'));
  });

  test('a page that was loaded again takes the place of the one before, which loses none', async () => {
    const asks = new Asks();
    const gone = new AbortController();
    const before = asks.listen(gone.signal).next();
    gone.abort();
    asks.tell(command('one'));
    expect((await before).done).toBe(true);
    const older = asks.listen(undefined);
    await older.next();
    const waiting = older.next();
    const heard = asks.listen(undefined).next();
    expect((await waiting).done).toBe(true);
    asks.tell(command('two'));
    expect((await heard).value).toEqual(command('two'));
  });

  test('does not pile up', async () => {
    const asks = new Asks();
    for (let count = 0; count < 1000; count += 1) asks.tell(command(String(count)));
    const end = new AbortController();
    const heard: ShellAsk[] = [];
    for await (const ask of asks.listen(end.signal)) {
      heard.push(ask);
      if (heard.length === 20) end.abort();
    }
    expect(heard.at(-1)).toEqual(command('19'));
  });
});
