/** Step mode and the channel of the console, as keys, menus and the palette have them. */
import type { Command } from '../commands/command.ts';
import { useSession } from '../session/session-store.ts';
import type { Hand } from './hand.ts';
import { nothingWaits, sendNext, skipNext, told, toggleStep } from './step-actions.ts';
import { useStep } from './step-store.ts';
import { openConsoleOf } from '../views/console/model.ts';

export function stepCommands(hand: Hand): readonly Command[] {
  const noChannel = (): string | null => (openConsoleOf(useSession.getState().whole) === null ? 'No channel is open' : null);
  return [
    { id: 'step.toggle', title: 'Pause before each command', group: 'Run', keys: ['F9'], run: () => toggleStep(hand), checked: () => useStep.getState().on },
    { id: 'step.send', title: 'Step: send the next command', group: 'Run', keys: ['Ctrl+Enter'], run: () => sendNext(hand), unavailable: nothingWaits },
    { id: 'step.skip', title: 'Step: leave the next command out', group: 'Run', keys: [], run: () => skipNext(hand), unavailable: nothingWaits },
    { id: 'console.close', title: 'Close the channel of the console', group: 'Run', keys: [], run: () => void told(hand, { type: 'close' }), unavailable: noChannel },
  ];
}
