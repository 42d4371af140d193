/** Opens the page in the browser that the person uses, without a shell and, where possible, without the token in the process list. */
import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Windows and macOS always have one; elsewhere X11 or Wayland say where it is. */
export function hasDisplay(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return (environment['DISPLAY'] ?? '') !== '' || (environment['WAYLAND_DISPLAY'] ?? '') !== '';
}

/** @returns whether something was started that opens it, and how to clear up */
export async function openBrowser(address: string): Promise<{ readonly opened: boolean; readonly clear: () => void }> {
  const startPage = (await readsPrivateFiles()) ? writeStartPage(address) : null;
  const [program, ...args] = openerOf(process.platform, startPage?.url ?? address);
  const opened = await started(program, args);
  return { opened, clear: () => startPage?.clear() };
}

/** Each opens a file or address with the program that the person chose for it. */
export function openerOf(platform: NodeJS.Platform, url: string): readonly [program: string, ...args: string[]] {
  if (platform === 'darwin') return ['open', url];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

function started(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true, windowsHide: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/**
 * Other users of this computer can read the arguments of our processes (`ps`), so the address goes through a file that only
 * we can read. A browser from a snap or flatpak cannot read it either; then the address itself is passed.
 */
function readsPrivateFiles(): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(process.platform === 'darwin');
  return new Promise((resolve) => {
    execFile('xdg-settings', ['get', 'default-web-browser'], { timeout: 3000 }, (error, name) => resolve(error === null && !isConfined(name.trim())));
  });
}

/** A snap's entry is called `firefox_firefox.desktop`, a flatpak's `org.mozilla.firefox.desktop`. */
export const isConfined = (desktopEntry: string): boolean => /^[^.]+_[^.]+\.desktop$|^[^.]+\.[^.]+\..+\.desktop$/.test(desktopEntry);

/** The folder is 0700 and the file 0600. The address is ours: base64url and digits, nothing to escape. */
export function writeStartPage(address: string): { readonly url: string; readonly clear: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'danescope-'));
  const file = join(folder, 'open.html');
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0;url=${address}"><title>Danescope</title>\n`, { mode: 0o600 });
  return { url: pathToFileURL(file).href, clear: () => rmSync(folder, { recursive: true, force: true }) };
}
