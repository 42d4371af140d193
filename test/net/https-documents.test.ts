import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HttpsDocuments } from '../../core/net/https-documents.ts';

let server: Server;
let base: string;
let authorities: string;
const folder = mkdtempSync(join(tmpdir(), 'https-'));

const PAGES: { readonly [path: string]: (response: ServerResponse) => void } = {
  '/good': (response) => response.end('<TrustAnchor/>'),
  '/large': (response) => response.end('x'.repeat(5000)),
  '/moved': (response) => response.writeHead(302, { location: '/good' }).end(),
  '/missing': (response) => response.writeHead(404).end(),
  '/cut': (response) => response.writeHead(200, { 'content-length': '100' }).write('x', () => response.destroy()),
  '/silent': () => {},
};

beforeAll(async () => {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  authorities = readFileSync(certificate, 'utf8');
  server = createServer({ key: readFileSync(key), cert: authorities }, (request, response) => PAGES[request.url ?? '']?.(response));
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  base = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((settle) => server.close(settle));
  rmSync(folder, { recursive: true });
});

const never = new AbortController().signal;
const fetched = async (path: string, options: object = {}, signal = never): Promise<string> => {
  const result = await new HttpsDocuments({ authorities, maximumLength: 1000, timeout: 5000, ...options }).fetch(`${base}${path}`, signal);
  return result.ok ? new TextDecoder().decode(result.value) : result.failure.code;
};

describe('a document over HTTPS', () => {
  test('comes as its octets', async () => {
    expect(await fetched('/good')).toBe('<TrustAnchor/>');
  });

  test.each([['/large', 'too-large'], ['/moved', 'status'], ['/missing', 'status'], ['/cut', 'unreachable']])('%s: %s', async (path, code) => {
    expect(await fetched(path)).toBe(code);
  });

  test('that does not come in time, or is no longer wanted', async () => {
    expect(await fetched('/silent', { timeout: 50 })).toBe('timeout');
    expect(await fetched('/silent', {}, AbortSignal.timeout(50))).toBe('aborted');
  });

  test('from a server whose certificate nobody vouches for, and from none', async () => {
    expect(await fetched('/good', { authorities: undefined })).toBe('tls');
    const nobody = await new HttpsDocuments().fetch('https://127.0.0.1:9/', never);
    expect(nobody).toMatchObject({ ok: false, failure: { code: 'unreachable', text: expect.stringContaining('https://127.0.0.1:9/') as string } });
  });
});
