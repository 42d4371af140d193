/** Where a person's lines wait for the channel, one at a time, after they passed the guards. */
import type { Result } from '../base/result.ts';
import { failed, success } from '../base/result.ts';
import type { ConsolePermission, DeskRefusal, LineRefusal } from './permission.ts';
import { consoleCommand, lineOctets, LONGEST_AUTH_LINE, textLine } from './typed-line.ts';

/** How the server reads the next line: as a command, as an answer within AUTH (RFC 4954 §4), as text of a message (RFC 5321 §4.1.1.4). */
export type ConsoleMode = 'command' | 'auth' | 'text';

export interface TypedLine {
  readonly text: string;
  readonly octets: Uint8Array;
}

/** lines of one message: a console is for trying, not for sending */
const LONGEST_MESSAGE = 1000;

export class ConsoleDesk {
  mode: ConsoleMode = 'command';
  readonly #permission: ConsolePermission;
  readonly #closing = new AbortController();
  #take: ((line: TypedLine | null) => void) | null = null;
  #textLines = 0;

  constructor(permission: ConsolePermission) {
    this.#permission = permission;
  }

  /** Aborted when the person closes the console. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** The next line; null when the console is closed, by the person or by the signal. */
  next(signal: AbortSignal): Promise<TypedLine | null> {
    if (signal.aborted || this.closing.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const left = (): void => settle(null);
      const settle = (line: TypedLine | null): void => {
        signal.removeEventListener('abort', left);
        this.#take = null;
        resolve(line);
      };
      signal.addEventListener('abort', left);
      this.#take = settle;
    });
  }

  /** A line is sent at once or refused; none is kept back while the server has the word. */
  type(text: string, confirmed: boolean): Result<void, DeskRefusal> {
    if (this.closing.aborted) return failed({ code: 'closed', text: 'The channel is closed.' });
    if (this.#take === null) return failed({ code: 'busy', text: 'The server has not answered the last line yet.' });
    const octets = this.#octets(text, confirmed);
    if (!octets.ok) return octets;
    this.#textLines = this.mode === 'text' ? this.#textLines + 1 : 0;
    this.#take({ text, octets: octets.value });
    return success(undefined);
  }

  close(): void {
    this.#closing.abort();
    this.#take?.(null);
  }

  #octets(text: string, confirmed: boolean): Result<Uint8Array, LineRefusal> {
    if (this.mode === 'command') return consoleCommand(text, this.#permission, confirmed);
    if (this.mode === 'auth') return lineOctets(text, LONGEST_AUTH_LINE);
    // RFC 5321 §4.1.1.4: a full stop alone ends the message.
    if (text === '.') return lineOctets(text, 3);
    if (this.#textLines >= LONGEST_MESSAGE) return failed({ code: 'too-long', text: `A message of the console has at most ${String(LONGEST_MESSAGE)} lines; end it with a full stop alone.` });
    return textLine(text);
  }
}
