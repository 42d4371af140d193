/** The last runs as commands, for the palette. */
import { plainText } from '../../core/base/plain-text.ts';
import type { Command } from '../commands/command.ts';
import { openRunText } from '../session/run-files.ts';
import { isoMinute } from '../text/time.ts';
import { say } from '../workbench/ui-store.ts';
import type { RecentRun } from './recent-runs.ts';

export const recentCommands = (runs: readonly RecentRun[]): readonly Command[] => runs.map((run): Command => ({
  id: `recent.${run.id}`, title: `Open recent: ${plainText(run.target, 100)}, ${run.status.word}, ${plainText(isoMinute(run.startedAt), 40)}`, group: 'Run', keys: [], run: () => openRecent(run),
  unavailable: () => (run.text === null ? 'It was too large to keep' : null),
}));

export function openRecent(run: RecentRun): void {
  const failure = run.text === null ? 'it was too large to keep' : openRunText(`run of ${isoMinute(run.startedAt)}`, run.text);
  if (failure !== null) say(`Cannot open the run of ${plainText(run.target, 100)}: ${plainText(failure, 300)}`);
}
