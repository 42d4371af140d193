/** The engine's process for the tests: our sources bundled as they are now, so that no stale build is tested. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { EngineProcess, startOnNode } from '../../service/engine-process.ts';

export interface BundledEngine {
  /** a process that is started when first needed; the caller ends it */
  engine(): EngineProcess;
  remove(): void;
}

export async function bundleEngine(): Promise<BundledEngine> {
  const folder = mkdtempSync(join(resolve(import.meta.dirname, '../..'), 'out/engine-child-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: resolve(import.meta.dirname, 'engine-child.ts'), outDir: folder, target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'engine.mjs' } },
    },
  });
  const start = startOnNode(process.execPath, join(folder, 'engine.mjs'), { shell: 'local-host', lab: false, helo: null });
  return { engine: () => new EngineProcess(start), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
