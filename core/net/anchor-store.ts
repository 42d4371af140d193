/** Where the user's trust anchors lie on this system, and how they are written so that no crash leaves half of them. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { anchorWarnings } from '../anchors/age.ts';
import type { AnchorWarning } from '../anchors/facts.ts';
import { ANCHORS_AS_OF } from '../anchors/root-keys.ts';
import { MAXIMUM_STORE, anchorsOf, readStore, storeText } from '../anchors/store.ts';
import type { AnchorStore } from '../anchors/store.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { ROOT_TRUST_ANCHORS } from '../dnssec/trust-anchor.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import { dataFolder } from './data-folder.ts';

export interface StoreFailure {
  readonly path: string;
  /** a clause */
  readonly text: string;
}

/** In the data folder. */
export function anchorStorePath(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform, home: string = homedir()): string {
  return join(dataFolder(environment, platform, home), 'trust-anchors.json');
}

/** null where the user has none. */
export function loadAnchorStore(path: string = anchorStorePath()): Result<AnchorStore | null, StoreFailure> {
  const text = fromDisk(path, () => (statSync(path).size > MAXIMUM_STORE ? null : readFileSync(path, 'utf8')));
  if (!text.ok) return text.failure.text === 'ENOENT' ? success(null) : failed({ path, text: `cannot be read (${text.failure.text})` });
  if (text.value === null) return failed({ path, text: `is longer than ${String(MAXIMUM_STORE)} octets` });
  const store = readStore(text.value);
  return store.ok ? success(store.value) : failed({ path, text: `cannot be used: ${store.failure}` });
}

/** Written beside and moved into place; the one before stays as `.bak`. Readable by its owner alone. */
export function saveAnchorStore(store: AnchorStore, path: string = anchorStorePath()): Result<null, StoreFailure> {
  const fresh = `${path}.${String(process.pid)}.new`;
  const written = fromDisk(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(fresh, storeText(store), { mode: 0o600, flush: true });
    chmodSync(fresh, 0o600);
    keepPrevious(path);
    renameSync(fresh, path);
    return null;
  });
  if (written.ok) return written;
  // What kept us from writing may keep us from tidying up as well; the first failure is the one to tell.
  fromDisk(fresh, () => rmSync(fresh, { force: true }));
  return failed({ path, text: `cannot be written (${written.failure.text})` });
}

/** Back to the built-in anchors; the store stays as `.bak`. @returns whether there was one */
export function removeAnchorStore(path: string = anchorStorePath()): Result<boolean, StoreFailure> {
  const removed = fromDisk(path, () => renameSync(path, `${path}.bak`));
  if (removed.ok) return success(true);
  return removed.failure.text === 'ENOENT' ? success(false) : failed({ path, text: `cannot be removed (${removed.failure.text})` });
}

function keepPrevious(path: string): void {
  const kept = fromDisk(path, () => copyFileSync(path, `${path}.bak`));
  if (!kept.ok && kept.failure.text !== 'ENOENT') throw Object.assign(new Error('no copy'), { code: kept.failure.text });
}

/** The system's errors as values, by their codes; what has no code is a bug of ours. */
function fromDisk<Value>(path: string, act: () => Value): Result<Value, StoreFailure> {
  try {
    return success(act());
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return failed({ path, text: error.code });
    throw error;
  }
}

export interface AnchorsInUse {
  readonly anchors: readonly TrustAnchor[];
  readonly store: AnchorStore | null;
  /** ms since 1970, when somebody last vouched for them */
  readonly asOf: number;
  readonly warnings: readonly AnchorWarning[];
}

/** The user's store, else what ships with the program. @param now ms since 1970 */
export function anchorsInUse(now: number, path: string = anchorStorePath()): Result<AnchorsInUse, StoreFailure> {
  const store = loadAnchorStore(path);
  if (!store.ok) return store;
  const anchors = store.value === null ? ROOT_TRUST_ANCHORS : anchorsOf(store.value, now);
  const asOf = Date.parse(store.value?.updatedAt ?? ANCHORS_AS_OF);
  return success({ anchors, store: store.value, asOf, warnings: anchorWarnings({ anchors, asOf, now }) });
}
