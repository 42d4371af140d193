/**
 * Which program runs the engine. A plain Node brings OpenSSL, which offers what mail senders offer; Electron's own TLS library
 * offers less (no Ed448, no RSA-PSS certificates), so it is the last resort, and every run names the library it was made with.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { app, utilityProcess } from 'electron';
import { engineEnvironment, startOnNode } from '../service/engine-process.ts';
import type { EngineSettings, FromEngine, ToEngine } from '../service/engine-messages.ts';
import type { StartEngine } from '../service/engine-process.ts';

/** @param entry the built `service/engine-main.js` */
export function chooseEngine(entry: string, settings: EngineSettings): StartEngine {
  const packed = app.isPackaged ? ((process as { resourcesPath?: string }).resourcesPath ?? null) : null;
  const node = findNode({ environment: process.env, platform: process.platform, packed });
  return node === null ? startOnElectron(entry, settings) : startOnNode(node, outsideOfArchive(entry), settings);
}

/** A plain Node cannot read inside of the archive that an installed app is packed in; what it needs lies beside. */
export const outsideOfArchive = (path: string): string => path.replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked');

export interface WhereNodeMayBe {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** where an installed app has its own; null for a build from source */
  readonly packed: string | null;
}

/**
 * An installed app runs the one that came with it and no other: what it runs has the rights that the system gave to the app, and whoever sets a
 * variable must not get them. A build from source runs the one that is named, else the first on the PATH that is new enough.
 */
export function findNode({ environment, platform, packed }: WhereNodeMayBe): string | null {
  const program = platform === 'win32' ? 'node.exe' : 'node';
  // A relative part would find what somebody laid into the folder that we were started in.
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter(isAbsolute).map((folder) => join(folder, program));
  const candidates = packed === null ? [environment['DANESCOPE_NODE'] ?? '', ...onPath] : [join(packed, program)];
  return candidates.find((path) => path !== '' && existsSync(path) && isNewEnough(path)) ?? null;
}

const OLDEST_MAJOR = 20;

function isNewEnough(node: string): boolean {
  try {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8', timeout: 5000, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true });
    return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= OLDEST_MAJOR;
  } catch {
    return false; // it does not run: the next one is tried
  }
}

const startOnElectron = (entry: string, settings: EngineSettings): StartEngine => ({ message, exit }) => {
  const child = utilityProcess.fork(entry, [], { env: engineEnvironment(settings), serviceName: 'danescope engine', stdio: 'inherit' });
  child.on('message', (received: FromEngine) => message(received));
  child.once('exit', (code) => exit(`the engine ended with exit code ${String(code)}`));
  const send = (sent: ToEngine): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    child.postMessage(sent);
  };
  return { send, kill: () => void child.kill() };
};
