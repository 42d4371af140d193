/** The engine's process with the counting engine in it; bundled by the tests that start it. */
import { SystemClock } from '../../core/net/system-clock.ts';
import { serveParent } from '../../service/engine-server.ts';
import { countingEngine } from './counting-engine.ts';

const close = (): Promise<void> => Promise.resolve();
// A test ends the process in this way, as a crash would.
process.on('message', (message: { readonly text?: string }) => {
  if (message.text?.includes('crash.example') === true) process.exit(3);
});
await serveParent(() => Promise.resolve({ engine: countingEngine('local-host'), close }), new SystemClock());
