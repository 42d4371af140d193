/** Files to and from the person, through the dialogues of the system: the page never names a path. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { app, dialog } from 'electron';
import type { BrowserWindow, FileFilter } from 'electron';
import { LARGEST_DOCUMENT } from '../core/api/shell-contract.ts';
import type { FileOnTheWire } from '../core/api/shell-contract.ts';
import type { OpenedFile, SaveAnswer } from '../core/api/shell.ts';
import { plainText } from '../core/base/plain-text.ts';

export async function saveFile(window: BrowserWindow, { name, content }: FileOnTheWire): Promise<SaveAnswer> {
  const suggested = safeFileName(name);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: join(app.getPath('documents'), suggested), filters: filtersFor(suggested) });
  if (canceled || filePath === '') return { saved: false, why: 'declined' };
  try {
    await writeFile(filePath, 'text' in content ? content.text : Buffer.from(content.base64, 'base64'));
    return { saved: true, where: plainText(filePath, 1000) };
  } catch (error) {
    return { saved: false, why: wordsOf(error) };
  }
}

export async function chooseRunFile(window: BrowserWindow): Promise<OpenedFile | null> {
  const { canceled, filePaths: [path] } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [RUN_FILES, ALL_FILES] });
  return canceled || path === undefined ? null : readRunFileOrSay(window, path);
}

/** Whether its text is a run, the page says. @returns null where there is no text to give; the person was told why */
export async function readRunFileOrSay(window: BrowserWindow, path: string): Promise<OpenedFile | null> {
  const name = plainText(basename(path), 200);
  try {
    const about = await stat(path);
    const fault = about.isFile() ? (about.size > LARGEST_DOCUMENT ? 'It is larger than 64 MiB.' : null) : 'It is not a file.';
    if (fault === null) return { name, text: await readFile(path, 'utf8') };
    await tellFault(window, name, fault);
  } catch (error) {
    await tellFault(window, name, wordsOf(error));
  }
  return null;
}

const tellFault = (window: BrowserWindow, name: string, detail: string): Promise<unknown> =>
  dialog.showMessageBox(window, { type: 'error', title: 'Danescope', message: `Cannot open ${name}`, detail, buttons: ['OK'] });

const RUN_FILES: FileFilter = { name: 'Runs of Danescope', extensions: ['jsonl', 'json'] };
const ALL_FILES: FileFilter = { name: 'All files', extensions: ['*'] };
const FILTERS: { readonly [extension: string]: FileFilter } = {
  '.jsonl': RUN_FILES,
  '.json': { name: 'JSON', extensions: ['json'] }, '.html': { name: 'Web page', extensions: ['html'] }, '.md': { name: 'Markdown', extensions: ['md'] },
  '.pdf': { name: 'PDF', extensions: ['pdf'] }, '.svg': { name: 'SVG', extensions: ['svg'] }, '.png': { name: 'PNG', extensions: ['png'] },
};

const filtersFor = (name: string): FileFilter[] => [FILTERS[extname(name)] ?? ALL_FILES, ALL_FILES];

/** With these before the first dot Windows means a device, wherever the file would lie: `con.example` is a name of the DNS like any other. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|\s|$)/i;

/** A name and never a path, an option or a hidden file: the page builds it from a domain that somebody else chose. */
export function safeFileName(name: string): string {
  const [end = ''] = /.{0,200}$/su.exec(plainText(name).replaceAll(/[\\/:*?"<>|]+/g, '-')) ?? [];
  const safe = end.replace(/^[.\s-]+/, '').replace(/[.\s]+$/, '').replace(DEVICE, '$&_');
  return safe === '' ? 'danescope' : safe;
}

function wordsOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const known: { readonly [code: string]: string } = {
    EACCES: 'You have no permission there.', EPERM: 'You have no permission there.', EROFS: 'The disk is read-only.', ENOSPC: 'The disk is full.',
    ENOENT: 'It is not there.', EISDIR: 'It is a folder.',
  };
  return known[String(code)] ?? plainText(error instanceof Error ? error.message : String(error), 300);
}
