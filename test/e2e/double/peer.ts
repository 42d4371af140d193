/** Questions and answers between two processes, over the channel that `fork` gives them. */
interface Channel {
  send(message: object): unknown;
  on(type: 'message', listener: (message: unknown) => void): unknown;
}

interface Message {
  readonly call?: number;
  readonly type?: string;
  readonly payload?: unknown;
  readonly reply?: number;
  readonly value?: unknown;
  readonly error?: string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- each handler knows what its question carries; both ends are ours
export type Handlers = { readonly [type: string]: (payload: any) => unknown };

export class Peer {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  #next = 1;

  constructor(channel: Channel, handlers: Handlers) {
    this.#channel = channel;
    channel.on('message', (message) => void this.#received(message as Message, handlers));
  }

  ask<Value>(type: string, payload: object = {}): Promise<Value> {
    const call = this.#next;
    this.#next += 1;
    this.#channel.send({ call, type, payload });
    return new Promise<unknown>((resolve, reject) => this.#waiting.set(call, { resolve, reject })) as Promise<Value>;
  }

  /** Without an answer to wait for. */
  tell(type: string, payload: object = {}): void {
    this.#channel.send({ type, payload });
  }

  async #received({ call, type, payload, reply, value, error }: Message, handlers: Handlers): Promise<void> {
    if (reply !== undefined) {
      const waiting = this.#waiting.get(reply);
      this.#waiting.delete(reply);
      return error === undefined ? waiting?.resolve(value) : waiting?.reject(new Error(error));
    }
    const handler = handlers[type ?? ''];
    if (handler === undefined) throw new Error(`nobody answers ${String(type)}`);
    if (call === undefined) return void handler(payload);
    try {
      this.#channel.send({ reply: call, value: await handler(payload) });
    } catch (thrown) {
      this.#channel.send({ reply: call, error: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
}
