/** What the local browser host promises, in a real browser. */
import { axeViolations } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { field } from './inspector.ts';

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

test('an engine that does not answer yet: the window says so, and comes when it does', async ({ inspector, sharedHost, enginePid, chromiumBrowser }) => {
  test.skip(process.platform === 'win32', 'no process can be stopped there and go on');
  await expect(field(inspector)).toBeVisible();
  const other = await chromiumBrowser.newContext();
  const page = await other.newPage();
  await page.clock.install();
  const engine = enginePid();
  process.kill(engine, 'SIGSTOP');
  try {
    await page.goto((await sharedHost(true)).address());
    const said = page.getByRole('status');
    await expect(said).toHaveText('The engine starts…');
    expect(await axeViolations(page)).toEqual([]);
    await page.clock.fastForward(10_000);
    await expect(said).toContainText('The engine has not answered yet.');
    await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
  } finally {
    process.kill(engine, 'SIGCONT');
  }
  await expect(field(page)).toBeFocused();
  await other.close();
});
