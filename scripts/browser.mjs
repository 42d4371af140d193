/** A Chromium for the end-to-end tests: one that is here, else Playwright's download, else Debian's package. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, run, tool } from './prepare.mjs';

/** Finds one or gets one; the node part has to be built. @returns its path, or null with the reasons told on stderr */
export async function ensureBrowser() {
  const present = await findBrowser();
  if (present !== null) return present;
  process.stderr.write('danescope: no Chromium here; getting one for the end-to-end tests\n');
  await run(process.execPath, [tool('@playwright/test', 'playwright'), 'install', 'chromium'], { timeout: 300_000 });
  const downloaded = await findBrowser();
  if (downloaded !== null || !mayInstallPackages()) return downloaded;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], { env });
  return findBrowser();
}

/** Where the inspector itself would find one to print with, else what Playwright downloaded. */
async function findBrowser() {
  const { BROWSER_VARIABLE, findBrowser: installed } = await import(pathToFileURL(join(root, 'out', 'node', 'core', 'net', 'find-browser.js')).href);
  const found = installed();
  return found === null && (process.env[BROWSER_VARIABLE] ?? '') === '' ? playwrightBrowser() : found;
}

const mayInstallPackages = () => process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');

function playwrightBrowser() {
  let path;
  try {
    path = createRequire(import.meta.url)('playwright-core').chromium.executablePath();
  } catch {
    return null; // not installed, or no build of it for this platform
  }
  return existsSync(path) ? path : null;
}
