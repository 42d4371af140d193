/** The states that a window must have words for, on the screen: each with its words and the one thing to do, from its scene. */
import type { Locator, Page } from '@playwright/test';
import { STATES, targetOf, type StateWords } from '../scenarios/state-words.ts';
import { expect, test } from './fixtures.ts';
import { press, run } from './inspector.ts';

test('each state has its words and the one thing to do', async ({ inspector: page }) => {
  for (const state of STATES) {
    await test.step(state.scene, async () => {
      await run(page, targetOf(state));
      const said = await place(page, state);
      await expect(said).toContainText(state.title);
      if (state.help !== null) await expect(said).toContainText(state.help);
      if (state.action !== null) await expect(said.getByRole('button', { name: state.action })).toBeVisible();
    });
  }
});

async function place(page: Page, { place, title }: StateWords): Promise<Locator> {
  await press(page, 'Control+1');
  if (place === 'headline') return page.locator('.headline');
  if (place === 'notice') return page.locator('.notices > .notice').filter({ hasText: title });
  await press(page, 'F8');
  return page.getByRole('article').filter({ hasText: title });
}

test('a server that hangs up after EHLO: the dialogue ends with the line that says so, marked', async ({ inspector: page }) => {
  await run(page, 'hung-up-after-ehlo.example');
  await page.locator('.notices').getByRole('button', { name: 'Show in Dialogue' }).click();
  await expect(page.locator('.dialogue .xterm-rows')).toContainText('*** closed by the server after EHLO, without reply');
  await expect(page.getByRole('listbox', { name: 'Lines' }).getByRole('option', { selected: true })).toContainText('closed by the server after EHLO, without reply');
});

test('where DNSSEC is bogus the headline leads to the trust view', async ({ inspector: page }) => {
  await run(page, 'ds-mismatch.example');
  await page.locator('.headline').getByRole('button', { name: 'Show in Trust' }).click();
  await expect(page.getByRole('tab', { name: 'Trust' })).toHaveAttribute('aria-selected', 'true');
});
