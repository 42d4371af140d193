/** Which rows of a long table are in the document. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import { isSameRow, matrix } from '../../renderer/views/overview/model.ts';
import { coming, placesIn } from '../../renderer/views/use-row-window.ts';
import { twoHosts } from './fixtures/events.ts';

describe('the rows of a long matrix that are drawn', () => {
  test('are those in sight with some around them', () => {
    const places = placesIn({ first: 100, height: 560, row: 28 }, 300, []);
    expect([places[0], places.at(-1)]).toEqual([94, 132]);
  });

  test('fill what is in sight though each is a quarter lower than taken, and the first of them two rows old', () => {
    const [height, row] = [1000, 40];
    const places = placesIn({ first: 100, height, row }, 300, []);
    expect((places.at(-1) ?? 0) + 1 - 102).toBeGreaterThanOrEqual(height / (row * 0.75));
  });

  test('are also the one with the focus and the one selected, wherever they are', () => {
    const places = placesIn({ first: 0, height: 280, row: 28 }, 300, [200, -1, 3, 299, 300]);
    expect(places.slice(-3)).toEqual([19, 200, 299]);
  });

  test('end with the table', () => {
    expect(placesIn({ first: 320, height: 560, row: 28 }, 50, [])).toEqual([]);
    expect(placesIn({ first: 40, height: 560, row: 28 }, 50, []).at(-1)).toBe(49);
  });
});

describe('the rows that come with a frame', () => {
  const ids = Array.from({ length: 100 }, (_, place) => `row ${String(place)}`);
  const all = ids.map((_, place) => place);
  const frame = (there: ReadonlySet<string>, of = ids): ReadonlySet<string> => new Set(coming(all.slice(0, 30), of, { there, needed: [] }).map((place) => of[place] ?? ''));

  test('are six at first, then a few each time, and those that are there stay', () => {
    const sizes: number[] = [];
    for (let there = frame(new Set()); sizes.at(-1) !== there.size; there = frame(there)) sizes.push(there.size);
    expect(sizes).toEqual([6, 9, 12, 15, 18, 21, 24, 27, 30]);
  });

  test('are a few also where each row is another now: those of one host after those of many', () => {
    const full = new Set(ids.slice(0, 30));
    expect([...frame(full, ids.map((id) => `${id} address`))]).toHaveLength(3);
    const mixed = ids.map((id, place) => (place % 2 === 0 ? id : `${id} address`));
    expect([...frame(full, mixed)]).toHaveLength(15 + 3);
  });

  test('are always those with the focus or the selection', () => {
    expect(coming(all, ids, { there: new Set(ids.slice(0, 3)), needed: [90] })).toEqual([0, 1, 2, 3, 4, 5, 90]);
  });
});

test('a row that says the same is the same row, and another one is not', () => {
  const now = matrix(fold(twoHosts));
  const again = matrix(fold(twoHosts));
  const early = matrix(fold(twoHosts.slice(0, twoHosts.findIndex(({ type }) => type === 'dane.endpoint'))));
  expect(now.every((row, index) => isSameRow(row, again[index] ?? row))).toBe(true);
  expect(early.some((row, index) => !isSameRow(row, now[index] ?? row))).toBe(true);
});
