/** Names of servers in both forms: the letters for the reader, the A-label for which name it is. */
import { toASCII } from 'tr46';
import { describe, expect, test } from 'vitest';
import { nameInBothForms, unicodeName } from '../../core/target/name-words.ts';

const ascii = (name: string): string => {
  const found = toASCII(name);
  if (found === null) throw new Error(name);
  return found;
};

describe('RFC 5890 §4.4: the A-label stands beside the U-label', () => {
  test.each(['mx.bücher.example', 'straße.example', 'почта.example', 'メール.example', '郵便mail.example', 'البريد.example', 'דואר.example', 'mx.ελληνικά.example'])('%s', (name) => {
    expect(unicodeName(ascii(name))).toBe(name);
    expect(nameInBothForms(ascii(name))).toBe(`${name} (${ascii(name)})`);
  });

  test('the letters of the A-label may be of either case (RFC 5890 §2.3.2.1)', () => {
    expect(nameInBothForms('MX.XN--Bcher-KVA.example')).toBe('mx.bücher.example (MX.XN--Bcher-KVA.example)');
  });
});

describe('what stays an A-label', () => {
  test.each(['mx1.example.org', '192.0.2.1', '2001:db8::1', '', 'xn-.example', '_25._tcp.mx.example'])('nothing to tell: %j', (name) => expect(nameInBothForms(name)).toBe(name));

  test('RFC 5891 §5.4: a label that is no A-label', () => {
    for (const name of ['xn--a.example', 'xn--a-ecp.ru', 'xn--.example', 'xn--0.example', 'xn--bücher.example', `xn--${'9'.repeat(59)}.example`]) expect([name, unicodeName(name)]).toEqual([name, null]);
  });

  test('UTS #39 §5.2: letters of several scripts in one label; the other labels are told', () => {
    const mixed = ascii('p\u0430yp\u0430l.example');
    expect(unicodeName(mixed)).toBeNull();
    expect(unicodeName(`bücher-mx.${mixed}`.replace('bücher-mx', ascii('bücher-mx')))).toBe(`bücher-mx.${mixed}`);
  });

  test('a letter that cannot be seen, a control, a direction', () => {
    for (const label of ['xn--invisible-v29h', 'xn--gba-9e1c', 'xn--a-0hn', 'xn--ab-m1t']) {
      const shown = unicodeName(`${label}.example`);
      expect(shown ?? '').not.toMatch(/[\p{C}\p{Default_Ignorable_Code_Point}]/u);
    }
  });

  test('RFC 5893 §2: directions that are mixed in one label', () => {
    expect(unicodeName('xn--a-zhc.example')).toBeNull();
  });
});

test('whatever is told leads back to the very name', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789-';
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const labels = Array.from({ length: 4_000 }, () => `xn--${Array.from({ length: 2 + random(8) }, () => letters[random(letters.length)] ?? '').join('')}`);
  const told = labels.map((label) => `${label}.example`).flatMap((name) => {
    const unicode = unicodeName(name);
    return unicode === null ? [] : [[name, toASCII(unicode)] as const];
  });
  expect(told.length).toBeGreaterThan(20);
  expect(told.filter(([name, back]) => name !== back)).toEqual([]);
});
