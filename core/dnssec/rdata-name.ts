/** Names inside RDATA whose compression is undone already. */
import { MAXIMUM_NAME_LENGTH, type Name } from '../dns/name.ts';

/** The uncompressed name at `offset`; null where it runs past the end, is over-long or holds a pointer (RFC 1035 §3.1). */
export function nameAt(bytes: Uint8Array, offset: number): Name | null {
  for (let end = offset; end < bytes.length; ) {
    const length = bytes[end] as number;
    if (length > 63) return null;
    end += length + 1;
    if (end > bytes.length || end - offset > MAXIMUM_NAME_LENGTH) return null;
    if (length === 0) return bytes.subarray(offset, end);
  }
  return null;
}
