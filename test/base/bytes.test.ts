import { describe, expect, test } from 'vitest';
import { compareBytes, concatBytes, equalBytes, fromBase64, fromHex, toBase64, toHex } from '../../core/base/bytes.ts';

describe('bytes', () => {
  test('hex goes there and back, and refuses what is not hex', () => {
    expect(toHex(fromHex('00ffA9'))).toBe('00ffa9');
    expect(() => fromHex('abc')).toThrow('even number');
    expect(() => fromHex('zz')).toThrow('hex');
  });

  test('base64 goes there and back, beyond what one call can take as arguments', () => {
    const bytes = Uint8Array.from({ length: 200_001 }, (_, index) => index % 251);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(equalBytes(fromBase64(toBase64(bytes)), bytes)).toBe(true);
  });

  test('RFC 4034 §6.3: octets compare unsigned, an absent octet first', () => {
    expect(compareBytes(Uint8Array.of(0x7f), Uint8Array.of(0x80))).toBeLessThan(0);
    expect(compareBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBeLessThan(0);
    expect(compareBytes(Uint8Array.of(1, 0), Uint8Array.of(1, 0))).toBe(0);
  });

  test('joining keeps order, equality needs equal length', () => {
    expect([...concatBytes(Uint8Array.of(1), Uint8Array.of(), Uint8Array.of(2, 3))]).toEqual([1, 2, 3]);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  });
});
