/** A computer without any network: the engine runs where it has no route, in a network namespace of its own (Linux). */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeViolations } from './axe.ts';
import { field, inLightAndDark } from './inspector.ts';
import { expect, test as base } from './fixtures.ts';
import { startSharedHost } from './shared-host.ts';

const ALONE = ['--map-root-user', '--net'];

const test = base.extend({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
  hostAddress: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'danescope-offline-'));
    const node = join(folder, 'node');
    writeFileSync(node, `#!/bin/sh\nexec unshare ${ALONE.join(' ')} '${process.execPath}' "$@"\n`);
    chmodSync(node, 0o755);
    const host = await startSharedHost(false, node);
    await use(host.address());
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

test.skip(spawnSync('unshare', [...ALONE, 'true']).status !== 0, 'no network namespace can be made here');

test('no network: the window says so, and a saved run can be opened', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the engine of Electron is not started by us');
  await expect(field(page)).toBeVisible();
  await inLightAndDark(page, async () => {
    await expect(page.getByText('No network. Saved runs can be opened.')).toBeVisible();
    await expect(page.locator('.status-bar')).toContainText('no network');
    expect(await axeViolations(page)).toEqual([]);
    const chooser = page.waitForEvent('filechooser');
    await page.locator('.notice').getByRole('button', { name: 'Open', exact: true }).click();
    await chooser;
  });
});
