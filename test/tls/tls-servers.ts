/** TLS servers of three implementations, each with what a variant needs. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import type { TLSSocket, TlsOptions } from 'node:tls';
import type { Issued } from './certificates.ts';
import { pemOf } from './certificates.ts';

export interface TlsServer {
  readonly port: number;
  /** what a person would type */
  readonly type: (text: string) => void;
  readonly close: () => void;
}

export interface Identity {
  readonly leaf: Issued;
  /** what follows the leaf in the Certificate message, in this order */
  readonly rest: readonly Issued[];
}

export const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

/** @param staple DER of an OCSP response; not looked at by the server */
export async function nodeServer(identities: readonly Identity[], options: TlsOptions = {}, staple: Uint8Array | null = null, established: (socket: TLSSocket) => void = () => { /* waits */ }): Promise<TlsServer> {
  const server = createServer({ key: identities.map(({ leaf }) => leaf.keyPem), cert: identities.map(({ leaf, rest }) => pemOf(leaf, ...rest)), ...options });
  server.on('tlsClientError', () => { /* seen from the client's side */ });
  server.on('secureConnection', (socket) => {
    socket.on('error', () => { /* the client leaves as it likes */ });
    established(socket);
  });
  if (staple !== null) server.on('OCSPRequest', (_certificate, _issuer, answer) => { answer(null, Buffer.from(staple)); });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, type: () => { /* nobody reads it */ }, close: () => { server.close(); } };
}

async function freePort(): Promise<number> {
  const server = createPlainServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

type Files = (name: string, content: string | Uint8Array) => string;

async function started(program: string, argumentsFor: (port: number, file: Files) => readonly string[], ready: RegExp): Promise<TlsServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tls-server-'));
  const file: Files = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const port = await freePort();
  const child = spawn(program, argumentsFor(port, file), { stdio: 'pipe' });
  // A test that fails does not come to its own end.
  process.once('exit', () => child.kill('SIGKILL'));
  process.setMaxListeners(0);
  let told = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (data: Buffer): void => {
      told += data.toString('latin1');
      if (ready.test(told)) resolve();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', (code) => { reject(new Error(`${program} ended with ${String(code)}: ${told}`)); });
  });
  const close = (): void => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  };
  return { port, close, type: (text) => { child.stdin.write(text); } };
}

/** @param more further arguments; `{name}` with files as given */
export function opensslServer({ leaf, rest }: Identity, more: readonly string[] = [], files: { readonly [name: string]: string | Uint8Array } = {}): Promise<TlsServer> {
  return started('openssl', (port, file) => [
    's_server', '-accept', `127.0.0.1:${String(port)}`, '-cert', file('leaf.pem', leaf.pem), '-key', file('key.pem', leaf.keyPem),
    ...(rest.length > 0 ? ['-cert_chain', file('rest.pem', pemOf(...rest))] : []),
    ...more.map((argument) => (argument in files ? file(argument, files[argument] ?? '') : argument)),
  ], /ACCEPT/);
}

export function gnutlsServer({ leaf, rest }: Identity, more: readonly string[] = [], files: { readonly [name: string]: string | Uint8Array } = {}): Promise<TlsServer> {
  return started('gnutls-serv', (port, file) => [
    '--port', String(port), '--x509certfile', file('chain.pem', pemOf(leaf, ...rest)), '--x509keyfile', file('key.pem', leaf.keyPem), '--echo',
    ...more.map((argument) => (argument in files ? file(argument, files[argument] ?? '') : argument)),
  ], /\.\.\.done/);
}
