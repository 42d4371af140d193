/** A browser of the Chromium family on this computer: it prints reports to PDF. */
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** The variable that names one; where it does, no other is looked for. */
export const BROWSER_VARIABLE = 'DANESCOPE_BROWSER';

/** @returns the path of Chromium, Chrome, Edge or Brave; null where none is found */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string | null {
  const named = environment[BROWSER_VARIABLE] ?? '';
  if (named !== '') return existsSync(named) ? named : null;
  return installedBrowsers(environment, platform).find((path) => existsSync(path)) ?? null;
}

/** Where they usually are, the preferred one first. */
export function installedBrowsers(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string[] {
  if (platform === 'darwin') return macBrowsers(environment);
  return platform === 'win32' ? windowsBrowsers(environment) : pathBrowsers(environment);
}

function macBrowsers(environment: NodeJS.ProcessEnv): string[] {
  const folders = ['/Applications', ...named(environment, 'HOME').map((home) => join(home, 'Applications'))];
  return folders.flatMap((folder) => ['Chromium', 'Google Chrome', 'Microsoft Edge', 'Brave Browser'].map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)));
}

const WINDOWS_PROGRAMS = [['Chromium', 'Application', 'chrome.exe'], ['Google', 'Chrome', 'Application', 'chrome.exe'], ['Microsoft', 'Edge', 'Application', 'msedge.exe'], ['BraveSoftware', 'Brave-Browser', 'Application', 'brave.exe']] as const;

const windowsBrowsers = (environment: NodeJS.ProcessEnv): string[] =>
  named(environment, 'PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA').flatMap((folder) => WINDOWS_PROGRAMS.map((parts) => join(folder, ...parts)));

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable', 'brave-browser'] as const;

/** A relative folder in PATH would let whoever chose the working folder choose the program. */
function pathBrowsers(environment: NodeJS.ProcessEnv): string[] {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return COMMANDS.flatMap((name) => folders.map((folder) => join(folder, name)));
}

const named = (environment: NodeJS.ProcessEnv, ...names: readonly string[]): string[] => names.map((name) => environment[name] ?? '').filter((folder) => folder !== '');
