import { describe, expect, test } from 'vitest';
import { plainText } from '../../core/base/plain-text.ts';

describe('plain text', () => {
  test.each([
    ['an escape sequence that sets the title', '\u001b]0;owned\u0007', '\\x1b]0;owned\\x07'],
    ['a C1 control sequence introducer', '\u009b31m', '\\x9b31m'],
    ['line ends', 'a\r\nb', 'a\\x0d\\x0ab'],
    ['a right-to-left override', 'exe.\u202egpj', 'exe.\\u{202e}gpj'],
    ['isolates and marks', '\u2066x\u2069\u200f', '\\u{2066}x\\u{2069}\\u{200f}'],
    ['invisible tag characters', `a${String.fromCodePoint(0xe0041)}`, 'a\\u{e0041}'],
    ['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
    ['a zero-width space and a byte order mark', '\u200b\ufeff', '\\u{200b}\\u{feff}'],
  ])('shows %s', (_, hostile, shown) => {
    expect(plainText(hostile)).toBe(shown);
  });

  test('leaves what people write', () => {
    expect(plainText('Grüße, 你好 🙂 "<b>&amp;"')).toBe('Grüße, 你好 🙂 "<b>&amp;"');
  });

  test('marks that would be drawn over other lines are escaped after the fourth', () => {
    expect(plainText('e\u0302\u0301 ba')).toBe('e\u0302\u0301 ba');
    expect(plainText(`Z${'\u0301'.repeat(6)}a`)).toBe(`Z${'\u0301'.repeat(4)}\\u{301}\\u{301}a`);
  });

  test('cuts what is too long, and says so', () => {
    expect(plainText('x'.repeat(10), 4)).toBe('xxxx…');
  });
});
