/** A tooltip beside what it tells of: never over it, never out of the window. */
import { expect, test } from 'vitest';
import { tip } from '../../renderer/a11y/tip.ts';
import { tipPlace } from '../../renderer/a11y/tip-place.ts';
import type { Box } from '../../renderer/a11y/tip-place.ts';

const ROOM = { width: 800, height: 600 };
const TIP = { width: 200, height: 40 };
const box = (left: number, top: number, width: number, height: number): Box => ({ left, top, right: left + width, bottom: top + height });

test('below; above at the lower end of the window; aside where there is room neither below nor above', () => {
  expect(tipPlace(box(100, 100, 50, 20), TIP, ROOM, { at: 100, aside: false })).toEqual({ left: 100, top: 123 });
  expect(tipPlace(box(100, 570, 50, 20), TIP, ROOM, { at: 100, aside: false })).toEqual({ left: 100, top: 527 });
  expect(tipPlace(box(100, 10, 50, 580), TIP, ROOM, { at: 100, aside: false })).toEqual({ left: 153, top: 280 });
});

test('aside first, on the left at the right end', () => {
  expect(tipPlace(box(0, 100, 40, 40), TIP, ROOM, { at: 0, aside: true })).toEqual({ left: 43, top: 100 });
  expect(tipPlace(box(700, 100, 90, 40), TIP, ROOM, { at: 700, aside: true })).toEqual({ left: 497, top: 100 });
});

test('where the reader looks at something wide, but within the window', () => {
  expect(tipPlace(box(0, 100, 800, 20), TIP, ROOM, { at: 500, aside: false })).toEqual({ left: 500, top: 123 });
  expect(tipPlace(box(0, 100, 800, 20), TIP, ROOM, { at: 780, aside: false })).toEqual({ left: 596, top: 123 });
});

test('where it would cover what it tells of, or leave the window, there is none', () => {
  expect(tipPlace(box(0, 0, 800, 600), TIP, ROOM, { at: 0, aside: false })).toBeNull();
  expect(tipPlace(box(0, 0, 20, 20), { width: 900, height: 40 }, ROOM, { at: 0, aside: false })).toBeNull();
});

test.each([[0, 0], [396, 0], [780, 580], [0, 580], [300, 300]])('over none of what stands at %i, %i', (left, top) => {
  for (const aside of [true, false]) {
    const place = tipPlace(box(left, top, 20, 20), TIP, ROOM, { at: left, aside });
    if (place === null) throw new Error('no place');
    const apart = place.left >= left + 20 || place.left + TIP.width <= left || place.top >= top + 20 || place.top + TIP.height <= top;
    expect(apart).toBe(true);
  }
});

test('its text is escaped and cut, line by line', () => {
  expect(tip(`a\u001B[2J\u202E\n${'b'.repeat(500)}`)['data-tip']).toBe(`a\\x1b[2J\\u{202e}\n${'b'.repeat(400)}…`);
  expect(tip(undefined)).toEqual({});
});
