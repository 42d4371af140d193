import { describe, expect, test } from 'vitest';
import { ignoredByAgility } from '../../core/dane/digest-agility.ts';
import { codes, judged, leaf, record, recordsOf, root } from './test-chain.ts';

const ignored = (...texts: readonly string[]): number[] => [...ignoredByAgility(recordsOf(...texts)).keys()];

describe('RFC 7671 §9: digest algorithm agility', () => {
  test('SHA2-256 is ignored beside SHA2-512 of the same usage and selector', () => {
    expect(ignored(record('3 1 1', leaf), record('3 1 2', leaf))).toEqual([0]);
  });

  test('usage and selector are looked at each by itself', () => {
    expect(ignored(record('3 1 1', leaf), record('3 0 2', leaf), record('2 1 2', root))).toEqual([]);
  });

  test('Full(0) is no digest: it neither ignores nor is ignored', () => {
    expect(ignored(record('3 1 0', leaf), record('3 1 1', leaf))).toEqual([]);
    expect(ignored(record('3 1 0', leaf), record('3 1 2', leaf))).toEqual([]);
  });

  test('an unusable SHA2-512 ignores nothing: unusable records go first', () => {
    expect(ignored('3 1 2 abcd', record('3 1 1', leaf))).toEqual([]);
  });

  test('a wrong 3 1 2 beside a right 3 1 1 fails, and the table says why', () => {
    const authentication = judged([record('3 1 1', leaf), record('3 1 2', leaf, true)]);
    expect(authentication.matched).toBeNull();
    expect(codes(authentication, 0)).toEqual(['ignored-by-agility', 'ignored-by-agility', 'ignored-by-agility']);
    expect(authentication.comparisons[0]?.reason.rfc).toBe('RFC 7671 §9');
  });

  test.each([
    ['wrong 3 1 2, right 3 0 1', [record('3 1 2', leaf, true), record('3 0 1', leaf)], 1],
    ['wrong 3 1 1, right 3 1 0', [record('3 1 1', leaf, true), record('3 1 0', leaf)], 1],
    ['right 3 1 2, wrong 3 1 1', [record('3 1 2', leaf), record('3 1 1', leaf, true)], 0],
    ['right 3 1 1, wrong 3 1 0', [record('3 1 1', leaf), record('3 1 0', root)], 0],
  ] as const)('%s passes', (_, records, index) => {
    expect(judged(records).matched).toEqual({ record: index, depth: 0 });
  });
});
