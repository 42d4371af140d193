/** Shows the commands in the menu of the window, and does what is asked from outside of the page. */
import { useEffect } from 'react';
import type { Shell, ShellAsk } from '../../core/api/shell.ts';
import { perform } from '../commands/command.ts';
import type { Command } from '../commands/command.ts';
import { useKeyBindings } from '../commands/key-bindings.ts';
import { useSelection } from '../selection/selection-store.ts';
import { showRunFile } from '../session/run-files.ts';
import { useSession } from '../session/session-store.ts';
import { useTabs } from '../tabs/tab-store.ts';
import { useLayout } from '../workbench/layout-store.ts';
import { say, showDialog, useUi } from '../workbench/ui-store.ts';
import { menuCommands } from './menu-commands.ts';
import { notify, useAsked } from './asked-store.ts';

export const useAsksOf = (shell: Shell, all: readonly Command[]): void => useEffect(() => shell.listen((ask) => obey(ask, all)), [shell, all]);

export const useMenuOf = (shell: Shell, all: readonly Command[]): void => useEffect(() => followCommands(shell, all), [shell, all]);

function obey(ask: ShellAsk, all: readonly Command[]): void {
  switch (ask.type) {
    case 'command': return choose(ask.id, all);
    case 'target':
      // The question must not change below the hand that is about to answer it.
      if (useUi.getState().dialog === 'link') return say('Another link was left aside; answer the first');
      useAsked.setState({ target: ask.target });
      return showDialog('link');
    case 'run-file': return void showRunFile(ask.file);
    case 'notice': return notify([ask.text]);
  }
}

/** A dialog of the page is modal: as with keys, the menu waits. */
function choose(id: string, all: readonly Command[]): void {
  const command = all.find((one) => one.id === id);
  if (command !== undefined && useUi.getState().dialog === null) perform(command, say);
}

/** ms; a run changes its store with every batch, a menu need not */
const MENU_WAIT = 250;

/** Whatever a command's state, key or title depends on is in one of these. @returns what ends it */
function followCommands(shell: Shell, all: readonly Command[]): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const show = (): void => {
    timer = null;
    shell.showCommands(menuCommands(all));
  };
  const later = (): void => {
    timer ??= setTimeout(show, MENU_WAIT);
  };
  show();
  const leave = [useSession.subscribe(later), useSelection.subscribe(later), useUi.subscribe(later), useTabs.subscribe(later), useKeyBindings.subscribe(later), useLayout.subscribe(later)];
  return () => {
    if (timer !== null) clearTimeout(timer);
    for (const end of leave) end();
  };
}
