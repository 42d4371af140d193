/** The key of a command beside a button that does the same, as the person has it now. */
import { useCommands } from './commands-context.ts';
import { keysOf, useKeyBindings } from './key-bindings.ts';
import { ariaKey, shownKey } from './key-match.ts';

export interface KeyOfCommand {
  /** `Ctrl+↓` */
  readonly shown: string;
  /** as `aria-keyshortcuts` names it */
  readonly aria: string;
}

/**
 * @param id of the command
 * @param isOthers whether somebody else takes a key before the page does
 * @returns its first key; undefined where it has none
 */
export function useKeyOf(id: string, isOthers: (key: string) => boolean = () => false): KeyOfCommand | undefined {
  const command = useCommands().find((one) => one.id === id);
  // Drawn again when the person changes a key.
  useKeyBindings();
  const key = command === undefined ? undefined : keysOf(command).find((one) => !isOthers(one));
  return key === undefined ? undefined : { shown: shownKey(key), aria: ariaKey(key) };
}

export const KeyHint = ({ of }: { readonly of: KeyOfCommand | undefined }): React.ReactNode => (of === undefined ? null : <kbd aria-hidden="true">{of.shown}</kbd>);

/** `Back (Alt+←)` */
export const withKey = (title: string, key: KeyOfCommand | undefined): string => (key === undefined ? title : `${title} (${key.shown})`);
