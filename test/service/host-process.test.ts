import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { webSocketClient } from '../../core/api/client.ts';
import type { InspectorClient } from '../../core/api/inspector-client.ts';
import { sessionProtocols } from '../../core/api/page.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { built } from '../built.ts';
import { build, isStale } from '../../scripts/prepare.mjs';

const root = resolve(import.meta.dirname, '../..');
const hosts: ChildProcess[] = [];
const home = mkdtempSync(join(tmpdir(), 'danescope-home-'));

beforeAll(async () => {
  await built();
  if (isStale('renderer')) await build('renderer');
}, 120_000);
afterAll(() => rmSync(home, { recursive: true }));
afterEach(() => hosts.splice(0).forEach((host) => host.kill('SIGKILL')));

interface StartedHost {
  readonly process: ChildProcess;
  /** of what it said so far */
  readonly text: () => string;
  readonly address: Promise<string>;
  readonly exit: Promise<number | null>;
}

function start(...args: readonly string[]): StartedHost {
  const host = spawn(process.execPath, [join(root, 'out/node/service/host-main.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DANESCOPE_HOME: home, DISPLAY: '', WAYLAND_DISPLAY: '' } });
  hosts.push(host);
  let said = '';
  const address = new Promise<string>((settle) => {
    for (const stream of [host.stdout, host.stderr]) stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(said)?.[0];
      if (found !== undefined) settle(found);
    });
  });
  return { process: host, text: () => said, address, exit: new Promise((settle) => host.once('close', settle)) };
}

async function connect(address: string): Promise<{ readonly client: InspectorClient; readonly socket: WebSocket }> {
  const { origin, host, hash } = new URL(address);
  const reply = await fetch(`${origin}/session`, { method: 'POST', headers: { Origin: origin }, body: hash.slice(1) });
  const socket = new WebSocket(`ws://${host}/rpc`, sessionProtocols(await reply.text()), { origin });
  return { client: webSocketClient(socket as unknown as Parameters<typeof webSocketClient>[0]), socket };
}

describe('danescope app', () => {
  test('prints a one-time address where there is no display, serves the lab, and ends when told', async () => {
    const host = start('--lab');
    const { client, socket } = await connect(await host.address);
    expect(await client.runtime()).toMatchObject({ shell: 'local-host', lab: true, resolver: 'iterative from the root', tlsLibrary: expect.stringContaining('OpenSSL') });
    expect((await client.scenes()).length).toBeGreaterThan(25);
    const events: InspectionEvent[] = [];
    for await (const batch of client.inspect({ target: 'good-311.example' }, new AbortController().signal)) events.push(...batch);
    expect(fold(events)).toMatchObject({ state: 'finished', outcome: { outcome: 'authenticated' } });
    host.process.kill('SIGTERM');
    expect(await host.exit).toBe(0);
    socket.terminate();
  });

  test('comes back at the address of its last start, where the browser kept layout and recent runs', async () => {
    const first = start('--lab');
    const { origin } = new URL(await first.address);
    first.process.kill('SIGTERM');
    await first.exit;
    expect(new URL(await start('--lab').address).origin).toBe(origin);
  });

  test('ends after its last page', async () => {
    const host = start('--lab');
    const { client, socket } = await connect(await host.address);
    await client.runtime();
    socket.terminate();
    expect(await host.exit).toBe(0);
    expect(host.text()).toContain('the last page was closed');
  });

  test('the engine goes when the host is killed', async () => {
    const host = start('--lab');
    const { client } = await connect(await host.address);
    await client.runtime();
    const engine = childOf(host.process.pid ?? 0);
    host.process.kill('SIGKILL');
    await host.exit;
    while (isAlive(engine)) await new Promise((settle) => setTimeout(settle, 20));
  });

  test.each([['--unknown'], ['--helo'], ['--helo', 'a b'], ['word']])('a wrong command line ends with 64: %s %s', async (...args) => {
    const host = start(...args);
    expect(await host.exit).toBe(64);
    expect(host.text()).toMatch(/^danescope: .*\n +see: danescope app --help\n$/);
  });
});

/** @returns the one child of a process, from the table that Linux keeps */
function childOf(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return Number(stdout.trim());
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
