/** The page's process ended: the page is loaded again and says so. One that ends again and again is left to the person. */
import { dialog } from 'electron';
import type { BrowserWindow, RenderProcessGoneDetails } from 'electron';
import type { Asks } from './asks.ts';

/** within a minute; a page that ends more often than this would only flicker */
const MOST_CRASHES = 3;
const MINUTE = 60_000;

const WORDS: { readonly [Reason in RenderProcessGoneDetails['reason']]?: string } = { oom: 'ran out of memory', killed: 'was ended from outside' };

export function surviveCrashes(window: BrowserWindow, asks: Asks, now: () => number): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    crashes = [...crashes.filter((at) => now() - at < MINUTE), now()];
    asks.tell({ type: 'notice', text: `The page ${WORDS[reason] ?? 'crashed'} and was loaded again. A run that was under way is gone.` });
    if (crashes.length <= MOST_CRASHES) return window.webContents.reload();
    void askPerson(window);
  });
}

async function askPerson(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error', title: 'Danescope', message: 'The page of the inspector keeps crashing', buttons: ['Load it again', 'Close the window'], defaultId: 0, cancelId: 1,
  });
  if (response === 0) window.webContents.reload();
  else window.destroy();
}
