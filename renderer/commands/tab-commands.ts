/** Tabs of runs. Browsers keep Ctrl+T, Ctrl+W and Ctrl+Page keys for themselves, so each has a second key with Alt. */
import { forgetRun } from '../recent/forget-run.ts';
import type { RunController } from '../session/run-controller.ts';
import { useSession } from '../session/session-store.ts';
import { activeTab, newTab, reopenTab, stepTab, useTabs } from '../tabs/tab-store.ts';
import { tabTitle } from '../tabs/tab-title.ts';
import { say, showDialog } from '../workbench/ui-store.ts';
import type { Command } from './command.ts';
import { focusTarget } from './run-commands.ts';

const alone = (): string | null => (useTabs.getState().tabs.length === 1 ? 'There is one tab' : null);

export function tabCommands(controller: RunController): readonly Command[] {
  return [
    { id: 'tab.new', title: 'New tab', group: 'Run', keys: ['Ctrl+T', 'Alt+T'], run: openTab },
    { id: 'tab.close', title: 'Close the tab', group: 'Run', keys: ['Ctrl+W', 'Alt+W'], run: () => controller.close(activeTab()) },
    { id: 'tab.reopen', title: 'Reopen closed run', group: 'Run', keys: ['Ctrl+Shift+T', 'Alt+Shift+T'], run: reopen, unavailable: () => (useTabs.getState().closed.length === 0 ? 'No run was closed' : null) },
    { id: 'tab.rename', title: 'Rename the tab', group: 'Run', keys: [], run: () => showDialog('rename') },
    { id: 'run.forget', title: 'Forget this run', group: 'Run', keys: [], run: () => void forgetRun(controller), unavailable: () => (useSession.getState().events.length === 0 ? 'No run to forget' : null) },
    { id: 'tab.next', title: 'Next tab', group: 'Go', keys: ['Ctrl+PageDown', 'Alt+PageDown'], run: () => stepTab(1), unavailable: alone },
    { id: 'tab.previous', title: 'Previous tab', group: 'Go', keys: ['Ctrl+PageUp', 'Alt+PageUp'], run: () => stepTab(-1), unavailable: alone },
  ];
}

/** A new tab begins with the question. */
export function openTab(): void {
  newTab();
  requestAnimationFrame(focusTarget);
}

function reopen(): void {
  const tab = reopenTab();
  if (tab !== null) say(`Reopened ${tabTitle(tab)}`);
}
