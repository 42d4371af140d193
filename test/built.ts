/** The programs as they are built, for tests that run them as a person does. */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isStale } from '../scripts/prepare.mjs';

const root = resolve(import.meta.dirname, '..');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Orders {
  readonly env?: NodeJS.ProcessEnv;
  /** what it reads; nothing where it is not given */
  readonly input?: string;
  /** a file that stdout goes to; `stdout` is then empty */
  readonly into?: string;
  /** sent when the text shows on stdout */
  readonly interruptAt?: RegExp;
  /** stdout is closed when the text shows on it, as `| head` does */
  readonly closeAt?: RegExp;
}

/** Runs the built command in a process of its own, as a person or a monitoring system does. */
export async function danescope(args: readonly string[], { env = {}, input, into, interruptAt, closeAt }: Orders = {}): Promise<Ended> {
  await built();
  const file = into === undefined ? null : openSync(into, 'w');
  const child = spawn(process.execPath, [join(root, 'out/node/cli/main.js'), ...args], { env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...env }, stdio: ['pipe', file ?? 'pipe', 'pipe'] });
  if (file !== null) closeSync(file);
  child.stdin?.end(input);
  let stdout = '';
  let stderr = '';
  let interrupted = false;
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (closeAt?.test(stdout) === true) child.stdout?.destroy();
    if (interruptAt?.test(stdout) === true && !interrupted) {
      interrupted = true;
      child.kill('SIGINT');
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((settle) => child.once('close', settle));
  return { code, stdout, stderr };
}

let ready: Promise<void> | null = null;

/** `npm test` builds before; a run of one test file alone may find the build stale. One process builds, the others wait. */
export function built(): Promise<void> {
  ready ??= (async () => {
    while (isStale('node')) {
      if (locked(() => spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'tsconfig.node.json'], { cwd: root }))) return;
      await new Promise((settle) => setTimeout(settle, 100));
    }
  })();
  return ready;
}

/** @returns false where another process holds the lock */
function locked(work: () => void): boolean {
  const lock = join(root, 'out/.building');
  try {
    mkdirSync(lock, { recursive: false });
  } catch {
    return false; // held: a build is under way
  }
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
  return true;
}
