/** Certificates as text for other programs (RFC 7468 §5). */
import type { CertificateFact } from '../../../core/x509/facts.ts';

export const pemOf = (certificates: readonly CertificateFact[]): string =>
  certificates.map(({ der }) => `-----BEGIN CERTIFICATE-----\n${der.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END CERTIFICATE-----\n`).join('');
