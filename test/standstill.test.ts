/** The watch over a run of the tests: a process that stands still, whose own limits of time do not count any more. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');

test('a run that stands still ends, fails, and names the file', async () => {
  const run = spawn(process.execPath, [vitest, 'run', '--config', 'vitest.config.ts'], { cwd: join(import.meta.dirname, 'stands-still'), stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => run.once('exit', resolve));
  const said = await text(run.stderr);
  expect(await ended).toBe(1);
  expect(said).toContain('No test said anything for 3 s');
  expect(said).toContain('for-ever.fixture.ts');
  if (process.platform === 'linux') expect(said).toMatch(/process \d+:\n {2}\S+.* \d+\.\d s/);
});
