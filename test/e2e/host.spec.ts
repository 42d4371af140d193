/** What the local browser host promises, in a real browser. */
import { expect, test } from './fixtures.ts';

test.skip(({ shell }) => shell === 'electron', 'about the local browser host');

test('the one-time token leaves the address at once, and a reload needs none', async ({ inspector }) => {
  await expect(inspector.getByText('practice lab', { exact: true }).first()).toBeVisible();
  expect(new URL(inspector.url()).hash).toBe('');
  await inspector.reload();
  await expect(inspector.getByText('practice lab', { exact: true }).first()).toBeVisible();
});

test('a used address gives another browser the page, and no engine', async ({ inspector, hostAddress, chromiumBrowser }) => {
  await expect(inspector.getByText('practice lab', { exact: true }).first()).toBeVisible();
  const other = await chromiumBrowser.newContext();
  const page = await other.newPage();
  await page.goto(hostAddress);
  await expect(page.getByText(/used before, or is too old/)).toBeVisible();
  await other.close();
});

test('another page of the browser can neither frame the inspector nor read it', async ({ inspector, hostAddress, chromiumBrowser }) => {
  await expect(inspector.getByText('practice lab', { exact: true }).first()).toBeVisible();
  const other = await chromiumBrowser.newContext();
  const page = await other.newPage();
  await page.setContent('<title>evil</title>');
  const { origin } = new URL(hostAddress);
  const read = await page.evaluate(async (url) => fetch(url).then((reply) => reply.text(), () => 'blocked'), `${origin}/`);
  expect(read).toBe('blocked');
  const framed = page.waitForResponse((response) => response.frame() !== page.mainFrame());
  await page.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
  }, hostAddress);
  expect((await framed).status()).toBe(403);
  await other.close();
});
