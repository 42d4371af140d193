/** What TLS 1.2 protects its records with where the suite is an AEAD (RFC 5246 §6.3, RFC 5288, RFC 6655, RFC 7905): enough to read an alert after ChangeCipherSpec. */
import { createDecipheriv, createHmac } from 'node:crypto';
import { concatBytes } from '../base/bytes.ts';
import type { TlsRecord } from './record.ts';

interface Suite {
  readonly hash: 'sha256' | 'sha384';
  readonly cipher: string;
  readonly keyLength: number;
  readonly tagLength: 8 | 16;
  /** octets of the nonce that come with each record */
  readonly explicitNonce: 0 | 8;
}

const AES = /_WITH_AES_(128|256)_(GCM|CCM_8|CCM)(?:_|$)/;

/** By the IANA name; null for suites with a MAC of their own. */
function suiteOf(name: string): Suite | null {
  const hash = name.endsWith('_SHA384') ? 'sha384' : 'sha256';
  if (name.includes('_WITH_CHACHA20_POLY1305')) return { hash, cipher: 'chacha20-poly1305', keyLength: 32, tagLength: 16, explicitNonce: 0 };
  const [, bits, mode] = AES.exec(name) ?? [];
  if (bits === undefined || mode === undefined) return null;
  return { hash, cipher: `aes-${bits}-${mode === 'GCM' ? 'gcm' : 'ccm'}`, keyLength: Number(bits) / 8, tagLength: mode === 'CCM_8' ? 8 : 16, explicitNonce: 8 };
}

export interface Tls12Secrets {
  /** IANA name of the suite */
  readonly suite: string;
  readonly masterSecret: Uint8Array;
  readonly clientRandom: Uint8Array;
  readonly serverRandom: Uint8Array;
}

/** The read side of one direction; any of its records can be opened by itself. */
export class Tls12Protection {
  readonly #suite: Suite;
  readonly #key: Uint8Array;
  readonly #nonce: Uint8Array;

  /** @returns null where the suite is no AEAD */
  static of(side: 'client' | 'server', secrets: Tls12Secrets): Tls12Protection | null {
    const suite = suiteOf(secrets.suite);
    return suite === null ? null : new Tls12Protection(side, suite, secrets);
  }

  /** RFC 5246 §6.3: client and server key, then client and server nonce; an AEAD has no MAC keys. */
  private constructor(side: 'client' | 'server', suite: Suite, { masterSecret, clientRandom, serverRandom }: Tls12Secrets) {
    const [keyLength, nonceLength] = [suite.keyLength, 12 - suite.explicitNonce];
    const block = expand(suite.hash, masterSecret, concatBytes(new TextEncoder().encode('key expansion'), serverRandom, clientRandom), 2 * (keyLength + nonceLength));
    const second = side === 'client' ? 0 : 1;
    this.#suite = suite;
    this.#key = block.subarray(second * keyLength, (second + 1) * keyLength);
    this.#nonce = block.subarray(2 * keyLength + second * nonceLength, 2 * keyLength + (second + 1) * nonceLength);
  }

  /** @param sequence of records since ChangeCipherSpec, from 0; null where the record does not open */
  open({ header, fragment }: TlsRecord, sequence: number): Uint8Array | null {
    const { cipher, tagLength, explicitNonce } = this.#suite;
    const length = fragment.length - explicitNonce - tagLength;
    if (length < 0) return null;
    const counter = new Uint8Array(8);
    new DataView(counter.buffer).setUint32(4, sequence);
    try {
      const decipher = createDecipheriv(cipher as 'aes-128-ccm', this.#key, this.#nonceOf(fragment, counter), { authTagLength: tagLength });
      decipher.setAuthTag(fragment.subarray(explicitNonce + length));
      decipher.setAAD(concatBytes(counter, header.subarray(0, 3), Uint8Array.of(length >> 8, length & 0xff)), { plaintextLength: length });
      const plaintext = new Uint8Array(decipher.update(fragment.subarray(explicitNonce, explicitNonce + length)));
      decipher.final();
      return plaintext;
    } catch {
      // A forged record, or a cipher that this build of the crypto library lacks: either way it does not open.
      return null;
    }
  }

  /** RFC 5288 §3: fixed part and the record's own; RFC 7905 §2: the sequence number mixed into the fixed part. */
  #nonceOf(fragment: Uint8Array, counter: Uint8Array): Uint8Array {
    if (this.#suite.explicitNonce === 8) return concatBytes(this.#nonce, fragment.subarray(0, 8));
    return this.#nonce.map((octet, index) => octet ^ (counter[index - 4] ?? 0));
  }
}

/** P_hash (RFC 5246 §5). */
function expand(hash: Suite['hash'], secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const mac = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(createHmac(hash, secret).update(concatBytes(...parts)).digest());
  let output = new Uint8Array(0);
  for (let chained = mac(seed); output.length < length; chained = mac(chained)) output = Uint8Array.from(concatBytes(output, mac(chained, seed)));
  return output.subarray(0, length);
}
