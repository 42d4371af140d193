import { resolve } from 'node:path';
import type { Rolldown } from 'vite';
import { build } from 'vite';
import { expect, test } from 'vitest';

test('the page’s side of the seam carries no schema library, no server and nothing of Node', async () => {
  const built = await build({
    configFile: false, logLevel: 'error',
    build: { write: false, lib: { entry: resolve(import.meta.dirname, '../../core/api/client.ts'), formats: ['es'], fileName: 'client' } },
  });
  const outputs = (Array.isArray(built) ? built : [built]) as Rolldown.RolldownOutput[];
  const modules = outputs.flatMap(({ output }) => output).flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
  expect(modules.some((id) => id.includes('@orpc/client'))).toBe(true);
  expect(modules.filter((id) => /zod|@orpc\/server|node:|core\/api\/(?:contract|engine)/.test(id))).toEqual([]);
});
