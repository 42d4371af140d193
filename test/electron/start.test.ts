/** A start that fails is told in a dialogue of the system: a process without a window would only be there. */
import { expect, test, vi } from 'vitest';
import { app, BrowserWindow, dialog } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

test('a start that fails is told, and ends the program with a code', async () => {
  app.whenReady = () => Promise.reject(new Error('no page in /opt/danescope: build the renderer first\u001B[2J'));
  await import('../../electron/main.ts');
  await vi.waitUntil(() => app.calls.includes('exit 70'));
  expect(dialog.asked).toEqual([{ title: 'Danescope cannot start', content: 'no page in /opt/danescope: build the renderer first\\x1b[2J' }]);
  expect(BrowserWindow.all).toEqual([]);
});
