import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { danescope } from '../built.ts';

/** What Node counts of a script that it ran. */
interface Counted {
  readonly url: string;
  readonly functions: readonly { readonly functionName: string; readonly ranges: readonly { readonly count: number }[] }[];
}

/** The scripts of ours that the built command loaded. */
async function loaded(args: readonly string[]): Promise<readonly Counted[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-'));
  try {
    await danescope(args, { env: { NODE_V8_COVERAGE: folder, DANESCOPE_HOME: folder } });
    const files = readdirSync(folder).filter((name) => name.startsWith('coverage-'));
    const scripts = files.flatMap((name) => (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly result: readonly Counted[] }).result);
    return scripts.filter(({ url }) => url.includes('/out/node/'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const folders = (scripts: readonly Counted[]): readonly string[] => scripts.map(({ url }) => /\/out\/node\/(\w+)\//.exec(url)?.[1] ?? '');

const NOBODY = ['--resolver', '127.0.0.1:9'];

describe('the lab is loaded where it is asked for alone', () => {
  test.each([['check', '--deadline', '0.5', ...NOBODY, 'example.org'], ['trust-anchor', 'show'], ['report', '/none.run'], ['--help']])('not by %s %s %s', async (...args) => {
    const all = folders(await loaded(args));
    expect(all).toContain('cli');
    expect(all).not.toContain('lab');
  });

  test.each([['check', '--lab', '--deadline', '0.5', 'nothing.example'], ['trust-anchor', 'show', '--lab'], ['lab', 'list']])('by %s %s %s', async (...args) => {
    expect(folders(await loaded(args))).toContain('lab');
  });
});

/** Whether a function of ours ran. */
const called = (scripts: readonly Counted[], name: string): boolean => {
  const counts = scripts.flatMap(({ functions }) => functions.filter(({ functionName }) => functionName === name).map(({ ranges: [whole] }) => whole?.count ?? 0));
  if (counts.length === 0) throw new Error(`no function ${name} was loaded`);
  return counts.some((count) => count > 0);
};

describe('the names of this computer’s addresses (PTR) are looked up for a run, which tells them', () => {
  test('by check', async () => {
    expect(called(await loaded(['check', '--deadline', '0.5', ...NOBODY, 'example.org']), 'reverseNames')).toBe(true);
  });

  test.each([['show', '--check'], ['refresh', '--observe']])('not by trust-anchor %s %s', async (...action) => {
    const scripts = await loaded(['trust-anchor', ...action, ...NOBODY]);
    expect(called(scripts, 'sightRoot')).toBe(true);
    expect(called(scripts, 'reverseNames')).toBe(false);
  });
});
