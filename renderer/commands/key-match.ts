/** A key press against the name of a key, such as `Ctrl+Shift+C`. */
export interface KeyPress {
  readonly key: string;
  /** such as `KeyT`: where the key was, whatever letter it gave */
  readonly code?: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

export function matchesKey(press: KeyPress, name: string): boolean {
  const key = lastPart(name);
  const parts = name.split('+');
  // What Shift makes of the full stop differs between keyboards: > here, : there. Where it stands is the same.
  if (press.code === 'Period' && press.shiftKey && key === '.') return parts.includes('Shift') && (press.ctrlKey || press.metaKey) === parts.includes('Ctrl') && press.altKey === parts.includes('Alt');
  return letterOf(press).toLowerCase() === key.toLowerCase()
    && (press.ctrlKey || press.metaKey) === parts.includes('Ctrl')
    && press.altKey === parts.includes('Alt')
    && (!shiftMatters(key) || press.shiftKey === parts.includes('Shift'));
}

/** The name of a key press; null where it is none by itself, as of Shift alone. */
export function keyName(press: KeyPress): string | null {
  const letter = letterOf(press);
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Unidentified', 'Process', 'CapsLock'].includes(letter)) return null;
  const key = letter.length === 1 ? letter.toUpperCase() : letter;
  const held = [press.ctrlKey || press.metaKey ? 'Ctrl' : null, press.altKey ? 'Alt' : null, press.shiftKey && shiftMatters(key) ? 'Shift' : null];
  return [...held, isSingle(press) ? letter : key].filter((one) => one !== null).join('+');
}

const isSingle = (press: KeyPress): boolean => press.key.length === 1 && press.key !== ' ' && !press.ctrlKey && !press.metaKey && !press.altKey && !press.shiftKey;

/** `?` is typed with Shift on most keyboards and without on some. */
const shiftMatters = (key: string): boolean => key.length > 1 || /[a-z0-9]/i.test(key);

/** By name; where a key gives no letter of ours, by its place: S gives ы on a Russian keyboard, T gives † with Option on macOS. */
function letterOf(press: KeyPress): string {
  const { key, code = '' } = press;
  if (key === ' ') return 'Space';
  if (key.length === 1 && key > '~' && (press.altKey || press.ctrlKey || press.metaKey) && /^Key[A-Z]$/.test(code)) return code.slice(3);
  return isUnshiftedDigit(press) ? code.slice(5) : key;
}

/** French keyboards give & where others give 1. The signs that keys are named after stay what they are; AltGr, told as Ctrl and Alt, types. */
const isUnshiftedDigit = ({ key, code = '', ...held }: KeyPress): boolean =>
  /^Digit\d$/.test(code) && key.length === 1 && !'-=+,.`/'.includes(key) && (held.ctrlKey || held.metaKey) && !held.altKey && !held.shiftKey;

const lastPart = (name: string): string => (name.endsWith('++') ? '+' : name === '+' ? '+' : name.split('+').at(-1) ?? '');

/** A character by itself, without Ctrl or Alt (WCAG 2.1.4). */
export const isCharacter = (name: string): boolean => name.replace(/^Shift\+/, '').length === 1;

/** As `aria-keyshortcuts` names it. */
export const ariaKey = (name: string): string => name.replace('Ctrl+', 'Control+');

/** As shown to people: `Ctrl+↓`. */
export const shownKey = (name: string): string =>
  name.replace('ArrowDown', '↓').replace('ArrowUp', '↑').replace('ArrowLeft', '←').replace('ArrowRight', '→').replace('Escape', 'Esc').replace('PageDown', 'PgDn').replace('PageUp', 'PgUp');
