import { describe, expect, test } from 'vitest';
import { parseTarget } from '../../core/target/parse.ts';
import { targetWords } from '../../core/target/target-words.ts';
import type { Target } from '../../core/target/target.ts';

function read(text: string): Target {
  const target = parseTarget(text);
  if (!target.ok) throw new Error(target.failure.message);
  return target.value;
}

describe('RFC 5890 §4.4: a name in both forms, whichever was typed', () => {
  test.each([
    ['bücher.example', 'bücher.example (xn--bcher-kva.example)'], ['XN--bcher-kva.example', 'XN--bcher-kva.example (bücher.example)'],
    ['user@BÜCHER.example', 'user@BÜCHER.example (xn--bcher-kva.example)'], ['bücher.example:465', 'bücher.example:465 (xn--bcher-kva.example)'],
    ['аррӏе.example', 'аррӏе.example (xn--80ak6aa92e.example)'], ['bücher。example', 'bücher。example (xn--bcher-kva.example)'],
  ])('%s', (typed, told) => {
    expect(targetWords(read(typed))).toBe(told);
  });

  test.each(['example.org', 'Example.ORG.', 'user@example.org', 'mx1.example.org:25', '192.0.2.25', '[2001:db8::25]:465'])('%s has one form', (typed) => {
    expect(targetWords(read(typed))).toBe(typed);
  });

  test('the A-label is never cut, and what was typed is escaped', () => {
    const long = `${'ü'.repeat(30)}.${'ö'.repeat(30)}.example`;
    const { domain } = read(long) as Extract<Target, { kind: 'mail-domain' }>;
    expect(targetWords(read(long), 60)).toBe(`${long.slice(0, 12)}… (${domain})`);
    expect(targetWords({ kind: 'mail-domain', input: 'a\u202eb', domain: 'xn--a.example', unicode: null, port: 25, tls: 'starttls' })).toBe('a\\u{202e}b (xn--a.example)');
  });

  test('a run file that tells a name of its own does not hide which one it was', () => {
    expect(targetWords({ kind: 'mail-domain', input: 'good.example', domain: 'evil.example', unicode: null, port: 25, tls: 'starttls' })).toBe('good.example (evil.example)');
  });
});
