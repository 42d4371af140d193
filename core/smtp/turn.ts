/** Whose word it is, known at every moment: a server that waits for a command is told that we leave, whenever we do (RFC 5321 §4.1.1.10). */
import type { ReceivedLine } from './reply.ts';
import { verbOf } from './typed-line.ts';

/** ms that whoever leaves waits for the reply that is due, and for that to QUIT: the program may be ending */
export const LEAVING = 1500;

/** `nobody`: no command may come now. TLS begins, a message or an exchange of AUTH goes on, or the server closes. */
type Turn = 'server' | 'client' | 'nobody';

export class DialogueTurn {
  #turn: Turn = 'nobody';
  #command = '';

  get isServers(): boolean {
    return this.#turn === 'server';
  }

  get isClients(): boolean {
    return this.#turn === 'client';
  }

  /** RFC 5321 §4.3.1: the server greets first. */
  begin(): void {
    this.#turn = 'server';
  }

  /** RFC 3207 §4.2: after the handshake the client speaks first. */
  protected(): void {
    this.#turn = 'client';
  }

  /** @param line without its CRLF; text of a message is no command */
  said(line: string): void {
    if (this.#turn !== 'client') return;
    this.#turn = 'server';
    this.#command = verbOf(line);
  }

  /** A line of the reply that is due. */
  heard({ reply }: ReceivedLine): void {
    if (reply?.last === true) this.#turn = isCommandNext(this.#command, reply.code) ? 'client' : 'nobody';
  }
}

function isCommandNext(command: string, code: number): boolean {
  // RFC 3207 §4: after its 220 to STARTTLS the server waits for TLS.
  if (command === 'STARTTLS' && code === 220) return false;
  // RFC 5321 §4.2.1, RFC 4954 §4: 3yz asks for text; RFC 5321 §4.2.3: after 221 and 421 the server closes.
  return Math.floor(code / 100) !== 3 && code !== 221 && code !== 421;
}
