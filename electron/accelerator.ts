/** The page's names of keys in the words of Electron's menus. */
const MODIFIERS: { readonly [name: string]: string } = { Ctrl: 'CmdOrCtrl', Shift: 'Shift', Alt: 'Alt' };

const NAMED: { readonly [name: string]: string } = {
  ArrowUp: 'Up', ArrowDown: 'Down', ArrowLeft: 'Left', ArrowRight: 'Right', Escape: 'Esc', Enter: 'Enter', Space: 'Space', Tab: 'Tab',
  Home: 'Home', End: 'End', PageUp: 'PageUp', PageDown: 'PageDown', Delete: 'Delete', Insert: 'Insert', Backspace: 'Backspace', '+': 'Plus',
};

/** @returns null for a key that a menu cannot name, and for a plain character: that would be taken from whoever types */
export function acceleratorOf(key: string): string | null {
  const last = key.endsWith('+') ? '+' : (key.split('+').at(-1) ?? '');
  const modifiers = key.slice(0, key.length - last.length).split('+').filter((part) => part !== '').map((part) => MODIFIERS[part]);
  const name = NAMED[last] ?? (/^(?:F(?:[1-9]|1\d|2[0-4])|[A-Z0-9])$/i.test(last) ? last.toUpperCase() : /^[=\-.,;/[\]\\'`>]$/.test(last) ? last : null);
  if (name === null || modifiers.includes(undefined)) return null;
  return last.length === 1 && modifiers.every((modifier) => modifier === 'Shift') ? null : [...modifiers, name].join('+');
}
