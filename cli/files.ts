/** Files that a person names on the command line. */
import { readFileSync, statSync } from 'node:fs';
import type { ServerAddress } from '../core/dns/facts.ts';
import { readTrustAnchors } from '../core/dnssec/trust-anchor-file.ts';
import type { TrustAnchor } from '../core/dnssec/trust-anchor.ts';
import { parseRootHints } from './root-hints.ts';
import { UsageError } from './usage-error.ts';

/** octets; anchors and hints are a few lines, a run file is the largest thing we read */
const SMALL = 1024 * 1024;
const RUN_FILE = 256 * 1024 * 1024;

export function readAnchorFile(path: string): readonly TrustAnchor[] {
  const anchors = readTrustAnchors(readText(path, '--trust-anchor', SMALL), path);
  if (anchors.ok) return anchors.value;
  const { line, text } = anchors.failure;
  throw new UsageError(`--trust-anchor ${path}${line === 0 ? '' : `, line ${String(line)}`}: ${text}`, 'give DS or DNSKEY records in zone-file form');
}

export const readHintsFile = (path: string): readonly ServerAddress[] => parseRootHints(readText(path, '--root-hints', SMALL), `--root-hints ${path}`);

export const readRunText = (path: string): string => readText(path, 'the run file', RUN_FILE);

/** @throws {UsageError} for a file that is not there, may not be read, is no file or is too large */
function readText(path: string, what: string, limit: number): string {
  try {
    const { size } = statSync(path);
    if (size > limit) throw new UsageError(`${what} ${path} has ${String(size)} octets`, `at most ${String(limit)} are read; is it the right file?`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${what} ${path} cannot be read (${errorCode(error)})`, 'check its name and that you may read it');
  }
}

/** such as ENOENT */
export const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : String(error));
