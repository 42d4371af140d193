/** The end-to-end tests: one set of specs, in the local browser host here, in Electron where its runtime is. */
import { defineConfig } from '@playwright/test';
import type { InspectorOptions } from './fixtures.ts';

export default defineConfig<InspectorOptions>({
  testDir: '.',
  outputDir: '../../out/e2e',
  // Each worker has a lab and a browser of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { viewport: { width: 1360, height: 900 }, trace: 'retain-on-failure' },
  projects: [
    { name: 'local host', use: { shell: 'browser' } },
    { name: 'electron', use: { shell: 'electron' } },
  ],
});
