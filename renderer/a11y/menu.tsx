/** A menu after the ARIA pattern: arrows, Home, End, first letters, Enter; Esc and Tab leave it and give the focus back. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { tip } from './tip.ts';

export interface MenuItem {
  readonly id: string;
  readonly title: string;
  /** the key beside it, and as ARIA names it */
  readonly key?: { readonly shown: string; readonly aria: string };
  /** why it cannot be chosen now */
  readonly why?: string | null;
  /** of one that switches something */
  readonly checked?: boolean;
  /** a line stands above it */
  readonly apart?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** px in the window, of the corner it opens from */
  readonly at: { readonly x: number; readonly y: number };
  /** @param chosen whether an item was; then the item decides where the focus goes */
  readonly close: (chosen: boolean) => void;
  /** to the menu beside it, in a menu bar */
  readonly aside?: (step: 1 | -1) => void;
}

export function Menu({ label, items, at, close, aside }: MenuProps): React.ReactNode {
  const ref = useRef<HTMLDivElement>(null);
  const typed = useRef<Typed>({ text: '', at: 0 });
  useInside(ref, at);
  useClosedOutside(ref, close);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') close(false);
    else if (aside !== undefined && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) aside(event.key === 'ArrowRight' ? 1 : -1);
    else if (event.key === 'Enter' || (event.key === ' ' && !isTyping(typed.current, event.timeStamp))) choose(items[entries(event.currentTarget).indexOf(document.activeElement as HTMLElement)]);
    else if (!walk(event.currentTarget, event.key) && !typeAhead(event, typed.current)) return;
    event.preventDefault();
  };
  const choose = (item: MenuItem | undefined): void => {
    if (item === undefined || item.why != null) return;
    close(true);
    // After the focus has gone back to where it was.
    requestAnimationFrame(item.run);
  };
  return (
    <div ref={ref} role="menu" aria-label={label} className="menu" tabIndex={-1} onKeyDown={onKeyDown}>
      {items.map((item) => <MenuLine key={item.id} item={item} choose={() => choose(item)} />)}
    </div>
  );
}

/* oxlint-disable jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */
function MenuLine({ item, choose }: { readonly item: MenuItem; readonly choose: () => void }): React.ReactNode {
  const { id, title, key, why, checked, apart } = item;
  return (
    <div
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'} aria-checked={checked} aria-disabled={why != null} aria-keyshortcuts={key?.aria} data-command={id} tabIndex={-1} {...tip(why ?? undefined)}
      className={apart === true ? 'menu-item apart' : 'menu-item'} onClick={choose} onMouseMove={(event) => event.currentTarget.focus({ preventScroll: true })}
    >
      <span className="menu-check" aria-hidden="true">{checked === true ? '✓' : ''}</span>
      <span className="menu-title">{title}</span>
      {key === undefined ? null : <kbd aria-hidden="true">{key.shown}</kbd>}
    </div>
  );
}

const entries = (menu: HTMLElement): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('.menu-item')];

/** @returns whether the key means something here */
function walk(menu: HTMLElement, key: string): boolean {
  const all = entries(menu);
  const index = all.indexOf(document.activeElement as HTMLElement);
  const next = nextEntry(all.length, index, key);
  if (next === null) return false;
  all[next]?.focus();
  return true;
}

/** Ends wrap around, as menus do. */
export function nextEntry(count: number, index: number, key: string): number | null {
  if (key === 'ArrowDown') return (index + 1) % count;
  if (key === 'ArrowUp') return (index - 1 + count) % count;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}

/** Letters typed one after the other. */
interface Typed {
  text: string;
  /** ms, of the last */
  at: number;
}

/** ms between letters of one word */
const ONE_WORD = 900;

const isTyping = ({ text, at }: Typed, now: number): boolean => text !== '' && now - at < ONE_WORD;

/** @returns whether the key was a letter */
function typeAhead(event: KeyboardEvent<HTMLDivElement>, typed: Typed): boolean {
  if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return false;
  typed.text = isTyping(typed, event.timeStamp) ? typed.text + event.key : event.key;
  typed.at = event.timeStamp;
  const all = entries(event.currentTarget);
  const next = entryNamed(all.map((one) => one.querySelector('.menu-title')?.textContent ?? ''), all.indexOf(document.activeElement as HTMLElement), typed.text);
  if (next !== null) all[next]?.focus();
  return true;
}

/** One letter goes on to the next that begins so; more letters stay where they fit. */
export function entryNamed(titles: readonly string[], index: number, text: string): number | null {
  const first = text.length === 1 ? index + 1 : Math.max(index, 0);
  const order = titles.map((_, step) => (first + step) % titles.length);
  return order.find((at) => titles[at]?.toLowerCase().startsWith(text.toLowerCase())) ?? null;
}

/** Within the window, with the focus on its first item. */
function useInside(ref: React.RefObject<HTMLDivElement | null>, { x, y }: MenuProps['at']): void {
  useLayoutEffect(() => {
    const menu = ref.current;
    if (menu === null) return;
    menu.style.left = `${String(Math.max(4, Math.min(x, window.innerWidth - menu.offsetWidth - 4)))}px`;
    menu.style.top = `${String(Math.max(4, Math.min(y, window.innerHeight - menu.offsetHeight - 4)))}px`;
    entries(menu)[0]?.focus();
  }, [ref, x, y]);
}

function useClosedOutside(ref: React.RefObject<HTMLDivElement | null>, close: (chosen: boolean) => void): void {
  useEffect(() => {
    const look = (event: Event): void => {
      if (event.target instanceof Element && ref.current?.contains(event.target) === false && event.target.closest('[data-menu-bar]') === null) close(false);
    };
    const left = (): void => close(false);
    window.addEventListener('pointerdown', look, true);
    window.addEventListener('blur', left);
    return () => {
      window.removeEventListener('pointerdown', look, true);
      window.removeEventListener('blur', left);
    };
  }, [ref, close]);
}
