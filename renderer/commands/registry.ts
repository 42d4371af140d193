/** Everything that can be done, once: keys, menus, buttons, the palette and the list of keys all use these. */
import type { Shell } from '../../core/api/shell.ts';
import type { RunController } from '../session/run-controller.ts';
import type { Command } from './command.ts';
import { goCommands } from './go-commands.ts';
import { runCommands } from './run-commands.ts';
import { tabCommands } from './tab-commands.ts';
import { viewCommands } from './view-commands.ts';
import { windowCommands } from './window-commands.ts';

export type { Command } from './command.ts';

export function commands(controller: RunController, shell: Shell): readonly Command[] {
  return [...runCommands(controller, shell), ...tabCommands(controller), ...viewCommands(), ...goCommands(), ...windowCommands()];
}
