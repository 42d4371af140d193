/** The commands of the page as the menu of a window shows them. */
import type { MenuCommand } from '../../core/api/shell.ts';
import { whyNot } from '../commands/command.ts';
import type { Command } from '../commands/command.ts';
import { keysOf } from '../commands/key-bindings.ts';
import { MENU_TITLES } from '../workbench/menu-bar.tsx';

/** in characters; a title that takes in what a domain chose is cut here */
const LONGEST_TITLE = 100;

export const menuCommands = (all: readonly Command[]): readonly MenuCommand[] =>
  all.map((command) => ({
    id: command.id, title: command.title.slice(0, LONGEST_TITLE), group: MENU_TITLES[command.group], key: keysOf(command)[0] ?? null, enabled: whyNot(command) === null,
  }));
