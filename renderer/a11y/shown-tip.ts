/** The one tooltip of the window: what it says, where it stands, and whether what it tells of is still there. */
import { wholeReferences } from '../../core/base/whole-references.ts';
import { tipPlace } from './tip-place.ts';

/** What it tells of, and where the reader is. */
export interface TipFor {
  readonly element: HTMLElement;
  /** px from the left of the window */
  readonly at: number;
}

/** ms */
const LOOK = 200;

export class ShownTip {
  readonly #box = tooltipBox();
  readonly #gone: () => void;
  #of: HTMLElement | null = null;
  #looking = 0;

  /** @param gone when what it told of went away, moved or says another thing, which no event tells */
  constructor(gone: () => void) {
    this.#gone = gone;
  }

  /** null where nothing is shown */
  get of(): HTMLElement | null {
    return this.#of;
  }

  has(node: EventTarget | null): boolean {
    return node instanceof Node && this.#box.contains(node);
  }

  show({ element, at }: TipFor): void {
    const text = element.isConnected ? says(element) : null;
    if (text === null) return;
    this.#box.textContent = text;
    hostOf(element).append(this.#box);
    if (!placed(this.#box, element, at)) return this.hide();
    this.#of = element;
    const { left, top } = element.getBoundingClientRect();
    this.#looking = window.setInterval(() => {
      const now = element.getBoundingClientRect();
      if (!element.isConnected || now.left !== left || now.top !== top || says(element) !== text) this.#gone();
    }, LOOK);
  }

  hide(): void {
    window.clearInterval(this.#looking);
    this.#of = null;
    this.#box.remove();
  }
}

function tooltipBox(): HTMLElement {
  const box = document.createElement('div');
  box.className = 'tooltip';
  box.role = 'tooltip';
  box.popover = 'manual';
  return box;
}

/** Words that stand there whole are not said twice. */
function says(element: HTMLElement): string | null {
  const text = wholeReferences(element.dataset['tip'] ?? '');
  return text === '' || (text === wholeReferences(element.textContent.trim()) && !isCut(element)) ? null : text;
}

const isCut = (element: HTMLElement): boolean => [element, ...element.querySelectorAll('*')].some((one) => one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX !== 'visible');

/** In the landmark or dialog of what it tells of: what lies outside of a modal dialog takes no pointer. */
const hostOf = (element: HTMLElement): Element => element.closest('dialog, main, header, footer') ?? document.body;

/** @returns false where there is no room for it */
function placed(box: HTMLElement, element: HTMLElement, at: number): boolean {
  box.style.translate = '0 0';
  box.showPopover();
  const aside = getComputedStyle(element).getPropertyValue('--tip-aside').trim() === '1';
  const { width, height } = box.getBoundingClientRect();
  const found = tipPlace(element.getBoundingClientRect(), { width, height }, { width: document.documentElement.clientWidth, height: document.documentElement.clientHeight }, { at, aside });
  if (found !== null) box.style.translate = `${String(Math.round(found.left))}px ${String(Math.round(found.top))}px`;
  return found !== null;
}
