import { resolve } from 'node:path';
import type { Rolldown } from 'vite';
import { build } from 'vite';
import { expect, test } from 'vitest';

test.each([
  ['the engine', 'core/api/client.ts'],
  ['the window', 'renderer/shell/electron-shell.ts'],
])('the page’s side of the seam to %s carries no schema library, no server and nothing of Node', async (_whom, entry) => {
  const built = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, lib: { entry: resolve(import.meta.dirname, '../..', entry), formats: ['es'], fileName: 'client' } },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  const modules = outputs.flatMap(({ output }) => output).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  expect(modules.some((id) => id.includes('@orpc/client'))).toBe(true);
  expect(modules.filter((id) => /zod|@orpc\/server|node:|core\/api\/(?:contract|engine|shell-contract)/.test(id))).toEqual([]);
});
