/** From finding to finding, line to line, back and forward; what is copied on the way. */
import { useSelection } from '../selection/selection-store.ts';
import { showSearch } from '../workbench/ui-store.ts';
import type { Command } from './command.ts';
import { copyDialogue, stepLine } from './dialogue.ts';
import { copyFix, stepFinding } from './findings.ts';
import { copyLink } from './link.ts';
import { stepEvent } from './replay.ts';

export function goCommands(): readonly Command[] {
  return [
    { id: 'search.show', title: 'Search all of the run', group: 'Go', keys: ['Ctrl+K'], run: () => showSearch(null) },
    { id: 'finding.next', title: 'Next finding', group: 'Go', keys: ['F8'], run: () => stepFinding(1) },
    { id: 'finding.previous', title: 'Previous finding', group: 'Go', keys: ['Shift+F8'], run: () => stepFinding(-1) },
    { id: 'line.next', title: 'Next dialogue line', group: 'Go', keys: ['Ctrl+ArrowDown'], run: () => stepLine(1) },
    { id: 'line.previous', title: 'Previous dialogue line', group: 'Go', keys: ['Ctrl+ArrowUp'], run: () => stepLine(-1) },
    { id: 'event.next', title: 'Next event of the same endpoint', group: 'Go', keys: ['Ctrl+.'], run: () => stepEvent(1) },
    { id: 'event.previous', title: 'Previous event of the same endpoint', group: 'Go', keys: ['Ctrl+Shift+.', 'Ctrl+Shift+>'], run: () => stepEvent(-1) },
    { id: 'selection.back', title: 'Back in the selection history', group: 'Go', keys: ['Alt+ArrowLeft'], run: () => useSelection.getState().goBack(), unavailable: () => (useSelection.getState().back.length === 0 ? 'Nothing was selected before' : null) },
    { id: 'selection.forward', title: 'Forward in the selection history', group: 'Go', keys: ['Alt+ArrowRight'], run: () => useSelection.getState().goForward(), unavailable: () => (useSelection.getState().forward.length === 0 ? 'Nothing was selected after' : null) },
    { id: 'fix.copy', title: 'Copy the fix', group: 'Copy', keys: ['Ctrl+Shift+C'], run: copyFix },
    { id: 'link.copy', title: 'Copy link to this', group: 'Copy', keys: [], run: copyLink, unavailable: () => (useSelection.getState().selection === null ? 'Nothing is selected' : null) },
    { id: 'dialogue.copy', title: 'Copy the dialogue', group: 'Copy', keys: ['Ctrl+Shift+D'], run: copyDialogue },
  ];
}
