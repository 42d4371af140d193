/** Keys and certificates made with openssl, as an admin would. */
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './process.ts';

export interface IssuedCertificate {
  /** PEM: key, leaf, then the chain */
  readonly chainFile: string;
  readonly spkiSha256: string;
}

const digest = (pem: string): string =>
  createHash('sha256').update(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })).digest('hex');

export interface Authority {
  readonly keyFile: string;
  readonly certificateFile: string;
  readonly spkiSha256: string;
}

export function makeAuthority(folder: string, name: string): Authority {
  const keyFile = join(folder, `${name}.key`);
  const certificateFile = join(folder, `${name}.crt`);
  runTool('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile, '-out', certificateFile,
    '-days', '30', '-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign'], folder);
  return { keyFile, certificateFile, spkiSha256: digest(readFileSync(certificateFile, 'utf8')) };
}

/** What to issue; with `withChain` the server sends the authority's certificate too. */
export interface Order {
  readonly host: string;
  readonly keyType: 'rsa' | 'ec';
  readonly withChain: boolean;
}

export function issue(folder: string, authority: Authority, { host, keyType, withChain }: Order): IssuedCertificate {
  const base = join(folder, `${host}-${keyType}-${withChain ? 'chain' : 'leaf'}`);
  const key = keyType === 'rsa' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  runTool('openssl', ['req', ...key, '-nodes', '-keyout', `${base}.key`, '-out', `${base}.csr`, '-subj', `/CN=${host}`], folder);
  writeFileSync(`${base}.ext`, `subjectAltName=DNS:${host}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`);
  runTool('openssl', ['x509', '-req', '-in', `${base}.csr`, '-CA', authority.certificateFile, '-CAkey', authority.keyFile, '-CAcreateserial',
    '-days', '20', '-extfile', `${base}.ext`, '-out', `${base}.crt`], folder);
  const leaf = readFileSync(`${base}.crt`, 'utf8');
  const chain = withChain ? readFileSync(authority.certificateFile, 'utf8') : '';
  writeFileSync(`${base}.pem`, readFileSync(`${base}.key`, 'utf8') + leaf + chain);
  return { chainFile: `${base}.pem`, spkiSha256: digest(leaf) };
}
