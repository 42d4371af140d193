import { describe, expect, test } from 'vitest';
import { entryNamed, nextEntry } from '../../renderer/a11y/menu.tsx';

const TITLES = ['Move to: left side', 'Move to: centre', 'Hide', 'Move to: right side'];

describe('in a menu', () => {
  test('arrows go round, Home and End to the ends, other keys nowhere', () => {
    expect([nextEntry(4, 3, 'ArrowDown'), nextEntry(4, 0, 'ArrowUp'), nextEntry(4, 2, 'Home'), nextEntry(4, 0, 'End'), nextEntry(4, 0, 'm')]).toEqual([0, 3, 0, 3, null]);
  });

  test('a letter leads to the next that begins so, a word to the one that does', () => {
    expect(entryNamed(TITLES, 0, 'm')).toBe(1);
    expect(entryNamed(TITLES, 3, 'm')).toBe(0);
    expect(entryNamed(TITLES, 1, 'move to: r')).toBe(3);
    expect(entryNamed(TITLES, 3, 'move to: right')).toBe(3);
    expect(entryNamed(TITLES, 0, 'x')).toBeNull();
  });
});
