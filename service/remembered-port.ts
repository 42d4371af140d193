/**
 * The port of the local host is kept from one start to the next: a browser keeps layout, keys and recent runs by address, and they would be
 * lost with every restart. The inspector and the practice lab have each their own, so that neither shows the other's runs.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolder } from '../core/net/data-folder.ts';

export type Place = 'inspector' | 'practice-lab';

const LONGEST = 16;
/** below are those that a system gives to its services */
const LOWEST = 1024;

/** @returns 0, any port, where none is remembered or what is written there is none */
export function rememberedPort(place: Place, folder: string = dataFolder()): number {
  const text = readFrom(fileOf(place, folder));
  const port = /^\d{1,5}\s*$/.test(text) ? Number(text) : 0;
  return port >= LOWEST && port <= 65_535 ? port : 0;
}

/** Where it cannot be written the next start takes another port, and nothing else is lost. */
export function rememberPort(place: Place, port: number, folder: string = dataFolder()): void {
  const file = fileOf(place, folder);
  if (rememberedPort(place, folder) !== 0) return; // another instance holds it now; it stays ours for the next start
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${String(port)}\n`, { mode: 0o600 });
  } catch (error) {
    process.stderr.write(`danescope: the port could not be remembered (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): the browser will not know layout and recent runs at the next start\n`);
  }
}

const fileOf = (place: Place, folder: string): string => join(folder, `port-${place}`);

function readFrom(file: string): string {
  try {
    return statSync(file).size > LONGEST ? '' : readFileSync(file, 'utf8');
  } catch {
    return ''; // none was remembered yet
  }
}
