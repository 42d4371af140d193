/** The local host prints for its own page alone, one report at a time. */
import { request as httpRequest } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PRINT_PATH, SESSION_HEADER, SESSION_PATH } from '../../core/api/page.ts';
import { failed, success } from '../../core/base/result.ts';
import { EngineProcess } from '../../service/engine-process.ts';
import { startHost } from '../../service/host.ts';
import type { Host } from '../../service/host.ts';
import type { Print } from '../../service/host-print.ts';

let host: Host;
let print: Print;
let stopped: boolean;
const pdf = new TextEncoder().encode('%PDF-1.4 test');

beforeEach(async () => {
  stopped = false;
  print = () => Promise.resolve(success(pdf));
  const engine = new EngineProcess(() => { throw new Error('printing needs no engine'); });
  host = await startHost({ files: new Map(), engine, tokenLifetime: 60_000, grace: 20, patience: 5000, now: Date.now, print: (html, options) => print(html, options) });
});
afterEach(() => host.close());

const origin = (): string => `http://127.0.0.1:${String(host.port)}`;

async function post(path: string, headers: OutgoingHttpHeaders, body: string | Buffer, leave?: AbortSignal): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${origin()}${path}`, { method: 'POST', headers, ...(leave === undefined ? {} : { signal: leave }) }, (response) => {
      let text = '';
      response.setEncoding('latin1').on('data', (chunk: string) => (text += chunk)).on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function session(): Promise<OutgoingHttpHeaders> {
  const { text } = await post(SESSION_PATH, { Origin: origin() }, new URL(host.address()).hash.slice(1));
  return { Origin: origin(), [SESSION_HEADER]: text };
}

describe('the local host', () => {
  test('prints a report that is larger than a message to the engine may be', async () => {
    let seen = 0;
    print = (html) => {
      seen = html.length;
      return Promise.resolve(success(pdf));
    };
    expect(await post(PRINT_PATH, await session(), 'x'.repeat(3 * 1024 * 1024))).toEqual({ status: 200, text: '%PDF-1.4 test' });
    expect(seen).toBe(3 * 1024 * 1024);
  });

  test('outlives a fault of ours while it prints: the page is told, the log what it was, and the next report is printed', async () => {
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    print = () => Promise.reject(new Error('ENOSPC: no space left on device\u001B[2J'));
    const own = await session();
    expect(await post(PRINT_PATH, own, 'x')).toEqual({ status: 500, text: 'a fault of the inspector; what it printed where it was started says more\n' });
    expect(log.mock.calls.join('')).toMatch(/^danescope: host: Error: ENOSPC: no space left on device\\x1b\[2J\n/);
    log.mockRestore();
    print = () => Promise.resolve(success(pdf));
    expect((await post(PRINT_PATH, own, 'x')).status).toBe(200);
  });

  test('prints for nobody without a session, and for no other page', async () => {
    print = () => { throw new Error('printed'); };
    const own = await session();
    expect((await post(PRINT_PATH, { Origin: origin() }, 'x')).status).toBe(401);
    expect((await post(PRINT_PATH, { ...own, [SESSION_HEADER]: 'guessed' }, 'x')).status).toBe(401);
    expect((await post(PRINT_PATH, { ...own, Origin: 'http://evil.example' }, 'x')).status).toBe(403);
    expect((await post(PRINT_PATH, { ...own, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' }, 'x')).status).toBe(403);
  });

  test('refuses what is too large before it is sent', async () => {
    const { status } = await post(PRINT_PATH, { ...(await session()), 'Content-Length': 64 * 1024 * 1024 + 1, Expect: '100-continue' }, '').catch(() => ({ status: 413 }));
    expect(status).toBe(413);
  });

  test('says why there is no PDF', async () => {
    print = () => Promise.resolve(failed({ code: 'no-browser', text: 'No Chromium was found.' }));
    expect(await post(PRINT_PATH, await session(), 'x')).toEqual({ status: 503, text: 'No Chromium was found.\n' });
  });

  test('prints one at a time, and stops for a page that went away', async () => {
    const begun = new Promise<void>((started) => {
      print = (_html, { signal }) => new Promise((resolve) => {
        started();
        signal.addEventListener('abort', () => {
          stopped = true;
          resolve(failed({ code: 'stopped', text: 'stopped' }));
        });
      });
    });
    const own = await session();
    const leave = new AbortController();
    const first = post(PRINT_PATH, own, 'x', leave.signal).catch(() => 'left');
    await begun;
    expect((await post(PRINT_PATH, own, 'x')).text).toBe('another report is being printed\n');
    leave.abort();
    expect(await first).toBe('left');
    await expect.poll(() => stopped).toBe(true);
  });
});
