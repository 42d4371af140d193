/** SipHash-2-4 (Aumasson and Bernstein 2012): a short keyed hash of 64 bits, which DNS cookies are made with (RFC 9018 §4.4). */

const WORD = 0xffff_ffff_ffff_ffffn;
const COMPRESSION_ROUNDS = 2;
const FINAL_ROUNDS = 4;

/** @param key 16 octets; the hash is eight octets, as RFC 9018's test vectors have them: the least significant first */
export function sipHash(key: Uint8Array, message: Uint8Array): Uint8Array {
  const [k0, k1] = [littleEndian(key, 0), littleEndian(key, 8)];
  const state = [k0 ^ 0x736f_6d65_7073_6575n, k1 ^ 0x646f_7261_6e64_6f6dn, k0 ^ 0x6c79_6765_6e65_7261n, k1 ^ 0x7465_6462_7974_6573n];
  for (const word of words(message)) {
    state[3] = at(state, 3) ^ word;
    rounds(state, COMPRESSION_ROUNDS);
    state[0] = at(state, 0) ^ word;
  }
  state[2] = at(state, 2) ^ 0xffn;
  rounds(state, FINAL_ROUNDS);
  const hash = new Uint8Array(8);
  new DataView(hash.buffer).setBigUint64(0, state.reduce((left, right) => left ^ right), true);
  return hash;
}

/** Eight octets each; the last is filled with zeros and ends with the length. */
function words(message: Uint8Array): bigint[] {
  const padded = new Uint8Array((Math.floor(message.length / 8) + 1) * 8);
  padded.set(message);
  padded[padded.length - 1] = message.length & 0xff;
  return Array.from({ length: padded.length / 8 }, (_, index) => littleEndian(padded, index * 8));
}

function rounds(state: bigint[], count: number): void {
  let [v0, v1, v2, v3] = [at(state, 0), at(state, 1), at(state, 2), at(state, 3)];
  for (let round = 0; round < count; round += 1) {
    v0 = (v0 + v1) & WORD; v1 = rotated(v1, 13n) ^ v0; v0 = rotated(v0, 32n);
    v2 = (v2 + v3) & WORD; v3 = rotated(v3, 16n) ^ v2;
    v0 = (v0 + v3) & WORD; v3 = rotated(v3, 21n) ^ v0;
    v2 = (v2 + v1) & WORD; v1 = rotated(v1, 17n) ^ v2; v2 = rotated(v2, 32n);
  }
  state.splice(0, 4, v0, v1, v2, v3);
}

const at = (state: readonly bigint[], index: number): bigint => state[index] ?? 0n;
const rotated = (word: bigint, by: bigint): bigint => ((word << by) | (word >> (64n - by))) & WORD;
const littleEndian = (bytes: Uint8Array, offset: number): bigint => new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(offset, true);
