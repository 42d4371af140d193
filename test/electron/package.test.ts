/** What the installed app is packed with, held against what its parts rely on. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { LINK_SCHEME } from '../../electron/link.ts';

const root = resolve(import.meta.dirname, '../..');
const config = readFileSync(resolve(root, 'electron-builder.yml'), 'utf8');
const manifest = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { dependencies: object; devDependencies: { electron: string } };

/** The lines below a key of the first level, without their indentation. */
function below(key: string): readonly string[] {
  const lines = config.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${key}:`));
  const end = lines.findIndex((line, index) => index > start && /^\S/.test(line) && !line.startsWith('#'));
  return lines.slice(start + 1, end === -1 ? lines.length : end).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

test('every fuse of Electron is set: no Node by variable or argument, the app from its own archive alone', () => {
  expect(Object.fromEntries(below('electronFuses').map((line) => line.split(': ')))).toEqual({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    grantFileProtocolExtraPrivileges: 'false',
    resetAdHocDarwinSignature: 'true',
  });
  expect(config).toMatch(/^asar: true$/m);
});

test('it is packed for the Electron that it is tested with', () => {
  expect(config).toContain(`electronVersion: ${manifest.devDependencies.electron}\n`);
});

test('what a plain Node runs lies beside the archive: the engine, its packages, and the manifest that calls it ES modules', () => {
  expect(below('asarUnpack')).toEqual(['- package.json', '- out/node/**', '- node_modules/**']);
  expect(below('extraResources')).toEqual(['- from: out/package-node', 'to: .']);
});

test('the notices go with it, and no package that the engine needs is left out', () => {
  const files = below('files');
  for (const name of ['LICENSE', 'NOTICE', 'package.json']) expect(files).toContain(`- ${name}`);
  const leftOut = /!node_modules\/\{([^}]+)\}/.exec(files.join('\n'))?.[1]?.split(',') ?? [];
  const engine = ['@orpc/client', '@orpc/contract', '@orpc/server', 'tr46', 'ws', 'zod'];
  expect(engine.every((name) => Object.hasOwn(manifest.dependencies, name))).toBe(true);
  expect(leftOut.filter((name) => engine.some((needed) => needed === name || needed.startsWith(`${name}/`)))).toEqual([]);
});

test('the system starts it for the links that it reads', () => {
  expect(below('protocols')).toContain(`schemes: [${LINK_SCHEME}]`);
});
