/** What the system opens us with: words of a command line, links, run files. */
import { resolve } from 'node:path';
import { app } from 'electron';
import type { BrowserWindow } from 'electron';
import type { Asks } from './asks.ts';
import { readRunFileOrSay } from './files.ts';
import { LINK_SCHEME, targetOfLink } from './link.ts';

export type Opening = { readonly type: 'link'; readonly link: string } | { readonly type: 'file'; readonly path: string };

/** The words that name a link or a run file; a command line is given by whoever starts us, so no more than one is taken. */
export function openingOf(words: readonly string[], folder: string): Opening | null {
  const link = words.find((word) => word.toLowerCase().startsWith(`${LINK_SCHEME}:`));
  if (link !== undefined) return { type: 'link', link };
  const file = words.find((word) => !word.startsWith('-') && word.endsWith('.jsonl'));
  return file === undefined ? null : { type: 'file', path: resolve(folder, file) };
}

/** @param window once it is there: a file that cannot be read is told over it */
export async function tellOpening(opening: Opening, asks: Asks, window: Promise<BrowserWindow>): Promise<void> {
  if (opening.type === 'link') {
    const target = targetOfLink(opening.link);
    return asks.tell(target === null ? { type: 'notice', text: 'A danescope: link named no target that can be read; nothing was contacted.' } : { type: 'target', target });
  }
  const file = await readRunFileOrSay(await window, opening.path);
  if (file !== null) asks.tell({ type: 'run-file', file });
}

/** Must be called before the app is ready: macOS opens with events, and the first may come early. */
export function listenForOpenings(opened: (opening: Opening) => void): void {
  app.on('open-url', (event, link) => {
    event.preventDefault();
    opened({ type: 'link', link });
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    opened({ type: 'file', path });
  });
}

/** An installed app is what the system starts for a link. A build from source is not: the link would outlive the folder. */
export function claimLinks(): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME);
}
