/** Names inside a DNS message: compression undone, loops impossible (RFC 1035 §4.1.4). */
import { MAXIMUM_NAME_LENGTH, type Name } from './name.ts';

export interface WireName {
  readonly name: Name;
  /** where the octets after the name begin in the message */
  readonly end: number;
}

const POINTER = 0xc0;
/** A name has at most 127 labels; more jumps than that come from nobody honest. */
const MAXIMUM_JUMPS = 127;

/**
 * The name at `offset`, expanded; null where it runs past the end, is over-long, or points anywhere but backward. As every
 * pointer has to lie before the part it continues, no loop can be built.
 */
export function readWireName(message: Uint8Array, offset: number): WireName | null {
  const wire = new Uint8Array(MAXIMUM_NAME_LENGTH);
  let length = 0;
  let position = offset;
  let partStart = offset;
  let end: number | null = null;
  for (let jumps = 0; ; ) {
    const octet = message[position];
    if (octet === undefined) return null;
    if ((octet & POINTER) === POINTER) {
      const low = message[position + 1];
      if (low === undefined) return null;
      end ??= position + 2;
      position = ((octet & 0x3f) << 8) | low;
      jumps += 1;
      if (position >= partStart || jumps > MAXIMUM_JUMPS) return null;
      partStart = position;
      continue;
    }
    if (octet > 63 || length + octet + 1 > MAXIMUM_NAME_LENGTH || position + octet + 1 > message.length) return null;
    wire.set(message.subarray(position, position + octet + 1), length);
    length += octet + 1;
    position += octet + 1;
    if (octet === 0) return { name: wire.slice(0, length), end: end ?? position };
  }
}
