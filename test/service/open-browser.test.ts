import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hasDisplay, isConfined, openerOf, writeStartPage } from '../../service/open-browser.ts';

test('a display is where X11 or Wayland say so; Windows and macOS have one', () => {
  expect(hasDisplay({}, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false);
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true);
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'freebsd')).toBe(true);
  expect(hasDisplay({}, 'win32')).toBe(true);
  expect(hasDisplay({}, 'darwin')).toBe(true);
});

test('the address is one argument and no shell sees it', () => {
  const url = 'http://127.0.0.1:4711/#token=a&b|c;d';
  for (const platform of ['linux', 'darwin', 'win32'] as const) expect(openerOf(platform, url).at(-1)).toBe(url);
  expect(openerOf('win32', url)[0]).not.toContain('cmd');
});

test('browsers from a snap or flatpak cannot read a private file', () => {
  expect(isConfined('firefox_firefox.desktop')).toBe(true);
  expect(isConfined('org.mozilla.firefox.desktop')).toBe(true);
  expect(isConfined('chromium.desktop')).toBe(false);
  expect(isConfined('firefox-esr.desktop')).toBe(false);
  expect(isConfined('google-chrome.desktop')).toBe(false);
});

test.skipIf(process.platform === 'win32')('other users of this computer read neither the start page nor its folder, and it goes when told', () => {
  const { url, clear } = writeStartPage('http://127.0.0.1:4711/#token');
  const file = fileURLToPath(url);
  expect(url).not.toContain('token');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  expect(readFileSync(file, 'utf8')).toContain('url=http://127.0.0.1:4711/#token');
  clear();
  expect(existsSync(dirname(file))).toBe(false);
});
