/** The window itself: panes, themes, text size, and where help is. */
import { focusNextPane } from '../a11y/panes.ts';
import { changeTextSize } from '../theme/text-size.ts';
import { THEME_CHOICES, THEME_TITLES, useTheme } from '../theme/theme.ts';
import { showDialog } from '../workbench/ui-store.ts';
import type { Command } from './command.ts';

export function windowCommands(): readonly Command[] {
  return [
    { id: 'palette.show', title: 'All commands', group: 'Window', keys: ['F1', 'Ctrl+Shift+P'], run: () => showDialog('palette') },
    { id: 'keys.show', title: 'Keyboard: list and change keys', group: 'Window', keys: ['?'], run: () => showDialog('keys') },
    { id: 'settings.show', title: 'Settings', group: 'Window', keys: ['Ctrl+,'], run: () => showDialog('settings') },
    { id: 'pane.next', title: 'Next pane', group: 'Window', keys: ['F6'], run: () => focusNextPane(1) },
    { id: 'pane.previous', title: 'Previous pane', group: 'Window', keys: ['Shift+F6'], run: () => focusNextPane(-1) },
    { id: 'text.larger', title: 'Larger text', group: 'Window', keys: ['Ctrl+=', 'Ctrl++'], run: () => changeTextSize(1) },
    { id: 'text.smaller', title: 'Smaller text', group: 'Window', keys: ['Ctrl+-'], run: () => changeTextSize(-1) },
    { id: 'text.usual', title: 'Usual text size', group: 'Window', keys: ['Ctrl+0'], run: () => changeTextSize(0) },
    ...THEME_CHOICES.map((choice): Command => ({
      id: `theme.${choice}`, title: `Theme: ${THEME_TITLES[choice].toLowerCase()}`, group: 'Window', keys: [], run: () => useTheme.getState().choose(choice), checked: () => useTheme.getState().choice === choice,
    })),
  ];
}
