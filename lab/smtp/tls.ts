/** TLS of the lab's mail servers: the handshake, and the ways in which it does not come about. */
import type { Socket } from 'node:net';
import { createSecureContext, createServer, TLSSocket } from 'node:tls';
import type { SecureContext, SecureContextOptions, Server } from 'node:tls';
import type { SmtpBehaviour } from './behaviour.ts';
import { glimpse, type HelloGlimpse } from './client-hello.ts';

/** PEM: each key with its chain as sent, leaf first; several where the server has several key types */
export type Credentials = readonly { readonly key: string; readonly chain: string; /** OCSP response that comes with it */ readonly staple?: Uint8Array }[];

export class ServerTls {
  readonly #behaviour: SmtpBehaviour;
  readonly #usual: SecureContext | null;
  readonly #forTls12: SecureContext | null;
  readonly #stapler: Server | null;

  /** @param credentialsTls12 what a client without TLS 1.3 is shown, where it is something else */
  constructor(behaviour: SmtpBehaviour, credentials: Credentials, credentialsTls12: Credentials | null) {
    this.#behaviour = behaviour;
    this.#usual = contextOf(credentials, behaviour);
    this.#stapler = staplerOf(credentials);
    this.#forTls12 = credentialsTls12 === null ? this.#usual : contextOf(credentialsTls12, behaviour);
  }

  get isThere(): boolean {
    return this.#usual !== null;
  }

  /** The ClientHello is read first, so that the visitor sees the end in the handshake and not before it. */
  begin(socket: Socket, secured: (socket: TLSSocket) => void): void {
    socket.once('data', (hello: Buffer) => {
      socket.pause();
      const seen = glimpse(hello);
      const context = seen.offersTls13 ? this.#usual : this.#forTls12;
      if (context === null || this.#spoils(socket, seen)) return;
      socket.unshift(hello);
      const isRequired = this.#behaviour.clientCertificate === 'required';
      const tls = new TLSSocket(socket, { isServer: true, secureContext: context, requestCert: isRequired, rejectUnauthorized: isRequired, ...(this.#stapler === null ? {} : { server: this.#stapler }) });
      tls.on('error', () => { socket.destroy(); });
      tls.once('secure', () => { secured(tls); });
    });
  }

  #spoils(socket: Socket, { hasServerName, groups }: HelloGlimpse): boolean {
    const { handshake = 'complete', serverName, mostGroups } = this.#behaviour;
    if (handshake === 'reset') socket.resetAndDestroy();
    else if (handshake === 'plaintext') socket.end('454 4.7.0 TLS not available due to local problem\r\n');
    else if (handshake === 'hang-up' || (mostGroups !== undefined && groups > mostGroups)) socket.end();
    else if (serverName === 'refused' && hasServerName) socket.end(FATAL_UNRECOGNIZED_NAME);
    else return false;
    return true;
  }
}

/** A record of type alert: fatal (2), unrecognized_name (112; RFC 6066 §3). */
const FATAL_UNRECOGNIZED_NAME = Uint8Array.of(21, 3, 3, 0, 2, 2, 112);

const VERSIONS: { readonly [Kind in NonNullable<SmtpBehaviour['versions']>]: SecureContextOptions } = {
  old: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
  new: { minVersion: 'TLSv1.3' },
  'weak-keys': { ciphers: 'DEFAULT:@SECLEVEL=0' },
};

/** Listens nowhere: Node asks a server for the response to staple. */
function staplerOf(credentials: Credentials): Server | null {
  const staple = credentials.find((credential) => credential.staple !== undefined)?.staple;
  if (staple === undefined) return null;
  return createServer().on('OCSPRequest', (_certificate: Buffer, _issuer: Buffer, answer: (error: Error | null, response: Buffer) => void) => { answer(null, Buffer.from(staple)); });
}

function contextOf(credentials: Credentials, { versions }: SmtpBehaviour): SecureContext | null {
  if (credentials.length === 0) return null;
  return createSecureContext({
    key: credentials.map(({ key }) => key), cert: credentials.map(({ chain }) => chain), ...(versions === undefined ? {} : VERSIONS[versions]),
  });
}
