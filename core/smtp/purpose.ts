/** What a connection is for, in words. */
import type { ConnectionPurpose } from './facts.ts';

/** Offers that leave out what the usual one has; the others change something else. */
const NARROWER: ReadonlySet<ConnectionPurpose> = new Set<ConnectionPurpose>(['RSA', 'ECDSA', 'EdDSA', 'RSA or ECDSA', 'RSA or EdDSA', 'ECDSA or EdDSA', 'TLS 1.2']);

/** Such as `RSA only`, `without SNI`; null for the usual offer. */
export function purposeText(purpose: ConnectionPurpose): string | null {
  if (purpose === 'default') return null;
  return NARROWER.has(purpose) ? `${purpose} only` : purpose;
}

/** Whether the connection asked for something that the server need not have. */
export const isNarrower = (purpose: ConnectionPurpose): boolean => NARROWER.has(purpose);
