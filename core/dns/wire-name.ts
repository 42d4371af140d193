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
/** Where a name is put together: one place for all, as reading is never interrupted. */
const scratch = new Uint8Array(MAXIMUM_NAME_LENGTH);

/**
 * The name at `offset`, expanded; null where it runs past the end, is over-long, or points anywhere but backward. As every
 * pointer has to lie before the part it continues, no loop can be built.
 */
export function readWireName(message: Uint8Array, offset: number): WireName | null {
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
    for (const next = position + octet + 1; position < next; position += 1, length += 1) scratch[length] = message[position] as number;
    if (octet === 0) return { name: scratch.slice(0, length), end: end ?? position };
  }
}
