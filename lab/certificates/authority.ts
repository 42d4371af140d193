/** The lab's certification authority: a root that stays at home, an intermediate that issues to mail hosts. */
import type { CertificateKeyType, Credential } from './certificate.ts';
import { issueCertificate } from './certificate.ts';

export interface LeafOrder {
  /** DNS names in the certificate; the first is also its common name */
  readonly names: readonly string[];
  readonly keyType: CertificateKeyType;
  readonly expired: boolean;
  /** in five days */
  readonly expiresSoon?: boolean;
  /** by the intermediate of former years, whose own certificate has expired */
  readonly byFormer?: boolean;
  /** with the key of a certificate that is no CA's */
  readonly byNoAuthority?: boolean;
}

export interface Authority {
  readonly root: Credential;
  readonly intermediate: Credential;
  /** expired, and some hosts still send it */
  readonly former: Credential;
  /** a mail server's: no CA (RFC 5280 §4.2.1.9) */
  readonly noAuthority: Credential;
  issue(order: LeafOrder): Promise<Credential>;
}

const DAY = 86_400_000;

/** @param now ms since 1970 */
export async function makeAuthority(now: number): Promise<Authority> {
  const span = (from: number, until: number): { notBefore: Date; notAfter: Date } =>
    ({ notBefore: new Date(now + from * DAY), notAfter: new Date(now + until * DAY) });
  const root = await issueCertificate({
    commonName: 'Practice Lab Root CA', keyType: 'ecdsa', issuer: null, validity: span(-400, 3650), role: { kind: 'authority', pathLength: null },
  });
  const intermediate = await issueCertificate({
    commonName: 'Practice Lab Mail CA', keyType: 'ecdsa', issuer: root, validity: span(-400, 1825), role: { kind: 'authority', pathLength: 0 },
  });
  const former = await issueCertificate({
    commonName: 'Practice Lab Mail CA of former years', keyType: 'ecdsa', issuer: root, validity: span(-400, -20), role: { kind: 'authority', pathLength: 0 },
  });
  const noAuthority = await issueCertificate({
    commonName: 'mail.no-authority.example', keyType: 'ecdsa', issuer: intermediate, validity: span(-100, 300), role: { kind: 'server', names: ['mail.no-authority.example'] },
  });
  const issuerOf = ({ byFormer = false, byNoAuthority = false }: LeafOrder): Credential => (byNoAuthority ? noAuthority : byFormer ? former : intermediate);
  const validityOf = ({ expired, expiresSoon = false }: LeafOrder): ReturnType<typeof span> => (expired ? span(-100, -10) : expiresSoon ? span(-85, 5) : span(-10, 80));
  return {
    root, intermediate, former, noAuthority,
    issue: (order) => issueCertificate({
      commonName: order.names[0] ?? 'nameless', keyType: order.keyType, issuer: issuerOf(order),
      validity: validityOf(order), role: { kind: 'server', names: order.names },
    }),
  };
}
