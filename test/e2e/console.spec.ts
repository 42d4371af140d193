/** The console: a channel after the run, its state in words, guards, and nothing kept of what is secret. */
import type { Locator, Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

const view = (page: Page) => page.locator('[data-view="console"]');
const line = (page: Page) => page.locator('#console-line');
const transcript = (page: Page) => page.getByRole('log', { name: 'Console transcript' });

async function type(page: Page, text: string, reply: string | RegExp): Promise<void> {
  await expect(line(page)).toBeFocused();
  await page.keyboard.type(text);
  await press(page, 'Escape');
  await line(page).focus();
  await press(page, 'Enter');
  await expect(transcript(page)).toContainText(reply);
}

test.slow();

test('by keyboard: opened, typed, completed, recalled, left and closed', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+9');
  await expect(view(page)).toContainText('No channel is open');
  expect(await axeViolations(page)).toEqual([]);
  await view(page).getByRole('button', { name: 'Open channel' }).focus();
  await press(page, 'Enter');
  await expect(view(page)).toContainText('TLS 1.3 · authenticated by 3 1 1 (record 1)');
  await expect(page.locator('.status-bar')).toContainText('Console: TLS 1.3 · authenticated');
  await expect(line(page)).toBeFocused();
  await press(page, 'Control+1');
  await press(page, 'Control+`');
  await type(page, 'NOOP', '250 2.0.0 Ok');
  await test.step('each line of the transcript stands below the one before, over the whole width', async () => {
    const places = await transcript(page).locator('.line').evaluateAll((lines) => lines.map((one) => {
      const { left, top, bottom } = one.getBoundingClientRect();
      return { left, top, bottom, rows: Math.round((bottom - top) / Number.parseFloat(getComputedStyle(one).lineHeight)) };
    }));
    expect(places.length).toBeGreaterThan(10);
    expect(places.filter(({ left, top }, index) => index > 0 && (left !== places[0]?.left || top < (places[index - 1]?.bottom ?? 0) - 1))).toEqual([]);
    expect(Math.max(...places.map(({ rows }) => rows))).toBe(1);
  });
  await test.step('what has no room beside the channel in the status bar is left out, and never cut in half', async () => {
    await press(page, 'F9', 'F9');
    for (const width of [1360, 1100, 1024, 900, 840]) {
      await page.setViewportSize({ width, height: 900 });
      const cut = await page.locator('.status-facts').evaluate((facts) => {
        const { left, right, bottom } = facts.getBoundingClientRect();
        return [...facts.children].map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }))
          .filter(({ box }) => box.top < bottom - 1 && (box.left < left - 1 || box.right > right + 1)).map(({ text }) => text);
      });
      expect(cut, `${String(width)} px`).toEqual([]);
    }
    await page.setViewportSize({ width: 1360, height: 900 });
    await press(page, 'Control+`');
  });
  await test.step('the list of commands stays in the pane, and what is marked in sight', async () => {
    await press(page, 'Control+Space');
    const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
    const isWhole = (option: Locator): Promise<boolean> => option.evaluate((element) => {
      const { left, top, bottom } = element.getBoundingClientRect();
      return [top + 2, bottom - 2].every((y) => element.contains(document.elementFromPoint(left + 8, y)));
    });
    await press(page, 'ArrowUp');
    await expect.poll(() => isWhole(options.last()), 'the last').toBe(true);
    await press(page, 'ArrowDown', 'ArrowDown');
    await expect.poll(() => isWhole(options.first()), 'the first').toBe(true);
    await press(page, 'Escape');
    await press(page, 'Control+`');
  });
  await test.step('lines that are pasted are not run into one', async () => {
    await line(page).evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'MAIL FROM:<>\r\nRCPT TO:<a@example.org>\r\n');
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(view(page).getByRole('alert')).toHaveText('One line is sent at a time; what was pasted has 2.');
  });
  await page.keyboard.type('vr');
  await press(page, 'ArrowDown');
  await expect(page.getByRole('option', { name: /VRFY/ })).toHaveAttribute('aria-selected', 'true');
  expect(await axeViolations(page)).toEqual([]);
  await press(page, 'Enter');
  await expect(line(page)).toHaveValue('VRFY ');
  await page.keyboard.type('postmaster');
  await press(page, 'Enter');
  await expect(transcript(page)).toContainText('252 2.0.0');
  await press(page, 'ArrowUp');
  await expect(line(page)).toHaveValue('VRFY postmaster');
  await press(page, 'ArrowDown');
  await page.keyboard.type('BDAT 3 LAST');
  await press(page, 'Enter');
  await expect(view(page).getByRole('alert')).toContainText('BDAT is not sent from the console');
  await press(page, 'Control+a');
  await page.keyboard.type('DATA');
  await press(page, 'Enter');
  await expect(view(page).getByRole('alert')).toContainText('it is off for this channel');
  await press(page, 'Escape');
  await expect(line(page)).not.toBeFocused();
  await line(page).focus();
  await press(page, 'Control+a');
  await type(page, 'QUIT', '221 2.0.0 Bye');
  await expect(view(page)).toContainText('closed by you: QUIT');
  const open = view(page).getByRole('button', { name: 'Open channel' });
  await expect(open, 'the line has gone, and the keyboard is where another channel is opened').toBeFocused();
  await test.step('while the replay shows a time before it, an open channel is told below, and none is opened', async () => {
    await press(page, 'Enter');
    await expect(line(page)).toBeFocused();
    await press(page, 'Control+Shift+r', 'Home');
    await expect(view(page)).toContainText('go back to now to open a channel');
    await expect(page.locator('.status-bar')).toContainText('Console: TLS 1.3 · authenticated');
    await press(page, 'Escape');
    await view(page).getByRole('button', { name: 'Close channel' }).focus();
    await press(page, 'Enter');
    await expect(open).toBeFocused();
  });
  expect(await axeViolations(page)).toEqual([]);
});

