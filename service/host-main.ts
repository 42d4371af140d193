/** `danescope app`: the engine, the local host and the browser, until the last page is closed or Ctrl+C. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isEhloArgument } from '../core/api/ehlo-argument.ts';
import { plainText } from '../core/base/plain-text.ts';
import { EngineProcess, startOnNode } from './engine-process.ts';
import { startHost } from './host.ts';
import type { Host } from './host.ts';
import { hasDisplay, openBrowser } from './open-browser.ts';
import { readPageFiles } from './page-files.ts';
import { rememberPort, rememberedPort } from './remembered-port.ts';

/** ms; long enough to copy an address through a terminal */
const TOKEN_LIFETIME = 10 * 60_000;
/** ms; a reload comes back within it */
const GRACE = 5000;
/** ms; a browser on this computer sends a request in one go */
const PATIENCE = 5000;

const options = {
  lab: { type: 'boolean', default: false },
  'print-url': { type: 'boolean', default: false },
  stay: { type: 'boolean', default: false },
  helo: { type: 'string' },
} as const;

/** The engine's process ends with the exit of this one; the folder is two above the compiled file. */
const engineEntry = join(import.meta.dirname, 'engine-main.js');
const pageFolder = join(import.meta.dirname, '..', '..', 'renderer');

async function main(): Promise<void> {
  const flags = readFlags();
  const engine = new EngineProcess(startOnNode(process.execPath, engineEntry, { shell: 'local-host', lab: flags.lab, helo: flags.helo ?? null }));
  const place = flags.lab ? 'practice-lab' : 'inspector';
  const host = await startHost({ files: readPageFiles(pageFolder), engine, preferredPort: rememberedPort(place), tokenLifetime: TOKEN_LIFETIME, grace: GRACE, patience: PATIENCE, now: Date.now });
  rememberPort(place, host.port);
  const clear = await show(host, flags['print-url']);
  const why = await Promise.race([interrupted(), flags.stay ? new Promise<never>(() => {}) : host.empty.then(() => 'the last page was closed')]);
  process.stdout.write(`danescope: ended: ${why}\n`);
  clear();
  await host.close();
  engine.end();
}

const EX_USAGE = 64;

function readFlags() {
  try {
    const { values } = parseArgs({ args: process.argv.slice(2).filter((word) => word !== 'app' && word !== 'serve'), options });
    if (values.helo !== undefined && !isEhloArgument(values.helo)) throw new Error(`--helo ${values.helo} is neither a host name nor an address in brackets`);
    return values;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`danescope: ${plainText(text.replace(/^[A-Z]/, (first) => first.toLowerCase()))}\n           see: danescope app --help\n`);
    return process.exit(EX_USAGE);
  }
}

/** @returns what clears up after the browser */
async function show(host: Host, printOnly: boolean): Promise<() => void> {
  const address = host.address();
  const opened = !printOnly && hasDisplay(process.env, process.platform) ? await openBrowser(address) : { opened: false, clear: () => {} };
  const text = opened.opened ? 'opened in your browser; if no page appears, open' : 'open this one-time address in a browser on this computer:';
  process.stdout.write(`danescope: ${text} ${address}\n`);
  return opened.clear;
}

const interrupted = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('stopped'));
  });

await main();
