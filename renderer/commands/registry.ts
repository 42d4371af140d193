/** Everything that can be done, once: keys, buttons and the list of keys all use these. */
import { focusNextPane, focusPane } from '../a11y/panes.ts';
import { useSelection } from '../selection/selection-store.ts';
import type { RunController } from '../session/run-controller.ts';
import { useSession } from '../session/session-store.ts';
import { useTheme } from '../theme/theme.ts';
import { say, showView, useUi } from '../workbench/ui-store.ts';
import type { ViewName } from '../workbench/ui-store.ts';
import { chooseRunFile, saveRun } from '../session/run-files.ts';
import { changeTextSize } from '../theme/text-size.ts';
import { stepEvent, stepReplay, toggleReplay } from './replay.ts';
import { copyDialogue, stepLine } from './dialogue.ts';
import { copyFix, stepFinding } from './findings.ts';

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: 'Run' | 'Views' | 'Go' | 'Copy' | 'Window';
  /** such as `Ctrl+Shift+C`; Ctrl is Cmd on macOS */
  readonly keys: readonly string[];
  readonly run: () => void;
}

export function commands(controller: RunController): readonly Command[] {
  return [...runCommands(controller), ...viewCommands(), ...goCommands(), ...replayCommands(), ...windowCommands()];
}

function runCommands(controller: RunController): Command[] {
  return [
    { id: 'target.focus', title: 'Go to the target field', group: 'Run', keys: ['Ctrl+L'], run: focusTarget },
    { id: 'run.again', title: 'Run again', group: 'Run', keys: ['F5', 'Ctrl+R'], run: () => void controller.runAgain() },
    { id: 'run.save', title: 'Save the run', group: 'Run', keys: ['Ctrl+S'], run: saveRun },
    { id: 'run.open', title: 'Open a run file', group: 'Run', keys: ['Ctrl+O'], run: () => chooseRunFile(controller) },
    { id: 'run.stop', title: 'Stop', group: 'Run', keys: ['Escape'], run: () => stop(controller) },
  ];
}

function viewCommands(): Command[] {
  const view = (number: number, name: ViewName, title: string): Command =>
    ({ id: `view.${name}`, title, group: 'Views', keys: [`Ctrl+${String(number)}`], run: () => openView(name) });
  return [
    view(1, 'overview', 'Overview'),
    view(2, 'findings', 'Findings'),
    { id: 'view.dialogue', title: 'Dialogue', group: 'Views', keys: ['Ctrl+3'], run: () => focusPane('dialogue') },
    view(4, 'certificates', 'Certificates'),
    view(5, 'tlsa', 'TLSA'),
    view(6, 'trust', 'Trust'),
    view(7, 'timing', 'Timing'),
    view(8, 'answers', 'Answers'),
    { id: 'view.filter', title: 'Filter in the view', group: 'Views', keys: ['Ctrl+F'], run: focusFilter },
  ];
}

function goCommands(): Command[] {
  return [
    { id: 'finding.next', title: 'Next finding', group: 'Go', keys: ['F8'], run: () => stepFinding(1) },
    { id: 'finding.previous', title: 'Previous finding', group: 'Go', keys: ['Shift+F8'], run: () => stepFinding(-1) },
    { id: 'line.next', title: 'Next dialogue line', group: 'Go', keys: ['Ctrl+ArrowDown'], run: () => stepLine(1) },
    { id: 'line.previous', title: 'Previous dialogue line', group: 'Go', keys: ['Ctrl+ArrowUp'], run: () => stepLine(-1) },
    { id: 'selection.back', title: 'Back in the selection history', group: 'Go', keys: ['Alt+ArrowLeft'], run: () => useSelection.getState().goBack() },
    { id: 'selection.forward', title: 'Forward in the selection history', group: 'Go', keys: ['Alt+ArrowRight'], run: () => useSelection.getState().goForward() },
    { id: 'fix.copy', title: 'Copy the fix', group: 'Copy', keys: ['Ctrl+Shift+C'], run: copyFix },
    { id: 'dialogue.copy', title: 'Copy the dialogue', group: 'Copy', keys: ['Ctrl+Shift+D'], run: copyDialogue },
  ];
}

function replayCommands(): Command[] {
  return [
    { id: 'event.next', title: 'Next event of the same endpoint', group: 'Go', keys: ['Ctrl+.'], run: () => stepEvent(1) },
    { id: 'event.previous', title: 'Previous event of the same endpoint', group: 'Go', keys: ['Ctrl+Shift+.', 'Ctrl+Shift+>'], run: () => stepEvent(-1) },
    { id: 'replay.toggle', title: 'Replay the run, or back to now', group: 'Run', keys: ['Ctrl+Shift+R'], run: toggleReplay },
    { id: 'replay.back', title: 'Replay: one event back', group: 'Run', keys: [], run: () => stepReplay(-1) },
    { id: 'replay.on', title: 'Replay: one event on', group: 'Run', keys: [], run: () => stepReplay(1) },
  ];
}

function windowCommands(): Command[] {
  return [
    { id: 'pane.next', title: 'Next pane', group: 'Window', keys: ['F6'], run: () => focusNextPane(1) },
    { id: 'pane.previous', title: 'Previous pane', group: 'Window', keys: ['Shift+F6'], run: () => focusNextPane(-1) },
    { id: 'theme.next', title: 'Theme: system, light, dark', group: 'Window', keys: [], run: nextTheme },
    { id: 'keys.show', title: 'List of keys', group: 'Window', keys: ['?'], run: () => useUi.setState({ keysShown: true }) },
    { id: 'palette.show', title: 'All commands', group: 'Window', keys: ['F1', 'Ctrl+Shift+P'], run: () => useUi.setState({ paletteShown: true }) },
    { id: 'text.larger', title: 'Larger text', group: 'Window', keys: ['Ctrl+=', 'Ctrl++'], run: () => changeTextSize(1) },
    { id: 'text.smaller', title: 'Smaller text', group: 'Window', keys: ['Ctrl+-'], run: () => changeTextSize(-1) },
    { id: 'text.usual', title: 'Usual text size', group: 'Window', keys: ['Ctrl+0'], run: () => changeTextSize(0) },
  ];
}

function focusTarget(): void {
  const field = document.querySelector<HTMLInputElement>('#target');
  field?.focus();
  field?.select();
}

function openView(name: ViewName): void {
  showView(name);
  // The view is on the screen after React has drawn it.
  requestAnimationFrame(() => focusPane('editor'));
}

function focusFilter(): void {
  const filter = document.querySelector<HTMLInputElement>('.view [data-view-filter]');
  if (filter === null) return say('This view has no filter');
  filter.focus();
  filter.select();
}

function stop(controller: RunController): void {
  if (useSession.getState().busy) controller.stop();
}

function nextTheme(): void {
  const { choice, choose } = useTheme.getState();
  choose(choice === 'system' ? 'light' : (choice === 'light' ? 'dark' : 'system'));
}
