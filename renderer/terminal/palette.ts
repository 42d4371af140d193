/** The window's own colours and text as the terminal's, read from the style sheet, whatever theme it is in. */
import type { ITheme, Terminal } from '@xterm/xterm';
import { GROUNDS, TONES } from './ansi.ts';

/** of the window's text */
const TEXT_SIZE = 0.78125;
const NOTHING = '#00000000';

/** Takes the colours and the size of text that the page has now. */
export function dress(terminal: Terminal): void {
  const style = getComputedStyle(document.documentElement);
  terminal.options.theme = paletteOf((token) => style.getPropertyValue(token).trim());
  terminal.options.fontFamily = getComputedStyle(document.body).getPropertyValue('--monospace').trim();
  terminal.options.fontSize = Number.parseFloat(style.fontSize) * TEXT_SIZE;
}

function paletteOf(token: (name: string) => string): ITheme {
  const extended: string[] = [];
  const set = (index: number, name: string): void => void (extended[index - 16] = token(name));
  set(TONES.text, '--text');
  set(TONES.quiet, '--text-quiet');
  set(TONES.accent, '--accent');
  set(TONES.secure, '--secure');
  set(TONES.bogus, '--bogus');
  set(TONES.warning, '--warning-text');
  set(GROUNDS.secure, '--tint-secure');
  const [ground, text, line] = [token('--ground'), token('--text'), token('--line-strong')];
  return {
    background: ground, foreground: text, cursor: NOTHING, cursorAccent: NOTHING,
    selectionBackground: token('--ground-selected'), selectionInactiveBackground: token('--ground-selected'), selectionForeground: text,
    scrollbarSliderBackground: token('--line'), scrollbarSliderHoverBackground: line, scrollbarSliderActiveBackground: line, extendedAnsi: extended,
  };
}

/** @returns ends the watch */
export function watchDress(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  const queries = ['(prefers-contrast: more)', '(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
