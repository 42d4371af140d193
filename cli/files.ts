/** Files that a person names on the command line. */
import { accessSync, closeSync, constants, openSync, readFileSync, readSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
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

/** @param path `-` for standard input */
export const readRunText = (path: string): string => readText(path, 'the run file', RUN_FILE);

export const readSmallFile = (path: string, what: string): Uint8Array => new Uint8Array(readOctets(path, what, SMALL));

const readText = (path: string, what: string, limit: number): string => readOctets(path, what, limit).toString('utf8');

/** @throws {UsageError} for a file that is not there, may not be read, is no file or is too large */
function readOctets(path: string, what: string, limit: number): Buffer {
  try {
    // A pipe has no size before it is read.
    const size = path === '-' ? 0 : statSync(path).size;
    if (size > limit) throw tooLarge(`${what} ${path}`, size, limit);
    const content = readFileSync(path === '-' ? STANDARD_INPUT : path);
    if (content.length > limit) throw tooLarge(`${what} ${path}`, content.length, limit);
    return content;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${what} ${path} cannot be read (${errorCode(error)})`, 'check its name and that you may read it');
  }
}

const STANDARD_INPUT = 0;

const tooLarge = (what: string, size: number, limit: number): UsageError => new UsageError(`${what} has ${String(size)} octets`, `at most ${String(limit)} are read; is it the right file?`);

/** of every version */
const RUN_FILE_START = '{"format":"danescope-run"';

/** Whether a run file is there. A run cannot be made again: only another run takes its place. */
export function holdsRun(path: string): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const file = openSync(path, 'r');
  try {
    const start = new Uint8Array(RUN_FILE_START.length);
    readSync(file, start);
    return new TextDecoder().decode(start) === RUN_FILE_START;
  } finally {
    closeSync(file);
  }
}

/** Under whatever names, through links too. */
export const isSameFile = (one: string, other: string): boolean => realPath(one) !== null && realPath(one) === realPath(other);

function realPath(path: string): string | null {
  return path !== '-' && statSync(path, { throwIfNoEntry: false })?.isFile() === true ? realpathSync(path) : null;
}

/** Before there is anything to write. @throws {UsageError} where a file could not be made or written there */
export function checkWritable(path: string): void {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) throw unwritable(path, 'EISDIR');
    accessSync(there === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw error instanceof UsageError ? error : unwritable(path, errorCode(error));
  }
}

const unwritable = (path: string, code: string): UsageError => new UsageError(`--output ${path} cannot be written (${code})`, 'check the folder and that you may write there');

/** @throws {UsageError} where the file cannot be written */
export function writeReport(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw unwritable(path, errorCode(error));
  }
}

export const unusableStore = ({ path, text }: StoreFailure): UsageError =>
  new UsageError(`the trust anchor store ${path} ${text}`, 'back to the built-in anchors: danescope trust-anchor reset');

/** such as ENOENT */
export const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
