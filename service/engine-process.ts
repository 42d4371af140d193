/** The engine's process as a shell sees it: started when first needed, and again after it ended. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { ENGINE_SETTINGS } from './engine-messages.ts';
import type { EngineSettings, FromEngine, ToEngine } from './engine-messages.ts';

/** One client's line to the engine. */
export interface EngineLine {
  send(text: string): void;
  /** ends the session in the engine; `ended` is not called */
  close(): void;
}

export interface EngineLineHandlers {
  readonly message: (text: string) => void;
  /** the engine's process ended, or could not start: why, in words */
  readonly ended: (why: string) => void;
}

/** A process that can be talked to: a child of Node's, or Electron's utility process. */
export interface EngineChannel {
  send(message: ToEngine): void;
  kill(): void;
}

export interface EngineChannelHandlers {
  readonly message: (message: FromEngine) => void;
  readonly exit: (why: string) => void;
}

export type StartEngine = (handlers: EngineChannelHandlers) => EngineChannel;

export class EngineProcess {
  readonly #start: StartEngine;
  readonly #lines = new Map<number, EngineLineHandlers>();
  #channel: EngineChannel | null = null;
  #why: string | null = null;
  #next = 1;
  #over = false;

  constructor(start: StartEngine) {
    this.#start = start;
  }

  openLine(handlers: EngineLineHandlers): EngineLine {
    const session = this.#next;
    this.#next += 1;
    // What a page sent last may come when the shell goes already: a process that was started for it would be nobody's.
    if (this.#over) return this.#closedLine(handlers);
    this.#lines.set(session, handlers);
    this.#channel ??= this.#started();
    this.#channel.send({ type: 'open', session });
    return {
      send: (text) => {
        if (this.#lines.has(session)) this.#channel?.send({ type: 'message', session, text });
      },
      close: () => {
        if (this.#lines.delete(session)) this.#channel?.send({ type: 'close', session });
      },
    };
  }

  /** Ends the process, for good: a line that is opened after has ended already. */
  end(): void {
    this.#over = true;
    this.#lines.clear();
    this.#channel?.kill();
    this.#channel = null;
  }

  #closedLine({ ended }: EngineLineHandlers): EngineLine {
    queueMicrotask(() => ended('the engine was ended with its shell'));
    return { send: () => {}, close: () => {} };
  }

  #started(): EngineChannel {
    this.#why = null;
    const channel: EngineChannel = this.#start({
      message: (message) => this.#received(message),
      exit: (why) => {
        if (this.#channel === channel) this.#lost(why);
      },
    });
    return channel;
  }

  #received(message: FromEngine): void {
    if (message.type === 'message') this.#lines.get(message.session)?.message(message.text);
    if (message.type === 'failed') this.#why = message.text;
  }

  /** Every line ends; the next one that is opened starts the engine anew. */
  #lost(why: string): void {
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    this.#channel = null;
    for (const line of lines) line.ended(this.#why ?? why);
  }
}

/**
 * Starts the engine on a Node of its own.
 * @param node the Node program to run it with
 * @param entry the built `service/engine-main.js`
 */
export function startOnNode(node: string, entry: string, settings: EngineSettings): StartEngine {
  return ({ message, exit }) => {
    const child = fork(entry, [], { execPath: node, execArgv: [], env: engineEnvironment(settings), stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (received) => message(received as FromEngine));
    child.once('error', (error) => exit(`the engine could not start: ${error.message}`));
    child.once('exit', (code, signal) => exit(signal === null ? `the engine ended with exit code ${String(code)}` : `the engine was ended by ${signal}`));
    return { send: (sent) => sendTo(child, sent), kill: () => endGently(child) };
  };
}

/** By these Node and OpenSSL load other code, or believe other certificates: a verdict depends on none of it. */
const FOREIGN = /^(?:NODE|OPENSSL|ELECTRON)_/i;

export const engineEnvironment = (settings: EngineSettings): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  [ENGINE_SETTINGS]: JSON.stringify(settings),
});

function sendTo(child: ChildProcess, message: ToEngine): void {
  // A child that is gone is told by its exit; the message has nobody to go to.
  if (child.connected) child.send(message, () => {});
}

/** Runs say QUIT to their servers before the process goes. */
function endGently(child: ChildProcess): void {
  sendTo(child, { type: 'end' });
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  child.once('exit', () => clearTimeout(timer));
}
