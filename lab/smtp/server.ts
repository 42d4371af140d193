/** A mail server on one ephemeral port of 127.0.0.1: enough of RFC 5321 and RFC 3207 for a visitor that sends no mail. */
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SmtpBehaviour } from './behaviour.ts';
import { Transaction } from './transaction.ts';
import { ServerTls, type Credentials } from './tls.ts';

export interface SmtpServerOptions {
  readonly hostname: string;
  readonly tlsOnConnect: boolean;
  readonly behaviour: SmtpBehaviour;
  readonly credentials: Credentials;
  /** what a client without TLS 1.3 is shown, where it is something else */
  readonly credentialsTls12?: Credentials;
}

export interface SmtpServer {
  readonly port: number;
  close(): Promise<void>;
}

const LONGEST_LINE = 2048;
const BEFORE_TLS = ['PIPELINING', 'SIZE 52428800', 'VRFY', 'ETRN', 'ENHANCEDSTATUSCODES', '8BITMIME', 'DSN', 'SMTPUTF8', 'CHUNKING'];

export function startSmtpServer(options: SmtpServerOptions): Promise<SmtpServer> {
  const secureSide = new ServerTls(options.behaviour, options.credentials, options.credentialsTls12 ?? null);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => { sockets.delete(socket); });
    socket.on('error', () => { socket.destroy(); });
    serve(socket, options, secureSide);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('a TCP server without a port');
      const close = (): Promise<void> => new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => { done(); });
      });
      resolve({ port: address.port, close });
    });
  });
}

function serve(socket: Socket, options: SmtpServerOptions, tls: ServerTls): void {
  if (!options.tlsOnConnect) new Session(socket, options, tls).greet();
  else tls.begin(socket, (secured) => { new Session(secured, options, tls).greet(); });
}

class Session {
  readonly #socket: Socket;
  readonly #options: SmtpServerOptions;
  readonly #tls: ServerTls;
  readonly #isProtected: boolean;
  readonly #transaction: Transaction;
  #waiting: string;

  /** @param kept what a careless server did not forget */
  constructor(socket: Socket, options: SmtpServerOptions, tls: ServerTls, kept = '') {
    this.#waiting = kept;
    this.#socket = socket;
    this.#options = options;
    this.#tls = tls;
    this.#isProtected = socket instanceof TLSSocket;
    this.#transaction = new Transaction({ hostname: options.hostname, takesAuth: options.tlsOnConnect });
  }

  listen(): void {
    this.#socket.on('data', this.#read);
    this.#obeyAll();
  }

  greet(): void {
    this.listen();
    const greeting = this.#options.behaviour.greeting ?? `220 ${this.#options.hostname} ESMTP Postfix`;
    this.#send(greeting);
    // RFC 5321 §3.8, RFC 3463: after 421 the server leaves; after 554 it waits for QUIT (§3.1).
    if (greeting.startsWith('421')) this.#socket.end();
  }

  readonly #read = (chunk: Buffer): void => {
    this.#waiting += chunk.toString('latin1');
    this.#obeyAll();
  };

  #obeyAll(): void {
    if (this.#waiting.length > LONGEST_LINE) this.#socket.destroy();
    for (let end = this.#waiting.indexOf('\r\n'); end !== -1; end = this.#waiting.indexOf('\r\n')) {
      const line = this.#waiting.slice(0, end);
      this.#waiting = this.#waiting.slice(end + 2);
      const inside = this.#transaction.inside(line);
      if (inside === undefined) this.#obey(line.split(' ')[0]?.toUpperCase() ?? '', line);
      else if (inside !== null) this.#send(inside);
    }
  }

  #obey(verb: string, line: string): void {
    const refused = this.#options.behaviour.greeting?.startsWith('554') === true;
    if (verb === 'QUIT') {
      this.#send('221 2.0.0 Bye');
      this.#socket.end();
    } else if (refused) this.#send('503 5.5.1 Error: bad sequence of commands');
    else if (verb === 'EHLO') this.#greetBack();
    else if (verb === 'HELO') this.#send(`250 ${this.#options.hostname}`);
    else if (verb === 'STARTTLS') this.#startTls();
    else this.#send(this.#transaction.answer(verb, line));
  }

  #greetBack(): void {
    const { hello, protectedHelloReply } = this.#options.behaviour;
    if (hello === 'hang-up') {
      this.#socket.end();
      return;
    }
    if (this.#isProtected && protectedHelloReply !== undefined) {
      this.#send(protectedHelloReply);
      return;
    }
    this.#transaction.reset();
    this.#sendLines([this.#options.hostname, ...this.#capabilities(), ...(this.#options.tlsOnConnect ? ['AUTH PLAIN LOGIN'] : [])]);
  }

  #capabilities(): string[] {
    const [pipelining = '', size = '', vrfy = '', etrn = '', ...rest] = BEFORE_TLS;
    return this.#offersTls() ? [pipelining, size, vrfy, etrn, 'STARTTLS', ...rest] : [...BEFORE_TLS];
  }

  #offersTls(): boolean {
    const { starttls, starttlsInsideTls = false } = this.#options.behaviour;
    return (!this.#isProtected || starttlsInsideTls) && this.#tls.isThere && starttls !== 'not-offered';
  }

  #startTls(): void {
    if (!this.#offersTls() || this.#isProtected) {
      this.#send('502 5.5.1 Error: command not implemented');
      return;
    }
    const reply = this.#options.behaviour.starttlsReply ?? '220 2.0.0 Ready to start TLS';
    this.#send(reply);
    if (!reply.startsWith('220')) return;
    this.#socket.off('data', this.#read);
    // RFC 3207 §4.2: what was said before TLS is forgotten.
    const kept = this.#options.behaviour.keepsCommands === true ? this.#waiting : '';
    this.#waiting = '';
    this.#tls.begin(this.#socket, (secured) => { new Session(secured, this.#options, this.#tls, kept).listen(); });
  }

  #sendLines(lines: readonly string[]): void {
    this.#send(lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join(this.#lineEnding));
  }

  #send(text: string): void {
    if (this.#socket.writable) this.#socket.write(`${text}${this.#lineEnding}`);
  }

  get #lineEnding(): string {
    return this.#options.behaviour.lineEnding ?? '\r\n';
  }
}
