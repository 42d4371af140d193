/** Which of the servers that people run are here. A test that lacks one is skipped and says which. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const EXTRA_FOLDERS = ['/usr/sbin', '/sbin', '/usr/local/sbin'];

export function findProgram(name: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...EXTRA_FOLDERS];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Why a test that needs these programs, and ports below 1024 on loopback, cannot run here; null where it can. */
export function whyNot(programs: readonly string[]): string | null {
  const missing = programs.filter((program) => findProgram(program) === null);
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  if (process.platform !== 'linux') return 'needs Linux, where all of 127.0.0.0/8 is loopback';
  if (process.getuid?.() !== 0) return 'needs root, for ports 25 and 53 on loopback';
  return null;
}

/** Says on the terminal that a suite is skipped and why, for nobody should take its silence for success. */
export function announceSkip(suite: string, reason: string | null): boolean {
  if (reason !== null) process.stderr.write(`SKIPPED ${suite}: ${reason}\n`);
  return reason !== null;
}
