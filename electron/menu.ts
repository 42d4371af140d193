/**
 * Our own menu, from the commands of the page: Electron's default one binds Ctrl+R to "reload", which would throw the run away.
 * Choosing an entry asks the page to run its command.
 */
import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../core/api/shell.ts';
import { plainText } from '../core/base/plain-text.ts';
import { acceleratorOf } from './accelerator.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** adds the developer tools, for a build that is not packaged */
  readonly developer: boolean;
  readonly chosen: (id: string) => void;
  readonly about: () => void;
}

/** The page's groups each have a menu, in the order in which they come; these have entries of the system beside. */
const OWN_MENUS = new Set(['File', 'Edit', 'Window', 'Help']);

export function menuTemplate(commands: readonly MenuCommand[], options: MenuOptions): MenuItemConstructorOptions[] {
  const mac = options.platform === 'darwin';
  const ofGroup = (group: string): MenuItemConstructorOptions[] => commands.filter((command) => command.group === group).map((command) => entry(command, options));
  const menu = (label: string, system: MenuItemConstructorOptions[]): MenuItemConstructorOptions => {
    const own = ofGroup(label);
    return { label, submenu: own.length === 0 ? system : [...own, { type: 'separator' }, ...system] };
  };
  const groups = [...new Set(commands.map(({ group }) => group))].filter((group) => !OWN_MENUS.has(group));
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    menu('File', [{ role: mac ? 'close' : 'quit' }]),
    menu('Edit', ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'].map((role) => ({ role }) as MenuItemConstructorOptions)),
    ...groups.map((group) => ({ label: labelOf(group), submenu: ofGroup(group) })),
    menu('Window', [{ role: 'minimize' }, { role: 'togglefullscreen' }, ...(options.developer ? [{ role: 'toggleDevTools' as const }] : [])]),
    menu('Help', [{ id: 'about', label: 'About Danescope', click: options.about }]),
  ];
}

function entry({ id, title, key, enabled }: MenuCommand, { chosen }: MenuOptions): MenuItemConstructorOptions {
  const accelerator = key === null ? null : acceleratorOf(key);
  return {
    id,
    label: labelOf(title),
    enabled,
    click: () => chosen(id),
    // The page hears its keys itself; here they are shown. macOS asks the page first and the menu only for what it left.
    ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
  };
}

/** An ampersand would underline the letter behind it. */
const labelOf = (text: string): string => plainText(text, 120).replaceAll('&', '&&');

export function setMenu(commands: readonly MenuCommand[], options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(commands, options)));
}
