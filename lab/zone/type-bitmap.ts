/** Type bit maps of NSEC and NSEC3 (RFC 4034 §4.1.2). */
import { concatBytes } from '../../core/base/bytes.ts';

export function typeBitmap(types: Iterable<number>): Uint8Array {
  const windows = new Map<number, Uint8Array>();
  for (const type of [...types].sort((left, right) => left - right)) {
    const window = type >>> 8;
    const octet = (type & 0xff) >>> 3;
    const before = windows.get(window) ?? new Uint8Array(0);
    const bits = new Uint8Array(Math.max(before.length, octet + 1));
    bits.set(before);
    bits[octet] = (bits[octet] ?? 0) | (0x80 >>> (type & 7));
    windows.set(window, bits);
  }
  return concatBytes(...[...windows].map(([window, bits]) => concatBytes(Uint8Array.of(window, bits.length), bits)));
}
