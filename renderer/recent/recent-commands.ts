/** The last runs as commands, for the palette. */
import { plainText } from '../../core/base/plain-text.ts';
import type { Command } from '../commands/command.ts';
import { openRunText, readerNow, sayOpened } from '../session/run-files.ts';
import { isoMinute, isoSecond } from '../text/time.ts';
import { notify } from '../shell/asked-store.ts';
import { textOf } from './recent-runs.ts';
import type { RecentRun } from './recent-runs.ts';

export const recentCommands = (runs: readonly RecentRun[]): readonly Command[] => runs.map((run): Command => ({
  id: `recent.${run.id}`, title: `Open recent: ${plainText(run.target, 400)}, ${run.status.word}, ${plainText(isoSecond(run.startedAt), 40)}`, group: 'Run', keys: [], run: () => void openRecent(run),
  unavailable: () => (run.opens ? null : 'It was too large to keep'),
}));

export async function openRecent(run: RecentRun): Promise<void> {
  const reader = readerNow();
  const text = run.opens ? await textOf(run) : null;
  const lost = run.opens ? 'it is not kept any more' : 'it was too large to keep';
  const failure = text === null ? lost : await openRunText(`run of ${isoMinute(run.startedAt)}`, text, reader);
  if (failure !== null) notify([`Cannot open the run of ${plainText(run.target, 400)}: ${plainText(failure, 300)}`]);
  else if (reader.isAway) sayOpened(`the run of ${plainText(run.target, 400)}`, reader);
}
