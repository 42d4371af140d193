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
  /** validity */
  readonly days?: number;
}

export class Publisher {
  readonly #authorities = new Map<string, Certificate>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'anchors-'));

  constructor() {
    for (const name of ['root', 'other']) {
      this.#run('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650', '-subj', `/O=Test/CN=${name} CA`,
        '-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.pem`), '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
    }
    this.#issue('intermediate', 'root', '/O=Test/CN=DNSSEC CA', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n', { days: 3000 });
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  authority(name: 'root' | 'other' = 'root'): Certificate {
    const known = this.#authorities.get(name);
    if (known !== undefined) return known;
    const der = this.#run('x509', '-in', this.path(`${name}.pem`), '-outform', 'DER');
    const parsed = parseCertificate(new Uint8Array(der));
    if (!parsed.ok) throw new Error(parsed.failure);
    this.#authorities.set(name, parsed.value);
    return parsed.value;
  }

  /** A signer under the intermediate. @returns its name, for `sign` */
  signer(name: string, choice: SignerChoice = {}): string {
    const { mail = 'dnssec@iana.org', keyUsage = 'critical,digitalSignature', extendedKeyUsage = 'emailProtection' } = choice;
    this.#issue(name, 'intermediate', `/O=Test/CN=Signer/emailAddress=${mail}`, `keyUsage=${keyUsage}\nextendedKeyUsage=${extendedKeyUsage}\n`, choice);
    return name;
  }

  /** `openssl cms -sign`, detached, with further flags of it */
  sign(content: string | Uint8Array, signer: string, ...flags: readonly string[]): Uint8Array {
    const file = this.path('content');
    writeFileSync(file, content);
    this.#run('cms', '-sign', '-binary', '-in', file, '-signer', this.path(`${signer}.pem`), '-inkey', this.path(`${signer}.key`), '-certfile', this.path('intermediate.pem'),
      '-outform', 'DER', '-out', this.path('p7s'), ...flags);
    return new Uint8Array(readFileSync(this.path('p7s')));
  }

  #issue(name: string, issuer: string, subject: string, extensions: string, { key = 'ec', days = 100 }: SignerChoice): void {
    const newKey = key === 'ec' ? ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : ['-newkey', 'rsa:2048'];
    this.#run('req', '-new', ...newKey, '-nodes', '-subj', subject, '-keyout', this.path(`${name}.key`), '-out', this.path(`${name}.csr`));
    writeFileSync(this.path(`${name}.ext`), extensions);
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
