/** Holds the data of a TLSA record against a certificate (RFC 6698 §2.1): bytes against bytes, nothing else. */
import { createHash } from 'node:crypto';
import { toHex } from '../base/bytes.ts';
import type { Hex } from '../base/subject.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import type { Certificate } from '../x509/certificate.ts';
import { MATCHING_TYPE, SELECTOR } from './usable.ts';

/** Whether the certificate is the one that the record names. Usage, depth and path are judged elsewhere. */
export function dataMatches(record: TlsaRecord, certificate: Certificate): boolean {
  return associationData(record, certificate) === record.data.toLowerCase();
}

/** What the record would have to hold for this certificate, lower-case hex. */
export function associationData({ selector, matchingType }: Pick<TlsaRecord, 'selector' | 'matchingType'>, certificate: Certificate): Hex | null {
  // RFC 6698 §2.1.2: the SubjectPublicKeyInfo as it is in the certificate, not as a library would write it.
  const selected = selector === SELECTOR.cert ? certificate.der : selector === SELECTOR.spki ? certificate.publicKey.raw : null;
  if (selected === null) return null;
  switch (matchingType) {
    case MATCHING_TYPE.full: return toHex(selected);
    case MATCHING_TYPE.sha256: return digest('sha256', certificate, selected);
    case MATCHING_TYPE.sha512: return digest('sha512', certificate, selected);
    default: return null;
  }
}

const digests = new WeakMap<Certificate, Map<string, Hex>>();

/** Each digest of a certificate is computed once, however many records there are. */
function digest(algorithm: 'sha256' | 'sha512', certificate: Certificate, selected: Uint8Array): Hex {
  const key = `${algorithm} ${selected === certificate.der ? 'cert' : 'spki'}`;
  const known = digests.get(certificate) ?? new Map<string, Hex>();
  digests.set(certificate, known);
  const computed = known.get(key) ?? createHash(algorithm).update(selected).digest('hex');
  known.set(key, computed);
  return computed;
}
