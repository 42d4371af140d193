/** Runs: begun, stopped, saved, opened, replayed. */
import type { Shell } from '../../core/api/shell.ts';
import type { RunController } from '../session/run-controller.ts';
import { chooseRunFile, saveRun } from '../session/run-files.ts';
import { useSession } from '../session/session-store.ts';
import type { Command } from './command.ts';
import { stepReplay, toggleReplay } from './replay.ts';

const noRun = (what: string) => (): string | null => (useSession.getState().events.length === 0 ? `No run to ${what}` : null);

export function runCommands(controller: RunController, shell: Shell): readonly Command[] {
  return [
    { id: 'target.focus', title: 'Go to the target field', group: 'Run', keys: ['Ctrl+L'], run: focusTarget },
    { id: 'run.again', title: 'Run again', group: 'Run', keys: ['F5', 'Ctrl+R'], run: () => void controller.runAgain() },
    { id: 'run.stop', title: 'Stop', group: 'Run', keys: ['Escape'], run: () => controller.stop(), unavailable: () => (useSession.getState().busy ? null : 'No run is under way') },
    { id: 'run.save', title: 'Save the run', group: 'Run', keys: ['Ctrl+S'], run: () => void saveRun(shell), unavailable: noRun('save') },
    { id: 'run.open', title: 'Open a run file', group: 'Run', keys: ['Ctrl+O'], run: () => void chooseRunFile(shell) },
    { id: 'replay.toggle', title: 'Replay the run, or back to now', group: 'Run', keys: ['Ctrl+Shift+R'], run: toggleReplay, unavailable: noRun('replay') },
    { id: 'replay.back', title: 'Replay: one event back', group: 'Run', keys: [], run: () => stepReplay(-1), unavailable: noRun('replay') },
    { id: 'replay.on', title: 'Replay: one event on', group: 'Run', keys: [], run: () => stepReplay(1), unavailable: noRun('replay') },
  ];
}

export function focusTarget(): void {
  const field = document.querySelector<HTMLInputElement>('#target');
  field?.focus();
  field?.select();
}
