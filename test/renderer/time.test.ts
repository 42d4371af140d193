import { expect, test } from 'vitest';
import { localTime } from '../../renderer/text/time.ts';

const MOMENT = Date.parse('2026-11-24T23:02:07.312Z');

test('the local time names its offset; where it is UTC nothing is said twice', () => {
  expect(localTime(MOMENT, 60)).toBe('2026-11-25 00:02:07 +01:00');
  expect(localTime(MOMENT, -210)).toBe('2026-11-24 19:32:07 −03:30');
  expect(localTime(MOMENT, 0)).toBeNull();
});

test('what is no time in a run file is none here', () => {
  expect(localTime(Number.NaN, 60)).toBeNull();
  expect(localTime(8.64e15, 60)).toBeNull();
});
