/** Staples that `openssl ocsp` made, over a real handshake, as the run tells them. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StapleJudgement } from '../../core/x509/facts.ts';
import { converseWith } from './conversation.ts';

const folder = mkdtempSync(join(tmpdir(), 'staple-'));
const at = (name: string): string => join(folder, name);
const openssl = (...words: string[]): void => { execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' }); };

function issue(name: string, serial: number, extension: string): void {
  writeFileSync(at('extension'), extension);
  openssl('req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
  openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', String(serial), '-days', '30', '-extfile', 'extension', '-out', `${name}.pem`);
}

/** @param index line of the authority's index: `V` valid, `R` revoked */
function response(out: string, index: string, signer: string): void {
  writeFileSync(at('index.txt'), index);
  openssl('ocsp', '-index', 'index.txt', '-CA', 'ca.pem', '-rsigner', `${signer}.pem`, '-rkey', `${signer}.key`, '-reqin', 'request.der', '-respout', out, '-ndays', '7');
}

const VALID = 'V\t991231235959Z\t\t4D\tunknown\t/CN=mx.example.org\n';
const REVOKED = 'R\t991231235959Z\t250101000000Z\t4D\tunknown\t/CN=mx.example.org\n';

beforeAll(() => {
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=Authority', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30');
  issue('leaf', 0x4d, 'subjectAltName=DNS:mx.example.org');
  issue('responder', 0x4e, 'extendedKeyUsage=OCSPSigning');
  issue('stranger', 0x4f, 'subjectAltName=DNS:stranger.example');
  openssl('ocsp', '-issuer', 'ca.pem', '-cert', 'leaf.pem', '-reqout', 'request.der');
});
afterAll(() => { rmSync(folder, { recursive: true }); });

async function told(staple: Uint8Array | null, chain = ['leaf.pem', 'ca.pem']): Promise<StapleJudgement | null | undefined> {
  const server = createServer({ key: readFileSync(at('leaf.key')), cert: chain.map((name) => readFileSync(at(name), 'utf8')).join('') }, (socket) => {
    socket.on('error', () => { /* the client leaves */ });
    socket.end('220 mx.example.org ESMTP\r\n');
  });
  if (staple !== null) server.on('OCSPRequest', (_certificate, _issuer, answer) => { answer(null, Buffer.from(staple)); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { facts } = await converseWith((server.address() as AddressInfo).port, { tls: 'on-connect' });
  server.close();
  return facts.flatMap((fact) => (fact.type === 'tls.presented' ? [fact.presented.ocsp] : []))[0];
}

describe('RFC 6960 §3.2: a staple is judged where the chain was presented', () => {
  test.each([
    ['good', VALID, 'ca', 'good'], ['good, by an authorised responder', VALID, 'responder', 'good'], ['revoked', REVOKED, 'ca', 'revoked'],
    ['unknown', '', 'ca', 'unknown'], ['signed by whom the issuer did not authorise', VALID, 'stranger', 'bad-signature'],
  ])('%s', async (_name, index, signer, status) => {
    response('response.der', index, signer);
    const judged = await told(readFileSync(at('response.der')));
    expect(judged).toMatchObject({ status, rfc: expect.stringMatching(/^RFC 6960 §/) as string });
    if (status === 'good') expect(Date.parse(judged?.nextUpdate ?? '')).toBeGreaterThan(Date.now());
  });

  test('without its issuer nothing can be verified', async () => {
    response('response.der', VALID, 'ca');
    expect(await told(readFileSync(at('response.der')), ['leaf.pem'])).toMatchObject({ status: 'issuer-not-presented' });
  });

  test('octets that are none, and no staple at all', async () => {
    expect(await told(Uint8Array.of(1, 2, 3))).toMatchObject({ status: 'malformed' });
    expect(await told(null)).toBeNull();
  });
});