test('by mouse: DATA and AUTH are asked about each time, and no secret stays', async ({ inspector: page }) => {
  await run(page, 'mx1.good-465.example:465');
  await page.getByRole('tab', { name: 'Console' }).click();
  await view(page).getByLabel('Allow DATA').check();
  await view(page).getByLabel('Allow AUTH').check();
  await view(page).getByRole('button', { name: 'Open channel' }).click();
  await line(page).fill('AUTH LOGIN');
  await view(page).getByRole('button', { name: 'Send', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Send this command?' });
  await expect(question).toContainText('Nothing of it is kept');
  expect(await axeViolations(page)).toEqual([]);
  await question.getByRole('button', { name: 'Do not send' }).click();
  await expect(transcript(page)).not.toContainText('AUTH LOGIN');
  await view(page).getByRole('button', { name: 'Send', exact: true }).click();
  await question.getByRole('button', { name: 'Send AUTH' }).click();
  await expect(transcript(page)).toContainText('334 [not kept]');
  for (const secret of ['c29tZWJvZHk=', 'c2VjcmV0']) {
    await expect(line(page)).toHaveAttribute('type', 'password');
    await expect(line(page)).toHaveValue('');
    await line(page).fill('QUIT');
    await expect(page.locator('#console-note'), 'no help for a verb that it is not').toContainText('kept nowhere');
    await line(page).fill(secret);
    await view(page).getByRole('button', { name: 'Send', exact: true }).click();
  }
  await expect(transcript(page)).toContainText('535 5.7.8 [not kept]');
  await expect(line(page)).toHaveAttribute('type', 'text');
  const kept = await page.evaluate(() => document.documentElement.outerHTML + JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]));
  expect(kept).not.toContain('c29tZWJvZHk');
  expect(kept).not.toContain('c2VjcmV0');
  await line(page).press('ArrowUp');
  await expect(line(page)).toHaveValue('');
  for (const [text, reply] of [['MAIL FROM:<>', '250 2.1.0'], ['RCPT TO:<postmaster@good-465.example>', '250 2.1.5']] as const) {
    await line(page).fill(text);
    await view(page).getByRole('button', { name: 'Send', exact: true }).click();
    await expect(transcript(page)).toContainText(reply);
  }
  await line(page).fill('DATA');
  await view(page).getByRole('button', { name: 'Send', exact: true }).click();
  await question.getByRole('button', { name: 'Send DATA' }).click();
  await expect(transcript(page)).toContainText('354 ');
  for (const text of ['Subject: a try', '.']) {
    await line(page).fill(text);
    await view(page).getByRole('button', { name: 'Send', exact: true }).click();
    await expect(line(page)).toHaveValue('');
  }
  await expect(transcript(page)).toContainText('thrown away in the practice lab');
  await view(page).getByRole('button', { name: 'Close channel' }).click();
  await expect(view(page)).toContainText('closed by you');
});

