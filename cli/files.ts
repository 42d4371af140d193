/** Files that a person names on the command line. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type { ServerAddress } from '../core/dns/facts.ts';
import { readRootHints } from '../core/dns/zone-file.ts';
import { readTrustAnchors } from '../core/dnssec/trust-anchor-file.ts';
import type { TrustAnchor } from '../core/dnssec/trust-anchor.ts';
import type { StoreFailure } from '../core/net/anchor-store.ts';
import { UsageError } from './usage-error.ts';

/** octets; anchors and hints are a few lines, a run file is the largest thing we read */
const SMALL = 1024 * 1024;
const RUN_FILE = 256 * 1024 * 1024;

/** @param flag by which the file was named */
export function readAnchorFile(path: string, flag = '--trust-anchor'): readonly TrustAnchor[] {
  const anchors = readTrustAnchors(readText(path, flag, SMALL), path);
  return anchors.ok ? anchors.value : refuse(`${flag} ${path}`, anchors.failure, 'give DS or DNSKEY records in zone-file form');
}

export function readHintsFile(path: string): readonly ServerAddress[] {
  const hints = readRootHints(readText(path, '--root-hints', SMALL));
  return hints.ok ? hints.value : refuse(`--root-hints ${path}`, hints.failure, 'a line that would do: a.root-servers.net. 3600000 IN A 198.41.0.4');
}

function refuse(what: string, { line, text }: { readonly line: number; readonly text: string }, hint: string): never {
  throw new UsageError(`${what}${line === 0 ? '' : `, line ${String(line)}`}: ${text}`, hint);
}

export const readRunText = (path: string): string => readText(path, 'the run file', RUN_FILE);

export const readSmallFile = (path: string, what: string): Uint8Array => new Uint8Array(readOctets(path, what, SMALL));

const readText = (path: string, what: string, limit: number): string => readOctets(path, what, limit).toString('utf8');

/** @throws {UsageError} for a file that is not there, may not be read, is no file or is too large */
function readOctets(path: string, what: string, limit: number): Buffer {
  try {
    const { size } = statSync(path);
    if (size > limit) throw new UsageError(`${what} ${path} has ${String(size)} octets`, `at most ${String(limit)} are read; is it the right file?`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${what} ${path} cannot be read (${errorCode(error)})`, 'check its name and that you may read it');
  }
}

/** @throws {UsageError} where the file cannot be written */
export function writeReport(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new UsageError(`--output ${path} cannot be written (${errorCode(error)})`, 'check the folder and that you may write there');
  }
}

export const unusableStore = ({ path, text }: StoreFailure): UsageError =>
  new UsageError(`the trust anchor store ${path} ${text}`, 'back to the built-in anchors: danescope trust-anchor reset');

/** such as ENOENT */
export const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
