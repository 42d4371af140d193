/** The key field of an RSA DNSKEY (RFC 3110 §2). */

export interface RsaPublicKey {
  readonly exponent: Uint8Array;
  readonly modulus: Uint8Array;
  /** length of the modulus without leading zeros */
  readonly bits: number;
}

/** null where exponent or modulus is missing or zero. Leading zeros are prohibited but harmless, so they are dropped. */
export function rsaPublicKey(field: Uint8Array): RsaPublicKey | null {
  // RFC 3110 §2: the exponent's length in one octet, or 0 and then two octets.
  const long = field[0] === 0;
  const exponentStart = long ? 3 : 1;
  const exponentLength = long ? ((field[1] ?? 0) << 8) | (field[2] ?? 0) : (field[0] ?? 0);
  const exponent = withoutLeadingZeros(field.subarray(exponentStart, exponentStart + exponentLength));
  const modulus = withoutLeadingZeros(field.subarray(exponentStart + exponentLength));
  if (exponent.length === 0 || modulus.length === 0) return null;
  return { exponent, modulus, bits: modulus.length * 8 - Math.clz32(modulus[0] as number) + 24 };
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first < 0 ? bytes.subarray(bytes.length) : bytes.subarray(first);
}
