/**
 * Which program runs the engine. A plain Node brings OpenSSL, which offers what mail senders offer; Electron's own TLS library
 * offers less (no Ed448, no RSA-PSS certificates), so it is the last resort, and every run names the library it was made with.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { utilityProcess } from 'electron';
import { engineEnvironment, startOnNode } from '../service/engine-process.ts';
import type { EngineSettings, FromEngine, ToEngine } from '../service/engine-messages.ts';
import type { StartEngine } from '../service/engine-process.ts';

/** @param entry the built `service/engine-main.js` */
export function chooseEngine(entry: string, settings: EngineSettings): StartEngine {
  const node = findNode(process.env, process.platform);
  return node === null ? startOnElectron(entry, settings) : startOnNode(node, outsideOfArchive(entry), settings);
}

/** A plain Node cannot read inside of the archive that an installed app is packed in; what it needs lies beside. */
export const outsideOfArchive = (path: string): string => path.replace(/([\\/])app\.asar(?=[\\/])/, '$1app.asar.unpacked');

/** The one that is named, else the one that came with us, else the first on the PATH that is new enough. */
export function findNode(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  const program = platform === 'win32' ? 'node.exe' : 'node';
  const resources = (process as { resourcesPath?: string }).resourcesPath ?? '';
  const onPath = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '').map((folder) => join(folder, program));
  const candidates = [environment['DANESCOPE_NODE'] ?? '', resources === '' ? '' : join(resources, program), ...onPath];
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
