import { expect, test } from 'vitest';
import { wholeReferences } from '../../core/base/whole-references.ts';

test('no line ends within the reference of a rule, and everywhere else as before', () => {
  expect(wholeReferences('Mail to it bounces (RFC 5321 §5.1).')).toBe('Mail to it bounces (RFC\u00A05321\u00A0§5.1).');
  expect(wholeReferences('RFC 5321 §4.2, §2.3.8')).toBe('RFC\u00A05321\u00A0§4.2, §2.3.8');
  expect(wholeReferences('as RFC 7672 says')).toBe('as RFC\u00A07672 says');
  for (const other of ['', 'an RFC of 1982', 'xRFC 5321', 'RFC 822222 §1', '§ 5.1']) expect(wholeReferences(other)).toBe(other);
});
