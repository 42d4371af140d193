/** Child processes of the real servers: started without a shell, ended by their own id. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { findProgram } from './programs.ts';

export function runTool(program: string, options: readonly string[], folder: string, input?: string): string {
  const path = findProgram(program) ?? program;
  const result = spawnSync(path, options, { cwd: folder, input, encoding: 'utf8', timeout: 60_000 });
  if (result.status !== 0) throw new Error(`${program} ${options.join(' ')} ended with ${result.status}: ${result.stderr}${result.stdout}`);
  return result.stdout;
}

export class ServerProcess {
  readonly #child: ChildProcess;
  #output = '';

  constructor(program: string, options: readonly string[]) {
    this.#child = spawn(findProgram(program) ?? program, options, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.on('data', (text) => (this.#output += String(text)));
  }

  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => {
      this.#child.once('exit', resolve);
    });
    this.#child.kill('SIGTERM');
    await ended;
  }
}

/** Waits until a DNS server answers anything at all on UDP. */
export async function dnsReady(address: string, server: ServerProcess): Promise<void> {
  const query = Uint8Array.from([0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 1]);
  await retry(`DNS at ${address}`, server, () => new Promise<boolean>((resolve) => {
    const socket = createSocket('udp4');
    const finish = (ready: boolean): void => {
      clearTimeout(timer);
      socket.close();
      resolve(ready);
    };
    const timer = setTimeout(() => { finish(false); }, 200);
    socket.once('message', () => { finish(true); });
    socket.once('error', () => { finish(false); });
    socket.send(query, 53, address);
  }));
}

export async function tcpReady(address: string, port: number, server: ServerProcess): Promise<void> {
  await retry(`TCP at ${address}:${port}`, server, () => new Promise<boolean>((resolve) => {
    const socket = connect({ host: address, port });
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => { resolve(false); });
  }));
}

async function retry(what: string, server: ServerProcess, attempt: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < 100; count += 1) {
    if (await attempt()) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`${what} did not come up: ${server.output}`);
}
