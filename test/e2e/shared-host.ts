/**
 * The local host and its engine, one of each kind for all tests of a worker: a host with the lab takes seconds to start, and serves any number of
 * browsers. What a page keeps belongs to its own context. The program around them is `danescope app` (`test/service/host-process.test.ts`).
 */
import { join, resolve } from 'node:path';
import { EngineProcess, startOnNode } from '../../service/engine-process.ts';
import { startHost } from '../../service/host.ts';
import type { Host } from '../../service/host.ts';
import { readPageFiles } from '../../service/page-files.ts';

const out = resolve(import.meta.dirname, '../../out');
const MINUTE = 60_000;

export interface SharedHost {
  /** a fresh one-time address; the one before works no more */
  readonly address: () => string;
  close(): Promise<void>;
}

/**
 * @param lab false: runs would go to the Internet
 * @param node what runs the engine
 */
export async function startSharedHost(lab: boolean, node = process.execPath): Promise<SharedHost> {
  const engine = new EngineProcess(startOnNode(node, join(out, 'node/service/engine-main.js'), { shell: 'local-host', lab, helo: null }));
  const host: Host = await startHost({ files: readPageFiles(join(out, 'renderer')), engine, tokenLifetime: 10 * MINUTE, grace: MINUTE, patience: 5000, now: Date.now });
  return {
    address: () => host.address(),
    close: async () => {
      await host.close();
      engine.end();
    },
  };
}
