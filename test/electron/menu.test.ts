import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import type { MenuCommand } from '../../core/api/shell.ts';
import { acceleratorOf } from '../../electron/accelerator.ts';
import { menuTemplate } from '../../electron/menu.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const COMMANDS: readonly MenuCommand[] = [
  { id: 'run.again', title: 'Run again', group: 'Run', key: 'F5', enabled: true },
  { id: 'run.stop', title: 'Stop', group: 'Run', key: 'Escape', enabled: false },
  { id: 'view.trust', title: 'Trust', group: 'Views', key: 'Ctrl+6', enabled: true },
  { id: 'pane.next', title: 'Next pane', group: 'Window', key: 'F6', enabled: true },
];

const template = (commands: readonly MenuCommand[], platform: NodeJS.Platform = 'linux', chosen: (id: string) => void = () => {}): MenuItemConstructorOptions[] =>
  menuTemplate(commands, { platform, developer: true, chosen, about: () => {} });

const itemsOf = (menus: MenuItemConstructorOptions[], label: string): MenuItemConstructorOptions[] =>
  (menus.find((menu) => menu.label === label)?.submenu ?? []) as MenuItemConstructorOptions[];

describe('the menu', () => {
  test('has an entry for each command, in its group, with its key and state; choosing one names it', () => {
    const chosen: string[] = [];
    const menus = template(COMMANDS, 'linux', (id) => chosen.push(id));
    expect(menus.map(({ label }) => label)).toEqual(['File', 'Edit', 'Run', 'Views', 'Window', 'Help']);
    expect(itemsOf(menus, 'Run')).toMatchObject([
      { id: 'run.again', label: 'Run again', enabled: true, accelerator: 'F5', registerAccelerator: false },
      { id: 'run.stop', label: 'Stop', enabled: false, accelerator: 'Esc', registerAccelerator: false },
    ]);
    const [first] = itemsOf(menus, 'Run');
    (first as unknown as { click(): void }).click();
    expect(chosen).toEqual(['run.again']);
  });

  test('keeps the entries of the system beside: editing, full screen, quit', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const text = JSON.stringify(template(COMMANDS, platform));
      for (const role of ['copy', 'paste', 'togglefullscreen', platform === 'darwin' ? 'close' : 'quit']) expect(text).toContain(`"role":"${role}"`);
    }
    expect(itemsOf(template(COMMANDS), 'Window').map(({ id, role, type }) => id ?? role ?? type)).toEqual(['pane.next', 'separator', 'minimize', 'togglefullscreen', 'toggleDevTools']);
  });

  test('has no entry of its own that reloads the page: Ctrl+R is the page’s own', () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const text = JSON.stringify(template([], platform));
      expect(text).not.toMatch(/reload/i);
      expect(text).not.toMatch(/Ctrl\+R\b/i);
    }
  });

  test('shows what would move the cursor or underline a letter', () => {
    const [item] = itemsOf(template([{ id: 'x', title: 'Open a&b \u202E\n', group: 'Run', key: null, enabled: true }]), 'Run');
    expect(item?.label).toBe('Open a&&b \\u{202e}\\x0a');
    expect(item).not.toHaveProperty('accelerator');
  });
});

test.each([
  ['Ctrl+Shift+C', 'CmdOrCtrl+Shift+C'], ['F8', 'F8'], ['Shift+F8', 'Shift+F8'], ['Alt+ArrowLeft', 'Alt+Left'], ['Ctrl+=', 'CmdOrCtrl+='], ['Ctrl++', 'CmdOrCtrl+Plus'],
  ['Ctrl+-', 'CmdOrCtrl+-'], ['Ctrl+.', 'CmdOrCtrl+.'], ['Escape', 'Esc'], ['Ctrl+0', 'CmdOrCtrl+0'],
  ['?', null], ['a', null], ['Shift+a', null], ['F25', null], ['Ctrl+Unknown', null], ['Hyper+A', null], ['', null], ['Ctrl+', 'CmdOrCtrl+Plus'],
])('the key %s is %s in a menu', (key, accelerator) => {
  expect(acceleratorOf(key)).toBe(accelerator);
});
