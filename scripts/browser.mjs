/** A Chromium for the end-to-end tests: one that is here, else Playwright's download, else Debian's package. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { run, tool } from './prepare.mjs';

/** @returns the path of a Chromium, Chrome or Edge of this machine, or null */
export function findBrowser() {
  const named = process.env.DANESCOPE_BROWSER;
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  return [...installedBrowsers(), playwrightBrowser()].find((path) => path !== null && existsSync(path)) ?? null;
}

/** Finds one or gets one. @returns its path, or null with the reasons told on stderr */
export async function ensureBrowser() {
  const present = findBrowser();
  if (present !== null) return present;
  process.stderr.write('danescope: no Chromium here; getting one for the end-to-end tests\n');
  await run(process.execPath, [tool('@playwright/test', 'playwright'), 'install', 'chromium'], { timeout: 300_000 });
  const downloaded = findBrowser();
  if (downloaded !== null || !mayInstallPackages()) return downloaded;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { env });
  return findBrowser();
}

const mayInstallPackages = () => process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

function installedBrowsers() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name] ?? '').filter((folder) => folder !== '');
    return folders.flatMap((folder) => [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'), join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe')]);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  return (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}

function playwrightBrowser() {
  try {
    return createRequire(import.meta.url)('playwright-core').chromium.executablePath();
  } catch {
    return null; // not installed, or no build of it for this platform
  }
}
