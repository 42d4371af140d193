/** Cases at the edges of what a verifier does: depth, work, kinds of key. All by hand, none by chance. */
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import {
  NOW, basicConstraints, directoryName, dnsName, ipName, issue, mailName, name, nameConstraints, newKey, subjectAltName, uriName,
} from '../x509/issue.ts';
import type { KeyKind, TestKey } from '../x509/issue.ts';
import type { GeneratedCase } from './generated-cases.ts';

const key = newKey();
const host = subjectAltName(dnsName('mx.example.org'));

function edge(what: string, chain: readonly Uint8Array[], anchor: Uint8Array = chain.at(-1) as Uint8Array, usage = 2): GeneratedCase {
  const data = createHash('sha256').update(anchor).digest('hex');
  return { id: createHash('sha1').update(what).digest('hex').slice(0, 12), changes: [what], names: ['mx.example.org'], nowMs: NOW, chain, records: [{ usage, selector: 0, matchingType: 1, data }] };
}

/** So many authorities above the leaf, the last self-signed. */
function tower(authorities: number, selfIssued = false): Uint8Array[] {
  const subject = (level: number): Uint8Array => name(selfIssued && level > 0 ? 'CN=Same' : `CN=Level ${String(level)}`);
  return Array.from({ length: authorities + 1 }, (_, level) => issue({
    subject: subject(level), issuer: subject(Math.min(level + 1, authorities)), key, issuerKey: key, serial: level + 1, extensions: [level === 0 ? host : basicConstraints(true)],
  }));
}

const depths = [1, 9, 10, 50, 97, 98, 99, 100, 101, 102, 103].flatMap((authorities) => [
  edge(`${String(authorities)} authorities`, tower(authorities)), edge(`${String(authorities)} authorities, anchor next to the leaf`, tower(authorities), tower(1).at(-1)),
  edge(`${String(authorities)} self-issued authorities`, tower(authorities, true)),
]);

/** Names times constraints around the 2^20 at which libssl gives up. */
function crowd(what: string, names: number, constraints: number, of: { readonly present: (index: number) => Uint8Array; readonly base: (index: number) => Uint8Array }): GeneratedCase[] {
  const presented = [dnsName('mx.example.org'), ...Array.from({ length: names - 1 }, (_, index) => of.present(index))];
  const bases = Array.from({ length: constraints }, (_, index) => of.base(index));
  const root = name('CN=Root');
  return (['permitted', 'excluded'] as const).map((side) => {
    const limited = side === 'permitted' ? nameConstraints([...bases, dnsName('example.org')]) : nameConstraints([], bases);
    const authority = issue({ subject: root, issuer: root, key, issuerKey: key, extensions: [basicConstraints(true), limited] });
    const leaf = issue({ subject: name(''), issuer: root, key, issuerKey: key, serial: 2, extensions: [subjectAltName(...presented)] });
    return edge(`${String(names)} ${what} and ${String(constraints)} ${side}`, [leaf, authority]);
  });
}

const number = (index: number): number[] => [index >> 24, index >> 16, index >> 8, index].map((octet) => octet & 0xff);
const crowds = [[10, 10], [1023, 1024], [1024, 1023], [1024, 1024], [1025, 1024], [2048, 600], [1, 5000], [3000, 1]].flatMap(([names = 1, constraints = 1]) => [
  ...crowd('DNS names', names, constraints, { present: (index) => dnsName(`t${String(index)}.example.org`), base: (index) => dnsName(`x${String(index)}.example.net`) }),
  ...crowd('IP names', names, constraints, { present: (index) => ipName(...number(index)), base: (index) => ipName(...number(index + 0x0a000000), 255, 255, 255, 255) }),
  ...crowd('directory names', names, constraints, { present: (index) => directoryName(name(`CN=t${String(index)}`)), base: (index) => directoryName(name(`CN=x${String(index)}`)) }),
  ...crowd('URIs', names, constraints, { present: (index) => uriName(`https://t${String(index)}.example/`), base: (index) => uriName(`x${String(index)}.example`) }),
  ...crowd('mail addresses', names, constraints, { present: (index) => mailName(`t@t${String(index)}.example`), base: (index) => mailName(`x${String(index)}.example`) }),
]);

const keyOf = (kind: KeyKind, { privateKey }: { readonly privateKey: KeyObject }): TestKey =>
  ({ kind, privateKey, spki: Uint8Array.from(createPublicKey(privateKey).export({ type: 'spki', format: 'der' })) });

const KEYS: readonly (readonly [string, TestKey])[] = [
  ...['secp224r1', 'secp256k1', 'brainpoolP256r1', 'brainpoolP384r1', 'secp521r1', 'prime192v1', 'sect233k1'].map((namedCurve): [string, TestKey] => [namedCurve, keyOf('P-256', generateKeyPairSync('ec', { namedCurve }))]),
  ['explicit P-256', keyOf('P-256', generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }))],
  ...[512, 768, 1023, 3072].map((modulusLength): [string, TestKey] => [`RSA ${String(modulusLength)}`, keyOf('RSA-1024', generateKeyPairSync('rsa', { modulusLength }))]),
  ['RSA with exponent 3', keyOf('RSA-1024', generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 }))],
  ['Ed25519', newKey('Ed25519')], ['RSA-PSS', newKey('RSA-PSS')],
];

/** A kind of key at each level, anchored at each level. */
const keys = KEYS.flatMap(([what, special]) => [0, 1, 2].flatMap((level) => {
  const at = (index: number): TestKey => (index === level ? special : key);
  const subject = (index: number): Uint8Array => name(`CN=Level ${String(index)}`);
  const chain = [0, 1, 2].map((index) => issue({
    subject: subject(index), issuer: subject(Math.min(index + 1, 2)), key: at(index), issuerKey: at(Math.min(index + 1, 2)), serial: index + 1, extensions: [index === 0 ? host : basicConstraints(true)],
  }));
  return chain.map((anchor, depth) => edge(`${what} at ${String(level)}, anchor ${String(depth)}`, chain, anchor, depth === 0 ? 3 : 2));
}));

export const EDGE_CASES: readonly GeneratedCase[] = [...depths, ...crowds, ...keys];
