/** Base 32 with extended hex alphabet, as NSEC3 owner names spell hashes: lower case, no padding (RFC 4648 §7, RFC 5155 §1.3). */

const ALPHABET = '0123456789abcdefghijklmnopqrstuv';

export function toBase32Hex(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(buffer >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + ALPHABET[(buffer << (5 - bits)) & 31];
}

/** null where the text holds anything else, or leaves bits over that are not zero. */
export function fromBase32Hex(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text.toLowerCase()) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    buffer = ((buffer << 5) | value) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((buffer >> bits) & 0xff);
  }
  return bits >= 5 || (buffer & ((1 << bits) - 1)) !== 0 ? null : Uint8Array.from(bytes);
}