test('a channel that is not authenticated says so in words; a new run closes it', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  await press(page, 'Control+9');
  await view(page).getByRole('button', { name: 'Open channel' }).click();
  await expect(view(page)).toContainText('TLS 1.3 · not authenticated');
  await press(page, 'F5');
  await expect(view(page)).toContainText('No channel is open');
});

test('the engine ends while a channel is open: the view says so and takes no more lines', async ({ inspector: page, enginePid }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+9');
  await view(page).getByRole('button', { name: 'Open channel' }).click();
  await expect(line(page)).toBeFocused();
  process.kill(enginePid(), 'SIGKILL');
  await expect(view(page)).toContainText('closed by the end of the program or the page: The engine was ended by SIGKILL.');
  await expect(view(page).getByRole('alert')).toContainText('The engine cannot be reached');
  await expect(line(page)).toBeHidden();
  await expect(page.locator('.status-bar')).not.toContainText('Console:');
  expect(await axeViolations(page)).toEqual([]);
});

test('a second tab on the address of an open channel says why it waits, and goes on when the channel is closed', async ({ inspector: page }) => {
  const WAITS = /mx1\.good-311\.example 192\.0\.2\.\d+ waits its turn/;
  await run(page, 'good-311.example');
  await press(page, 'Control+9');
  await view(page).getByRole('button', { name: 'Open channel' }).click();
  await expect(line(page)).toBeFocused();
  await page.getByRole('button', { name: 'New tab' }).click();
  await page.keyboard.type('good-311.example');
  await press(page, 'Enter');
  await expect(page.locator('.status-bar .stage')).toHaveText(WAITS);
  const told = page.getByRole('list', { name: 'What waits its turn' });
  await expect(told).toContainText('the console of another run has a channel open to it');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('tablist', { name: 'Runs' }).getByRole('tab').first().click();
  await view(page).getByRole('button', { name: 'Close channel' }).click();
  await page.getByRole('tablist', { name: 'Runs' }).getByRole('tab').nth(1).click();
  await expect(told).toBeHidden();
  await expect(page.getByRole('heading', { level: 2, name: /authenticated/ })).toBeVisible();
});

test('a channel that stays open behind another tab is told below, and one press leads to it', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+9');
  await view(page).getByRole('button', { name: 'Open channel' }).click();
  await expect(line(page)).toBeFocused();
  const told = page.locator('.status-bar').getByRole('button', { name: /^Console of/ });
  await expect(told, 'the one in front is told as the console').toHaveCount(0);
  await press(page, 'Alt+t');
  await expect(told).toHaveText('Console of good-311.example: authenticated');
  await told.hover();
  await expect(page.getByRole('tooltip')).toHaveText('Console of good-311.example: TLS 1.3 · authenticated by 3 1 1 (record 1)');
  expect(await axeViolations(page)).toEqual([]);
  await told.focus();
  await press(page, 'Enter');
  await expect(view(page)).toContainText('TLS 1.3 · authenticated by 3 1 1 (record 1)');
  await expect(told).toHaveCount(0);
  await view(page).getByRole('button', { name: 'Close channel' }).click();
  await expect(page.locator('.status-bar')).not.toContainText('Console');
});
