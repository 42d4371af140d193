import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ONE_PROCESS, OWN_PROCESS } from './one-process.ts';

const root = resolve(import.meta.dirname, '..');

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
}

const matching = (files: readonly string[], pattern: RegExp): string[] => files.filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));

test('core and lab keep no variable between two runs: else one test file would see what another left', () => {
  expect(matching([...sourcesBelow('core'), ...sourcesBelow('lab')], /^(?:export )?(?:let|var) |^(?:export )?const [^=]*= new (?:Map|Set)(?:<.*>)?\(\);/m)).toEqual([]);
});

test('a file that shares its process replaces, ends and counts nothing of it', () => {
  const folders = ONE_PROCESS.map((pattern) => dirname(dirname(pattern)));
  expect(folders).not.toEqual([]);
  const files = folders.flatMap(sourcesBelow).filter((file) => !OWN_PROCESS.includes(file));
  const ofTheProcess = /\bvi\.|process\.env\[[^\]]+\] = |process\.(?:on|once|exit|chdir|umask|setMaxListeners|cpuUsage|memoryUsage)\(|globalThis\.\w+ = |work-counter/;
  expect(matching(files, ofTheProcess)).toEqual([]);
});
