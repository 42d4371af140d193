/** When the tooltip of the window comes and goes. */
import { ShownTip } from './shown-tip.ts';
import type { TipFor } from './shown-tip.ts';

/** ms until it comes, and until it goes when the pointer has left: time to go onto it */
const WAIT = 500;
const LEAVE = 250;

/** Which part comes next. What the keyboard asked for the pointer takes away no more, wherever it goes. */
interface Coming extends TipFor {
  readonly byKeyboard: boolean;
}

export class Tooltip {
  readonly #shown = new ShownTip(() => this.close());
  #coming: Coming | null = null;
  #held = false;
  /** closed or pressed: it says nothing more until the reader was elsewhere */
  #told: HTMLElement | null = null;
  #wait = 0;
  #going = 0;

  over(target: EventTarget | null, at: number): void {
    const element = tipped(target);
    if (this.#shown.has(target) || (element !== null && element === this.#shown.of)) return this.#stay();
    if (element !== this.#told) this.#told = null;
    this.left();
    if (element !== null) this.#want({ element, at, byKeyboard: false });
  }

  left(): void {
    if (this.#coming?.byKeyboard === false) this.#drop();
    if (this.#shown.of === null || this.#held) return;
    window.clearTimeout(this.#going);
    this.#going = window.setTimeout(() => this.#shown.hide(), LEAVE);
  }

  pressed(target: EventTarget | null): void {
    if (this.#shown.has(target)) return;
    this.close();
    this.#told = tipped(target);
  }

  focused(target: EventTarget | null): void {
    const element = tipped(target);
    if (element !== this.#told) this.#told = null;
    if (element !== null && target instanceof HTMLElement && target.matches(':focus-visible')) this.#want({ element, at: target.getBoundingClientRect().left, byKeyboard: true });
  }

  blurred(): void {
    if (this.#held || this.#coming?.byKeyboard === true) this.close();
  }

  scrolled(target: EventTarget | null): void {
    const now = this.#shown.of ?? this.#coming?.element ?? null;
    if (target instanceof Node && target.contains(now)) this.close();
  }

  /** @returns whether there was one to close */
  escaped(): boolean {
    const now = this.#shown.of;
    this.#told = now ?? this.#coming?.element ?? null;
    this.close();
    return now !== null;
  }

  close(): void {
    this.#drop();
    window.clearTimeout(this.#going);
    this.#shown.hide();
  }

  #want(next: Coming): void {
    if (next.element === this.#told || next.element === this.#shown.of || next.element === this.#coming?.element) return;
    this.#drop();
    this.#coming = next;
    this.#wait = window.setTimeout(() => {
      this.close();
      this.#held = next.byKeyboard;
      this.#shown.show(next);
    }, WAIT);
  }

  /** The pointer is where it belongs, and asks for nothing else. */
  #stay(): void {
    window.clearTimeout(this.#going);
    if (this.#coming?.byKeyboard === false) this.#drop();
  }

  #drop(): void {
    window.clearTimeout(this.#wait);
    this.#coming = null;
  }
}

const tipped = (target: EventTarget | null): HTMLElement | null => (target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null);
