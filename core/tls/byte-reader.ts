/**
 * Reads numbers and vectors of the TLS presentation language (RFC 8446 §3). Reading past the end gives zeros and empty
 * vectors and is remembered: the caller asks once at the end whether all that was read was there.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;
  #short = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** false as soon as something was read that was not there */
  get sound(): boolean {
    return !this.#short;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  number(octets: 1 | 2 | 3): number {
    let value = 0;
    for (const byte of this.take(octets)) value = value * 256 + byte;
    return value;
  }

  take(length: number): Uint8Array {
    if (this.#short || length > this.remaining) {
      this.#short = true;
      return new Uint8Array(0);
    }
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  /** A vector with its length in front, in so many octets. */
  vector(lengthOctets: 1 | 2 | 3): Uint8Array {
    return this.take(this.number(lengthOctets));
  }
}
