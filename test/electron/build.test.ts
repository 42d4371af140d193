import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createBuilder } from 'vite';
import { beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(resolve(root, 'out/electron', name), 'utf8');

beforeAll(async () => {
  const builder = await createBuilder({ configFile: resolve(root, 'electron/vite.config.ts'), logLevel: 'error' });
  await builder.buildApp();
});

test('the preload script is one short CommonJS file that needs nothing but Electron, as the sandbox wants it', () => {
  const preload = read('preload.cjs');
  expect([...preload.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(preload).not.toMatch(/^(?:import|export)\b/m);
  expect(preload.split('\n').length).toBeLessThanOrEqual(80);
  expect(preload).not.toContain('exposeInMainWorld');
});

test('the main script is one module that needs nothing but Electron and Node', () => {
  const imports = [...read('main.mjs').matchAll(/^import .*? from ["']([^"']+)["'];$/gm)].map(([, name]) => name ?? '');
  expect(imports).toContain('electron');
  expect(imports.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
});

test('only one file listens to the page', () => {
  const listening = readdirSync(resolve(root, 'electron')).filter((name) => readFileSync(resolve(root, 'electron', name), 'utf8').includes('ipcMain'));
  expect(listening).toEqual(['ipc.ts']);
});
