/** What TLS 1.3 protects its records with, from the secrets that our own library logs (RFC 8446 §5.2, §5.3, §7). */
import { createDecipheriv, createHmac } from 'node:crypto';
import { concatBytes } from '../base/bytes.ts';
import type { TlsRecord } from './record.ts';

interface Suite {
  readonly hash: 'sha256' | 'sha384';
  readonly cipher: 'aes-128-gcm' | 'aes-256-gcm' | 'chacha20-poly1305' | 'aes-128-ccm';
  readonly keyLength: number;
  readonly tagLength: 8 | 16;
}

const SUITES: { readonly [number: number]: Suite } = {
  0x1301: { hash: 'sha256', cipher: 'aes-128-gcm', keyLength: 16, tagLength: 16 },
  0x1302: { hash: 'sha384', cipher: 'aes-256-gcm', keyLength: 32, tagLength: 16 },
  0x1303: { hash: 'sha256', cipher: 'chacha20-poly1305', keyLength: 32, tagLength: 16 },
  0x1304: { hash: 'sha256', cipher: 'aes-128-ccm', keyLength: 16, tagLength: 16 },
  0x1305: { hash: 'sha256', cipher: 'aes-128-ccm', keyLength: 16, tagLength: 8 },
};

/** The read side of one direction: opens its records one after another. */
export class RecordProtection {
  readonly #suite: Suite;
  readonly #secret: Uint8Array;
  readonly #key: Uint8Array;
  readonly #nonce: Uint8Array;
  #sequence = 0;

  /** @returns null for a suite that is none of TLS 1.3 */
  static of(cipherSuite: number, secret: Uint8Array): RecordProtection | null {
    const suite = SUITES[cipherSuite];
    return suite === undefined ? null : new RecordProtection(suite, secret);
  }

  private constructor(suite: Suite, secret: Uint8Array) {
    this.#suite = suite;
    this.#secret = secret;
    this.#key = expandLabel(suite.hash, secret, 'key', suite.keyLength);
    this.#nonce = expandLabel(suite.hash, secret, 'iv', 12);
  }

  /** After KeyUpdate (RFC 8446 §7.2). */
  next(): RecordProtection {
    const length = this.#suite.hash === 'sha256' ? 32 : 48;
    return new RecordProtection(this.#suite, expandLabel(this.#suite.hash, this.#secret, 'traffic upd', length));
  }

  /** TLSInnerPlaintext without its padding; null where the record does not open. */
  open(record: TlsRecord): { readonly type: number; readonly content: Uint8Array } | null {
    const { tagLength } = this.#suite;
    if (record.fragment.length <= tagLength) return null;
    const plaintext = this.#decrypt(record, record.fragment.length - tagLength);
    this.#sequence += 1;
    if (plaintext === null) return null;
    // The last octet that is not zero is the content type; the zeros after it are padding (RFC 8446 §5.4).
    const last = plaintext.findLastIndex((byte) => byte !== 0);
    return last === -1 ? null : { type: plaintext[last] ?? 0, content: plaintext.subarray(0, last) };
  }

  #decrypt(record: TlsRecord, length: number): Uint8Array | null {
    const { cipher, tagLength } = this.#suite;
    try {
      const decipher = createDecipheriv(cipher as 'aes-128-ccm', this.#key, this.#nonceNow(), { authTagLength: tagLength });
      decipher.setAuthTag(record.fragment.subarray(length));
      decipher.setAAD(record.header, { plaintextLength: length });
      const plaintext = new Uint8Array(decipher.update(record.fragment.subarray(0, length)));
      decipher.final();
      return plaintext;
    } catch {
      // A forged or foreign record, or a cipher that this build of the crypto library lacks: either way it does not open.
      return null;
    }
  }

  #nonceNow(): Uint8Array {
    const nonce = Uint8Array.from(this.#nonce);
    const view = new DataView(nonce.buffer);
    view.setUint32(8, (view.getUint32(8) ^ this.#sequence) >>> 0);
    return nonce;
  }
}

const text = new TextEncoder();

/** HKDF-Expand-Label with an empty context (RFC 8446 §7.1); all lengths we need fit in one block of HKDF-Expand. */
function expandLabel(hash: Suite['hash'], secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = text.encode(`tls13 ${label}`);
  const information = concatBytes(Uint8Array.of(length >> 8, length & 0xff, name.length), name, Uint8Array.of(0, 1));
  return new Uint8Array(createHmac(hash, secret).update(information).digest()).subarray(0, length);
}
