/** Our own menu: Electron's default one binds Ctrl+R to "reload", which would throw the run away. */
import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';

/** @param developer adds the developer tools, for a build that is not packaged */
export function menuTemplate(platform: NodeJS.Platform, developer: boolean): MenuItemConstructorOptions[] {
  const application: MenuItemConstructorOptions[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' },
  ];
  if (developer) view.push({ type: 'separator' }, { role: 'toggleDevTools' });
  return [
    ...application,
    { label: '&File', submenu: [{ role: platform === 'darwin' ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    { label: '&View', submenu: view },
    { role: 'windowMenu' },
  ];
}

export function setMenu(developer: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, developer)));
}
