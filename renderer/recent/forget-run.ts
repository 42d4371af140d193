/** Everything that the window keeps of the run on the screen goes: its tab, its place among the recent and the closed ones, what is kept over a reload. */
import type { RunController } from '../session/run-controller.ts';
import { activeTab, useTabs } from '../tabs/tab-store.ts';
import { tabTitle } from '../tabs/tab-title.ts';
import { say } from '../workbench/ui-store.ts';
import { forget, recentId, useRecentRuns } from './recent-runs.ts';

export async function forgetRun(controller: RunController): Promise<void> {
  const tab = activeTab();
  const { whole, file, target } = tab.session.getState();
  const title = tabTitle(tab);
  const startedAt = whole.context?.startedAt;
  controller.close(tab);
  // Also where it was opened in two tabs, or closed before. A change of the tabs writes anew what a reload would bring back.
  const isOther = (one: typeof tab): boolean => one !== tab && one.session.getState().whole.context?.startedAt !== startedAt;
  for (const twin of useTabs.getState().tabs) if (startedAt !== undefined && !isOther(twin)) controller.close(twin);
  useTabs.setState(({ closed }) => ({ closed: closed.filter(isOther) }));
  // It may still be on its way there.
  if (startedAt !== undefined && target !== null) await forget(recentId(startedAt, target));
  for (const run of useRecentRuns.getState().runs) if (run.startedAt === startedAt) await forget(run.id);
  say(`Forgot ${title}${file === null ? '; a file that you saved stays' : '; its file stays'}`);
}
