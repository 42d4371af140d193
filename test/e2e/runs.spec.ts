/** Runs saved, opened and replayed; every command by its name. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { axeViolations } from './axe.ts';
import { clipboard, copiedBy, field, finished, inLightAndDark, press, run, savedName } from './inspector.ts';
import { expect, test } from './fixtures.ts';

async function saved(page: Page): Promise<{ readonly name: string; readonly path: string }> {
  const waiting = page.waitForEvent('download');
  await press(page, 'Control+s');
  const download = await waiting;
  return { name: download.suggestedFilename(), path: await download.path() };
}

test('a run is saved, and opened again from its file', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  await run(page, 'tlsa-mismatch.example');
  const { name, path } = await saved(page);
  await test.step('by keyboard', async () => {
    expect(name).toMatch(/^tlsa-mismatch\.example \d{4}-\d\d-\d\d \d{4}Z\.danescope\.jsonl$/);
    await run(page, 'good-311.example');
    const chooser = page.waitForEvent('filechooser');
    await press(page, 'Control+o');
    await (await chooser).setFiles(path);
    await expect(page.locator('.headline-circumstances')).toContainText('tlsa-mismatch.example');
    await expect(page.getByText(/^Result of \d{4}-\d\d-\d\d, made today\.$/)).toBeVisible();
    await expect(field(page)).toHaveValue('tlsa-mismatch.example');
    await press(page, 'F8');
    await expect(page.getByRole('article')).toContainText('does not match the chain');
  });
  await test.step('one that ended by a fault of ours: it is saved, and the report that is copied names nobody', async () => {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as object;
    await press(page, 'Alt+t');
    await drop(page, 'bug.jsonl', `${[...lines.slice(0, -1), JSON.stringify({ ...last, type: 'run.failed', text: 'TypeError: mx1.tlsa-mismatch.example is not iterable\n    at fold (fold.js:1)' })].join('\n')}\n`);
    await expect(page.getByRole('heading', { name: /^failed: The inspector failed at .+; the evidence so far is kept\.$/ })).toBeVisible();
    const report = await copiedBy(page, () => page.getByRole('button', { name: 'Copy the report' }).click());
    expect(report).toMatch(/^Danescope \d+\.\d+\.\d+ failed at .+\nTypeError: \(a name\) is not iterable\n {4}at fold \(fold\.js:1\)\nShell: /);
    expect(report).not.toContain('tlsa-mismatch');
    expect(await axeViolations(page)).toEqual([]);
    await savedName(page, null, () => page.getByRole('button', { name: 'Save the run' }).click());
  });
  await test.step('by mouse, dragged into the window; one that is no run is answered in words', async () => {
    await press(page, 'Alt+t');
    await expect(page.getByRole('heading', { name: 'Which domain’s mail?' })).toBeVisible();
    await drop(page, 'notes.txt', 'no run');
    const notice = page.getByRole('dialog', { name: 'Notice' });
    await expect(notice).toContainText('Cannot open notes.txt: line 1: This is not a run file');
    await notice.getByRole('button', { name: 'OK' }).click();
    await drop(page, 'a run.jsonl', readFileSync(path, 'utf8'));
    await expect(page.locator('.headline-circumstances')).toContainText('tlsa-mismatch.example');
    expect(await axeViolations(page)).toEqual([]);
  });
});

test('a run that was made elsewhere says where: headline, circumstances and status bar are its own, not those of this window', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  await run(page, 'tlsa-mismatch.example');
  const { path } = await saved(page);
  await press(page, 'Alt+t');
  const status = page.locator('.status-facts');
  await expect(status).toContainText('practice lab');
  const [header = '', first = '', ...rest] = readFileSync(path, 'utf8').split('\n');
  const event = JSON.parse(first) as { context: object };
  const elsewhere = { ...event, context: { ...event.context, lab: null, sources: ['198.51.100.7'], tlsLibrary: 'OpenSSL 9.9.9 (Node 99)' } };
  await drop(page, 'a run.jsonl', [header, JSON.stringify(elsewhere), ...rest].join('\n'));
  await expect(page.locator('.headline-circumstances')).toContainText('from 198.51.100.7');
  await expect(page.getByRole('region', { name: 'How this was checked' })).toContainText('198.51.100.7, before any translator');
  await expect(status).toContainText('from 198.51.100.7');
  await expect(status.locator('.lab')).toHaveCount(0);
  await expect(status).toHaveAccessibleDescription(/TLS library: OpenSSL 9\.9\.9/);
});

test('a run of servers whose names have A-labels: both forms wherever a server is named', async ({ inspector: page, shell }) => {
  test.skip(shell === 'electron', 'the file dialogues of Electron are native');
  await run(page, 'tlsa-mismatch.example');
  const { path } = await saved(page);
  await press(page, 'Alt+t');
  await drop(page, 'a run.jsonl', readFileSync(path, 'utf8').replaceAll('mx1.tlsa-mismatch.example', 'mx1.xn--bcher-kva.example'));
  await inLightAndDark(page, async () => {
    await expect(page.getByRole('grid', { name: 'Delivery matrix' }).getByRole('rowheader')).toHaveText('10 mx1.bücher.example mx1.xn--bcher-kva.example');
    await expect(page.getByRole('listbox', { name: /^Findings/ }).getByRole('option')).toContainText('mx1.bücher.example (mx1.xn--bcher-kva.example) · 192.0.2.');
    await expect(page.getByRole('region', { name: 'Details', exact: true }).getByRole('heading').first()).toContainText('mx1.bücher.example (mx1.xn--bcher-kva.example)');
    await expect(page.getByRole('combobox', { name: 'Connection' })).toContainText('mx1.bücher.example (mx1.xn--bcher-kva.example)');
    expect(await axeViolations(page)).toEqual([]);
  });
});

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.evaluate(([fileName, content]) => {
    const data = new DataTransfer();
    data.items.add(new File([content ?? ''], fileName ?? ''));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [name, text]);
}

test('the replay shows the run as it was, and goes back to now', async ({ inspector: page }) => {
  await run(page, 'tlsa-mismatch.example');
  // The row that had it may have been none at that event.
  const inOverview = page.locator('[data-view="overview"]:focus, [data-view="overview"] :focus');
  await inLightAndDark(page, async () => {
    await press(page, 'Control+1', 'Control+Shift+r');
    const slider = page.getByRole('slider', { name: 'Event' });
    await slider.focus();
    await press(page, 'Home');
    await expect(page.getByRole('region', { name: 'Replay' })).toContainText('1 of');
    await expect(page.locator('.navigator')).toContainText('None so far.');
    await press(page, 'ArrowRight');
    await expect(page.getByRole('region', { name: 'Replay' })).toContainText('2 of');
    expect(await axeViolations(page)).toEqual([]);
    await press(page, 'Control+Shift+r');
    await expect(page.getByRole('region', { name: 'Replay' })).toBeHidden();
    await expect(page.getByRole('heading', { level: 2, name: /refused/ })).toBeVisible();
    await expect(inOverview, 'the keyboard is where it was').toHaveCount(1);
  });
  await test.step('Esc leads back too', async () => {
    await press(page, 'Control+Shift+r', 'ArrowLeft', 'Escape');
    await expect(page.getByRole('region', { name: 'Replay' })).toBeHidden();
    await expect(inOverview).toHaveCount(1);
  });
  await test.step('by mouse: one event back and on', async () => {
    await press(page, 'Control+Shift+r');
    await page.getByRole('button', { name: 'One event back' }).click();
    await expect(page.getByRole('button', { name: 'One event on' })).toBeEnabled();
    await page.getByRole('button', { name: 'One event on' }).click();
    await expect(page.getByRole('button', { name: 'One event on' })).toBeDisabled();
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect(page.getByRole('region', { name: 'Replay' })).toBeHidden();
    await expect(inOverview).toHaveCount(1);
  });
});

test('the palette: type, Enter; axe has nothing to say', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await inLightAndDark(page, async () => {
    await press(page, 'Control+Shift+p');
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
    await page.keyboard.type('tlsa');
    await press(page, 'Enter');
    await expect(page.getByRole('tab', { name: 'TLSA' })).toHaveAttribute('aria-selected', 'true');
    await page.getByRole('button', { name: /^Commands/ }).click();
    await page.getByRole('option', { name: /Timing/ }).click();
    await expect(page.getByRole('tab', { name: 'Timing' })).toHaveAttribute('aria-selected', 'true');
  });
});

test('text size by keyboard survives a reload; Ctrl+. walks the events of the endpoint', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await press(page, 'Control+.');
  await expect(page.locator('.status-message')).toContainText('Event');
  await press(page, 'Control+=');
  await expect(page.locator('html')).toHaveCSS('font-size', '17.6px');
  await page.reload();
  await expect(field(page)).toBeVisible();
  await expect(page.locator('html')).toHaveCSS('font-size', '17.6px');
  await press(page, 'Control+0');
  await expect(page.locator('html')).toHaveCSS('font-size', '16px');
});

test('the page is loaded again, as by the browser’s button: every tab is as it was, also one whose run was stopped by that', { tag: '@both' }, async ({ inspector: page }) => {
  test.slow();
  const tabs = page.getByRole('tablist', { name: 'Runs' }).getByRole('tab');
  await run(page, 'tlsa-mismatch.example');
  await press(page, 'F8');
  await press(page, 'Control+Shift+d');
  const dialogue = await clipboard(page);
  await press(page, 'Alt+t');
  await press(page, 'F9');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('good-311.example');
  await press(page, 'Enter');
  await expect(page.getByRole('region', { name: 'Step mode' })).toContainText('EHLO probe.example.org');
  await page.reload();
  await expect(tabs).toHaveText([/tlsa-mismatch\.example/, /good-311\.example/]);
  await expect(page.getByRole('heading', { name: 'Stopped; the evidence so far is kept.' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Step mode' })).toHaveCount(0);
  await expect(page.locator('.dialogue .xterm-rows')).toContainText('220 mx1.good-311.example');
  await press(page, 'Alt+PageUp');
  await expect(page.getByRole('article')).toContainText('does not match the chain');
  await press(page, 'Control+Shift+d');
  expect(await clipboard(page)).toBe(dialogue);
  await expect(page.locator('article[aria-current="true"]')).toHaveCount(1);
  await press(page, 'F5');
  // Until the engine has read the target, the window shows the run before, with its finding.
  await expect(page.locator('article[aria-current="true"]')).toHaveCount(0);
  await finished(page);
  await press(page, 'Control+1');
  await page.reload();
  await expect(tabs).toHaveText([/tlsa-mismatch\.example/, /good-311\.example/]);
  await expect(page.getByRole('heading', { level: 2, name: /refused/ })).toBeVisible();
});
