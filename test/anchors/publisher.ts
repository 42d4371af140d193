/** A publisher of root anchors of our own: authority, signer and detached signatures made by OpenSSL, not by what is tested. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCertificate } from '../../core/x509/certificate.ts';
import type { Certificate } from '../../core/x509/certificate.ts';

export const KSK_2017 = 'E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D';
export const KSK_2024 = '683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16';
export const KSK_2010 = '49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5';

export interface SignerChoice {
  readonly mail?: string;
  readonly keyUsage?: string;
  readonly extendedKeyUsage?: string;
  readonly key?: 'ec' | 'rsa';
  /** default: `intermediate` */
  readonly issuer?: string;
  /** validity */
  readonly days?: number;
}

export class Publisher {
  readonly #chains = new Map<string, readonly string[]>();
  readonly #authorities = new Map<string, Certificate>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'anchors-'));

  constructor() {
    this.root('root');
    this.root('other');
    this.intermediate('intermediate', 'root');
  }

  /** A root of that common name; extensions as OpenSSL's configuration has them */
  root(name: string, commonName = `${name} CA`, constraints = 'CA:TRUE'): void {
    this.#run('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650', '-subj', `/O=Test/CN=${commonName}`, '-config', this.#configuration(),
      '-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.pem`), '-addext', `basicConstraints=critical,${constraints}`, '-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-addext', 'subjectKeyIdentifier=none', '-addext', 'authorityKeyIdentifier=none');
  }

  intermediate(name: string, issuer: string, extensions = 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n'): void {
    this.#issue(name, issuer, '/O=Test/CN=DNSSEC CA', extensions, { days: 3000 });
  }

  /** Without the extensions that the system's configuration would add. */
  #configuration(): string {
    writeFileSync(this.path('openssl.cnf'), '[req]\ndistinguished_name = dn\n[dn]\n');
    return this.path('openssl.cnf');
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  authority(name = 'root'): Certificate {
    const known = this.#authorities.get(name);
    if (known !== undefined) return known;
    const der = this.#run('x509', '-in', this.path(`${name}.pem`), '-outform', 'DER');
    const parsed = parseCertificate(new Uint8Array(der));
    if (!parsed.ok) throw new Error(parsed.failure);
    this.#authorities.set(name, parsed.value);
    return parsed.value;
  }

  /** A signer under an intermediate. @returns its name, for `sign` */
  signer(name: string, choice: SignerChoice = {}): string {
    const { mail = 'dnssec@iana.org', keyUsage = 'critical,digitalSignature', extendedKeyUsage = 'emailProtection', issuer = 'intermediate' } = choice;
    this.#chains.set(name, [issuer]);
    this.#issue(name, issuer, `/O=Test/CN=Signer/emailAddress=${mail}`, `keyUsage=${keyUsage}\nextendedKeyUsage=${extendedKeyUsage}\n`, choice);
    return name;
  }

  /** Which certificates come along with a signature; without it the issuer of the signer. */
  chain(signer: string, ...certificates: readonly string[]): void {
    this.#chains.set(signer, certificates);
  }

  /** `openssl cms -sign`, detached, with further flags of it */
  sign(content: string | Uint8Array, signer: string, ...flags: readonly string[]): Uint8Array {
    const file = this.path('content');
    writeFileSync(file, content);
    writeFileSync(this.path('chain.pem'), (this.#chains.get(signer) ?? []).map((name) => readFileSync(this.path(`${name}.pem`), 'utf8')).join(''));
    this.#run('cms', '-sign', '-binary', '-in', file, '-signer', this.path(`${signer}.pem`), '-inkey', this.path(`${signer}.key`), '-certfile', this.path('chain.pem'),
      '-outform', 'DER', '-out', this.path('p7s'), ...flags);
    return new Uint8Array(readFileSync(this.path('p7s')));
  }

  #issue(name: string, issuer: string, subject: string, extensions: string, { key = 'ec', days = 100 }: SignerChoice): void {
    const newKey = key === 'ec' ? ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['-newkey', 'rsa:2048'];
    this.#run('req', '-new', ...newKey, '-nodes', '-subj', subject, '-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.csr`));
    // Key identifiers would tell a forged issuer before its signature is looked at.
    writeFileSync(this.path(`${name}.ext`), `${extensions}authorityKeyIdentifier=none\nsubjectKeyIdentifier=${name === 'good' ? 'hash' : 'none'}\n`);
    this.#run('x509', '-req', '-in', this.path(`${name}.csr`), '-CA', this.path(`${issuer}.pem`), '-CAkey', this.path(`${issuer}.key`), '-CAcreateserial',
      '-days', String(days), '-extfile', this.path(`${name}.ext`), '-out', this.path(`${name}.pem`));
  }

  #run(...args: readonly string[]): Buffer {
    return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  }
}

export interface DigestChoice {
  readonly keyTag: number;
  readonly digest: string;
  readonly validFrom?: string | null;
  readonly validUntil?: string;
  /** further elements inside */
  readonly more?: string;
}

/** A document as IANA writes it. */
export function anchorsXml(...digests: readonly DigestChoice[]): string {
  const element = ({ keyTag, digest, validFrom = '2017-02-02T00:00:00+00:00', validUntil, more = '' }: DigestChoice): string => {
    const bounds = `${validFrom === null ? '' : ` validFrom="${validFrom}"`}${validUntil === undefined ? '' : ` validUntil="${validUntil}"`}`;
    return `  <KeyDigest id="K${String(keyTag)}"${bounds}>\n    <KeyTag>${String(keyTag)}</KeyTag>\n    <Algorithm>8</Algorithm>\n    <DigestType>2</DigestType>\n    <Digest>${digest}</Digest>${more}\n  </KeyDigest>\n`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n<TrustAnchor id="380DC50D-484E-40D0-A3AE-68F2B18F61C7" source="http://data.iana.org/root-anchors/root-anchors.xml">\n  <Zone>.</Zone>\n${digests.map(element).join('')}</TrustAnchor>\n`;
}

export const CURRENT = anchorsXml(
  { keyTag: 19036, digest: KSK_2010, validFrom: '2010-07-15T00:00:00+00:00', validUntil: '2019-01-11T00:00:00+00:00' },
  { keyTag: 20326, digest: KSK_2017 },
  { keyTag: 38696, digest: KSK_2024, validFrom: '2024-07-18T00:00:00+00:00' },
);
