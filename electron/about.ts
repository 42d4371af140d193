/** What this is, of which parts, and under which licences. */
import { readFileSync } from 'node:fs';
import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { version } from '../core/net/program-version.ts';

/** @param notice path of NOTICE */
export async function showAbout(window: BrowserWindow, notice: string): Promise<void> {
  const { electron, chrome, node } = process.versions;
  const versions = `Electron ${electron}, Chromium ${chrome}, Node ${node}. The checks run on a Node of their own; each run names its TLS library.`;
  await dialog.showMessageBox(window, {
    type: 'info', title: 'About Danescope', message: `Danescope ${version()}`, detail: `${versions}\n\n${readFileSync(notice, 'utf8').trim()}`, buttons: ['Close'],
  });
}
