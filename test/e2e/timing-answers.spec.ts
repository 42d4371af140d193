/** Where the time went, and what each name server said. */
import { clipboard, lastRow, press, run } from './inspector.ts';
import { expect, test } from './fixtures.ts';

test('by keyboard', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('the waterfall is walked, filtered, and leads the other views', async () => {
    await press(page, 'Control+7');
    const grid = page.getByRole('grid', { name: 'Timing' });
    await expect(grid).toContainText('TLS handshake');
    await press(page, 'Control+f');
    await page.keyboard.type('banner');
    await expect(grid.getByRole('rowheader').filter({ hasText: 'TLS handshake' })).toHaveCount(0);
    await press(page, 'Tab');
    await press(page, 'Enter');
    await expect(grid.getByRole('row', { selected: true })).toContainText('banner');
    await expect(page.locator('.line-options [aria-selected="true"]')).toContainText('220 mx1.good-311.example');
  });
  await test.step('an answer, its text and its bytes; the selection stays with it in the timing', async () => {
    await press(page, 'Control+8');
    await press(page, 'Control+f');
    await page.keyboard.type('_25._tcp');
    await press(page, 'Tab');
    await press(page, 'End');
    await expect(page.getByRole('region', { name: 'Message', exact: true })).toContainText('IN TLSA 3 1 1');
    await page.getByRole('button', { name: 'Bytes', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Bytes of the message' })).toContainText('0000');
    await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('TLSA');
  });
});

test('by mouse', async ({ inspector: page }) => {
  await run(page, 'good-311.example');
  await test.step('each DNS message, and a lookup in the details', async () => {
    await page.getByRole('tab', { name: 'Timing' }).click();
    await page.getByLabel('Each DNS message').check();
    await expect(page.getByRole('grid', { name: 'Timing' })).toContainText('DNS messages');
    await page.getByRole('rowheader').filter({ hasText: 'good-311.example MX' }).first().click();
    await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('good-311.example MX');
  });
  await test.step('the query behind an answer, copied', async () => {
    await page.getByRole('tab', { name: 'Answers' }).click();
    await page.getByLabel('Filter answers').fill('good-311.example MX');
    await (await lastRow(page.getByRole('grid', { name: 'Answers of the name servers' }))).click();
    await page.getByRole('button', { name: 'Query' }).click();
    await expect(page.getByRole('region', { name: 'Message', exact: true })).toContainText('flags: do');
    await page.locator('.message-head').getByRole('button', { name: 'Copy' }).click();
    await expect(page.locator('.status-bar')).toContainText('Copied the message');
    expect(await clipboard(page)).toMatch(/good-311\.example\. IN MX/i);
  });
});

test('forced colours: the outline of the row that is chosen goes around its bars too', async ({ inspector: page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await run(page, 'good-311.example');
  await press(page, 'Control+7', 'ArrowDown');
  // The focus has an outline of its own around the first cell.
  await press(page, 'Control+l');
  const box = await page.locator('.waterfall-row.current').boundingBox();
  if (box === null) throw new Error('no row is chosen');
  const top = (await page.screenshot({ clip: { x: box.x, y: box.y + 1, width: box.width, height: 1 } })).toString('base64');
  const blank = await page.context().newPage();
  const colours = await blank.evaluate(async (png) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, 1).getContext('2d');
    if (canvas === null) throw new Error('no canvas');
    canvas.drawImage(picture, 0, 0);
    const { data } = canvas.getImageData(0, 0, picture.width, 1);
    return Array.from({ length: picture.width }, (_, at) => data.slice(at * 4, at * 4 + 3).join(' '));
  }, top);
  await blank.close();
  expect(new Set(colours).size).toBe(1);
  expect(colours[0]).not.toBe('255 255 255');
});

test('a fault of a zone leads to the RRset that it met', async ({ inspector: page }) => {
  await run(page, 'signature-expired.example');
  await press(page, 'F8');
  await expect(page.getByRole('region', { name: 'Details', exact: true })).toContainText('RRset');
});
