/**
 * The end-to-end tests, one set of specs in three lanes: the local browser host; the built main script and preload of Electron
 * over a double whose windows are pages of this Chromium (what is tagged `@both`); Electron itself, where its runtime is.
 */
import { defineConfig } from '@playwright/test';
import { electronRuntime } from './electron-runtime.ts';
import type { InspectorOptions } from './fixtures.ts';

const hasElectron = electronRuntime() !== null;
// Workers read this file too.
if (!hasElectron && process.env['TEST_WORKER_INDEX'] === undefined) {
  process.stdout.write('\n  NOT TESTED HERE: the lane "electron" is skipped, the runtime of Electron is not here (npx install-electron gets it)\n');
}

export default defineConfig<InspectorOptions>({
  testDir: '.',
  outputDir: '../../out/e2e',
  // Each worker has a host with its lab and a browser of its own, and takes the next test whatever its file: none is left to run alone at the end.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // axe over every view takes its time on a machine that does other things too.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  // Where a test fails its page as text and a picture of its end stay. Its steps too, where they are asked for: keeping them costs every test a seventh of its time.
  use: { viewport: { width: 1360, height: 900 }, screenshot: 'only-on-failure', trace: process.env['DANESCOPE_TRACE'] === '1' ? 'retain-on-failure' : 'off' },
  projects: [
    { name: 'local host', use: { shell: 'browser' } },
    { name: 'electron double', use: { shell: 'electron-double' }, grep: /@both/ },
    // Workers that start only to skip its every test would take some twenty seconds.
    ...(hasElectron ? [{ name: 'electron', use: { shell: 'electron' as const } }] : []),
  ],
});
