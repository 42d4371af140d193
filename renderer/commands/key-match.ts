/** A key press against the name of a key, such as `Ctrl+Shift+C`. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export function matchesKey(press: KeyPress, name: string): boolean {
  const key = name.endsWith('++') ? '+' : name.split('+').at(-1) ?? '';
  const parts = name.split('+');
  const shiftMatters = key.length > 1 || /[a-z0-9]/i.test(key);
  return press.key.toLowerCase() === key.toLowerCase()
    && (press.ctrlKey || press.metaKey) === parts.includes('Ctrl')
    && press.altKey === parts.includes('Alt')
    // `?` is typed with Shift on most keyboards and without on some.
    && (!shiftMatters || press.shiftKey === parts.includes('Shift'));
}

/** As shown to people: `Ctrl+↓`. */
export const shownKey = (name: string): string =>
  name.replace('ArrowDown', '↓').replace('ArrowUp', '↑').replace('ArrowLeft', '←').replace('ArrowRight', '→').replace('Escape', 'Esc');
