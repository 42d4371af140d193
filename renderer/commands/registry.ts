/** Everything that can be done, once: keys, menus, buttons, the palette and the list of keys all use these. */
import type { Shell } from '../../core/api/shell.ts';
import type { RunController } from '../session/run-controller.ts';
import type { Hand } from '../step/hand.ts';
import { stepCommands } from '../step/step-commands.ts';
import type { Command } from './command.ts';
import { goCommands } from './go-commands.ts';
import { runCommands } from './run-commands.ts';
import { tabCommands } from './tab-commands.ts';
import { viewCommands } from './view-commands.ts';
import { windowCommands } from './window-commands.ts';

export type { Command } from './command.ts';

/** Whom the commands move. */
interface Moved {
  readonly controller: RunController;
  readonly hand: Hand;
  readonly shell: Shell;
}

export function commands({ controller, hand, shell }: Moved): readonly Command[] {
  return [...runCommands(controller, shell), ...stepCommands(hand), ...tabCommands(controller), ...viewCommands(), ...goCommands(), ...windowCommands()];
}
