import { describe, expect, test } from 'vitest';
import type { SubjectId } from '../../core/base/subject.ts';
import { LONGEST_ANCHOR, SUBJECT_ANCHOR, subjectAnchor } from '../../core/base/subject-anchor.ts';

const anchors = (...subjects: readonly string[]): (string | null)[] => subjects.map((subject) => subjectAnchor(subject as SubjectId));

describe('the anchor of a subject', () => {
  test('is what an address has after its #', () => {
    expect(anchors('cert:00ff')).toEqual(['subject=cert%3A00ff']);
    const anchor = subjectAnchor('endpoint:mx1.example.org/2001:db8::25/ecdsa') ?? '';
    expect(new URL(`http://report.example/#${anchor}`).hash).toBe(`#${anchor}`);
    expect(decodeURIComponent(anchor.slice(SUBJECT_ANCHOR.length))).toBe('endpoint:mx1.example.org/2001:db8::25/ecdsa');
  });

  test('is another for another subject', () => {
    const subjects = ['zone:a', 'zone:A', 'zone:a b', 'zone:a%20b', 'zone:a+b', 'zone:a\u00a0b', 'zone:a\u0000b', 'zone:a\ufffdb', 'zone:a\ud800b', 'zone:a\udc00b', 'zone:a\u{10000}b', 'zone:a%ud800b', 'zone:a~b', 'zone:a/b', 'zone:a\\047b'];
    const told = anchors(...subjects);
    expect(new Set(told).size).toBe(subjects.length);
    expect(told.every((anchor) => anchor !== null && /^subject=[!-~]+$/.test(anchor) && !/["<>&\s]/.test(anchor))).toBe(true);
  });

  test('is none for a subject of 10 kB: cut, two could be alike', () => {
    expect(anchors(`zone:${'a'.repeat(10_000)}`, `zone:${'\u202e'.repeat(LONGEST_ANCHOR / 2)}`)).toEqual([null, null]);
  });
});
