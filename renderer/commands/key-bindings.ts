/** Which keys each command has: those the person chose, else its own. They survive a restart; what was stored is checked. */
import { create } from 'zustand';
import type { Command } from './command.ts';
import { isCharacter } from './key-match.ts';

const KEY = 'danescope.keys';
/** more than anybody binds; a stored text that has more was not written by us */
const MOST = 500;
const KEY_NAME = /^(?:Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(?:[\u0021-\u007E\u00A1-\u024F]|F(?:[1-9]|1\d|2[0-4])|Arrow(?:Up|Down|Left|Right)|Page(?:Up|Down)|Home|End|Insert|Delete|Backspace|Enter|Escape|Space|Tab)$/u;

interface KeyBindings {
  /** by id of the command; an empty list takes its keys away */
  readonly chosen: { readonly [id: string]: readonly string[] };
  /** single characters do something (WCAG 2.1.4 lets a person turn them off) */
  readonly characters: boolean;
}

export const useKeyBindings = create<KeyBindings>()(() => readBindings(typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY)));

export function keysOf(command: Command): readonly string[] {
  const keys = boundKeys(command);
  return useKeyBindings.getState().characters ? keys : keys.filter((key) => !isCharacter(key));
}

/** also the single characters while they are off */
function boundKeys({ id, keys }: Command): readonly string[] {
  const { chosen } = useKeyBindings.getState();
  return (Object.hasOwn(chosen, id) ? chosen[id] : undefined) ?? keys;
}

export const isChanged = (command: Command): boolean => Object.hasOwn(useKeyBindings.getState().chosen, command.id);

/** Gives a command these keys, and takes them from whoever had them. */
export function bindKeys(all: readonly Command[], command: Command, keys: readonly string[]): void {
  const losers = all.filter((one) => one.id !== command.id && boundKeys(one).some((key) => keys.includes(key)));
  const lost = losers.map((one) => [one.id, boundKeys(one).filter((key) => !keys.includes(key))] as const);
  keep({ ...useKeyBindings.getState(), chosen: { ...useKeyBindings.getState().chosen, ...Object.fromEntries(lost), [command.id]: keys } });
}

/** The command that has a key already. */
export const holderOf = (all: readonly Command[], key: string): Command | null => all.find((one) => keysOf(one).includes(key)) ?? null;

/** Its own keys come back from whoever has them now: no key may do two things. */
export function resetKeys(all: readonly Command[], command: Command): void {
  bindKeys(all, command, command.keys);
  const { [command.id]: _, ...chosen } = useKeyBindings.getState().chosen;
  keep({ ...useKeyBindings.getState(), chosen });
}

export const resetAllKeys = (): void => keep({ ...useKeyBindings.getState(), chosen: {} });

export const allowCharacters = (characters: boolean): void => keep({ ...useKeyBindings.getState(), characters });

function keep(bindings: KeyBindings): void {
  localStorage.setItem(KEY, JSON.stringify({ version: 1, ...bindings }));
  useKeyBindings.setState(bindings);
}

export function readBindings(text: string | null): KeyBindings {
  const stored = parsed(text);
  const chosen = Object.entries(parsedPart(stored['chosen'])).slice(0, MOST).flatMap(([id, keys]) =>
    (/^[a-z][a-z0-9.-]{0,60}$/.test(id) && Array.isArray(keys) ? [[id, keys.filter(isKeyName).slice(0, 8)] as const] : []));
  return { chosen: Object.fromEntries(chosen), characters: stored['characters'] !== false };
}

function isKeyName(key: unknown): key is string {
  return typeof key === 'string' && key.length <= 40 && KEY_NAME.test(key);
}

function parsed(text: string | null): { readonly [name: string]: unknown } {
  try {
    const value = parsedPart(JSON.parse(text ?? ''));
    return value['version'] === 1 ? value : {};
  } catch {
    return {};
  }
}

function parsedPart(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
