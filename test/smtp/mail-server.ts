/** A mail server over a real socket that does what a test tells it to, step by step. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { SecureContextOptions, TLSSocketOptions } from 'node:tls';

/** The server's side of one connection. */
export class ServerSide {
  /** commands as they came, in both channels */
  readonly commands: string[] = [];
  socket: Socket;
  #buffer = '';

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => { /* the client may leave at any time; the test looks at the client */ });
  }

  send(data: string | Uint8Array): void {
    if (this.socket.writable) this.socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
  }

  /** Next command line; null when the client left. */
  async command(): Promise<string | null> {
    while (!this.#buffer.includes('\n')) {
      const chunk = await this.#chunk();
      if (chunk === null) return null;
      this.#buffer += chunk;
    }
    const [line = ''] = this.#buffer.split('\r\n', 1);
    this.#buffer = this.#buffer.slice(line.length + 2);
    this.commands.push(line);
    return line;
  }

  async #chunk(): Promise<string | null> {
    for (;;) {
      const chunk = this.socket.read() as Buffer | null;
      if (chunk !== null) return chunk.toString('latin1');
      if (this.socket.readableEnded || this.socket.destroyed) return null;
      await this.#change();
    }
  }

  /** There is something to read, or the client is gone: whichever comes first takes the others with it. */
  async #change(): Promise<void> {
    const over = new AbortController();
    const told = ['readable', 'end', 'close'].map((event) => once(this.socket, event, { signal: over.signal }));
    await Promise.race(told).catch(() => null);
    over.abort();
    await Promise.allSettled(told);
  }

  /** What came with STARTTLS is thrown away (RFC 3207 §4.2). @returns whether there was something */
  forget(): boolean {
    const isThere = this.#buffer !== '';
    this.#buffer = '';
    return isThere;
  }

  startTls(options: SecureContextOptions & TLSSocketOptions): void {
    const secure = new TLSSocket(this.socket, { isServer: true, ...options, secureContext: createSecureContext(options) });
    secure.on('error', () => { /* a failed handshake is what the test looks at from the client's side */ });
    this.socket = secure;
  }

  /** RST */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** FIN */
  end(): void {
    this.socket.end();
  }
}

export type Script = (side: ServerSide) => Promise<void> | void;

export interface MailServer {
  readonly port: number;
  readonly sides: ServerSide[];
  close(): void;
  /** settles when every script is over: the client left, or the server did */
  readonly over: () => Promise<unknown>;
}

/** Runs the script for each connection. */
export async function mailServer(script: Script): Promise<MailServer> {
  const sides: ServerSide[] = [];
  const scripts: Promise<void>[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    const side = new ServerSide(socket);
    sides.push(side);
    scripts.push(Promise.resolve(script(side)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sides,
    over: () => Promise.allSettled(scripts),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
