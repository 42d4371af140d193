/** Something that can be done: keys, menus, the palette and buttons all use the same one. */
export interface Command {
  /** such as `run.save`; it stays the same between versions, as changed keys are kept by it */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** such as `Ctrl+Shift+C`; Ctrl is Cmd on macOS. What the person chose goes before: `keysOf` */
  readonly keys: readonly string[];
  readonly run: () => void;
  /** why it cannot be done now, in words; null where it can */
  readonly unavailable?: () => string | null;
  /** whether what it switches is on */
  readonly checked?: () => boolean;
}

export type CommandGroup = 'Run' | 'Views' | 'Go' | 'Copy' | 'Window';

/** In the order of the menus. */
export const COMMAND_GROUPS: readonly CommandGroup[] = ['Run', 'Views', 'Go', 'Copy', 'Window'];

export const whyNot = (command: Command): string | null => command.unavailable?.() ?? null;

/** Says why not where it cannot be. */
export function perform(command: Command, say: (words: string) => void): void {
  const why = whyNot(command);
  if (why === null) command.run();
  else say(why);
}
