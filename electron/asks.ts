/** What comes from outside of the page, in order, kept until a page listens: a link may start the program. */
import type { ShellAsk } from '../core/api/shell.ts';

/** A person opens one thing after another; more than this is something else. */
const MOST_WAITING = 20;

export class Asks {
  readonly #waiting: ShellAsk[] = [];
  /** of the page that listens; a reload brings another */
  #listener: symbol | null = null;
  #wake = (): void => {};

  tell(ask: ShellAsk): void {
    if (this.#waiting.length >= MOST_WAITING) return;
    this.#waiting.push(ask);
    this.#wake();
  }

  /** Ends when `left` is aborted, or when another page listens. */
  async *listen(left: AbortSignal | undefined): AsyncGenerator<ShellAsk, void> {
    const mine = Symbol('listener');
    this.#listener = mine;
    this.#wake();
    left?.addEventListener('abort', () => this.#wake());
    const listens = (): boolean => this.#listener === mine && left?.aborted !== true;
    while (listens()) {
      const ask = this.#waiting.shift();
      if (ask !== undefined) yield ask;
      else await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
