/** Serves what another server answered, changed on the way: over UDP for other programs, and as a port for our resolver. */
import { type Socket, createSocket } from 'node:dgram';
import { type Server, type Socket as Stream, createServer } from 'node:net';
import type { Network } from '../../core/base/ports.ts';
import { failed, success } from '../../core/base/result.ts';
import { type Name, nameKey } from '../../core/dns/name.ts';
import { encodeQuery } from '../../core/dns/query.ts';
import { parseMessage } from '../../core/dns/message.ts';
import { type Response, readResponse, writeResponse } from './response.ts';

export type Change = (response: Response) => Response;

/** Asks the genuine server once for each question. */
export class GenuineAnswers {
  readonly #port: number;
  readonly #known = new Map<string, Promise<Response>>();

  constructor(port: number) {
    this.#port = port;
  }

  ask(name: Name, type: number): Promise<Response> {
    const key = `${type} ${nameKey(name)}`;
    const known = this.#known.get(key) ?? exchange(this.#port, name, type);
    this.#known.set(key, known);
    return known;
  }
}

async function exchange(port: number, name: Name, type: number): Promise<Response> {
  const query = encodeQuery({ name, type, class: 1 }, { id: 7, recursive: false, edns: true });
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answer = await once(port, query);
    if (answer !== null) return readResponse(answer);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`nothing answers on port ${port}`);
}

function once(port: number, query: Uint8Array): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const timer = setTimeout(() => { finish(null); }, 500);
    const finish = (answer: Uint8Array | null): void => {
      clearTimeout(timer);
      socket.close();
      resolve(answer);
    };
    socket.once('message', (answer) => { finish(new Uint8Array(answer)); });
    socket.once('error', () => { finish(null); });
    socket.send(query, port, '127.0.0.1');
  });
}

/** One port on which one change at a time is in force. */
export class ReplayServer {
  readonly #genuine: GenuineAnswers;
  #socket: Socket | null = null;
  #server: Server | null = null;
  #change: Change = (response) => response;

  constructor(genuine: GenuineAnswers) {
    this.#genuine = genuine;
  }

  async start(): Promise<number> {
    const socket = createSocket('udp4');
    this.#socket = socket;
    socket.on('message', (query, from) => {
      void this.#reply(new Uint8Array(query)).then((answer) => socket.send(answer, from.port, from.address));
    });
    await new Promise<void>((resolve) => { socket.bind(0, '127.0.0.1', () => { resolve(); }); });
    const { port } = socket.address();
    // BIND asks again over TCP where a DNAME came over UDP without a cookie.
    const server = createServer((stream) => { this.#serve(stream); });
    this.#server = server;
    await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', () => { resolve(); }); });
    return port;
  }

  stop(): void {
    this.#socket?.close();
    this.#server?.close();
  }

  #serve(stream: Stream): void {
    let received = Buffer.alloc(0);
    stream.on('error', () => { stream.destroy(); });
    stream.on('data', (octets: Buffer) => {
      received = Buffer.concat([received, octets]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const query = new Uint8Array(received.subarray(2, 2 + received.readUInt16BE(0)));
        received = received.subarray(2 + query.length);
        void this.#reply(query).then((answer) => stream.write(Buffer.concat([Buffer.of(answer.length >> 8, answer.length & 0xff), answer])));
      }
    });
  }

  setChange(change: Change): void {
    this.#change = change;
  }

  /** The same answers without sockets. */
  get network(): Network {
    return {
      exchangeUdp: async (_address, _port, query) => success(await this.#reply(query)),
      connectTcp: async () => failed({ code: 'refused', text: 'only UDP here' }),
    };
  }

  async #reply(query: Uint8Array): Promise<Uint8Array> {
    const parsed = parseMessage(query);
    const question = parsed.ok ? parsed.value.questions[0] : undefined;
    if (question === undefined) throw new Error('a query that cannot be read');
    return writeResponse(this.#change(await this.#genuine.ask(question.name, question.type)), query);
  }
}
