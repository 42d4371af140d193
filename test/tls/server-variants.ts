/** Ways in which a server may do its side of a handshake, and what the wire tap must say of each. */
import type { TlsRequest } from '../../core/tls/client.ts';
import type { TlsParameters } from '../../core/tls/facts.ts';
import { chainOf, issue } from './certificates.ts';
import type { KeyKind } from './certificates.ts';
import { gnutlsServer, nodeServer, opensslServer } from './tls-servers.ts';
import type { Identity, TlsServer } from './tls-servers.ts';

export interface Variant {
  readonly name: string;
  readonly program: 'node' | 'openssl' | 'gnutls-serv';
  readonly start: () => Promise<TlsServer>;
  readonly identity: Identity;
  readonly parameters: Partial<TlsParameters>;
  readonly request?: Partial<TlsRequest>;
  readonly staple?: Uint8Array;
}

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
type Version = (typeof VERSIONS)[number];

const KINDS: readonly KeyKind[] = ['rsa', 'rsa-pss', 'p256', 'p384', 'p521', 'ed25519', 'ed448'];
const identities = new Map(KINDS.map((kind) => {
  const { leaf, intermediates } = chainOf(kind, 1);
  return [kind, { leaf, rest: intermediates }];
}));

function identityOf(kind: KeyKind): Identity {
  const identity = identities.get(kind);
  if (identity === undefined) throw new Error(`no identity of kind ${kind}`);
  return identity;
}

const only = (version: Version): Pick<Variant, 'parameters'> & { readonly options: { readonly minVersion: Version; readonly maxVersion: Version } } =>
  ({ parameters: { protocol: version }, options: { minVersion: version, maxVersion: version } });

const keys: readonly Variant[] = VERSIONS.flatMap((version) => KINDS.map((kind) => ({
  name: `${version}, a key of kind ${kind}`, program: 'node' as const, identity: identityOf(kind), parameters: { protocol: version },
  start: () => nodeServer([identityOf(kind)], only(version).options),
})));

const suites13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_CCM_SHA256', 'TLS_AES_128_CCM_8_SHA256'].map((cipher): Variant => ({
  name: `TLSv1.3 with ${cipher}`, program: 'openssl', identity: identityOf('p256'), parameters: { protocol: 'TLSv1.3', cipher },
  start: () => opensslServer(identityOf('p256'), ['-tls1_3', '-ciphersuites', cipher]),
}));

const SUITES12: readonly (readonly [string, string, KeyKind, string | null])[] = [
  ['ECDHE-RSA-AES128-GCM-SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'rsa', 'x25519'],
  ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', 'p384', 'x25519'],
  ['ECDHE-RSA-CHACHA20-POLY1305', 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256', 'rsa', 'x25519'],
  ['ECDHE-RSA-AES256-SHA', 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA', 'rsa', 'x25519'],
  ['ECDHE-ECDSA-AES128-CCM', 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM', 'p256', 'x25519'],
  ['DHE-RSA-AES256-GCM-SHA384', 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384', 'rsa', 'DHE 2048'],
  ['AES128-GCM-SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256', 'rsa', null],
  ['AES256-SHA', 'TLS_RSA_WITH_AES_256_CBC_SHA', 'rsa', null],
];

const suites12 = SUITES12.map(([openssl, cipher, kind, group]): Variant => ({
  name: `TLSv1.2 with ${openssl}`, program: 'openssl', identity: identityOf(kind), parameters: { protocol: 'TLSv1.2', cipher, group },
  start: () => opensslServer(identityOf(kind), ['-tls1_2', '-cipher', openssl]),
}));

const old = (['TLSv1', 'TLSv1.1'] as const).map((version): Variant => ({
  name: `${version} only`, program: 'node', identity: identityOf('rsa'), parameters: { protocol: version }, request: { minimumVersion: 'TLSv1', maximumVersion: 'TLSv1.2' },
  start: () => nodeServer([identityOf('rsa')], { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' }),
}));

const { leaf, intermediates: [i2, i1], root } = chainOf('p256', 2);
if (i1 === undefined || i2 === undefined) throw new Error('the chain has two intermediates');
const unrelated = chainOf('rsa', 1);
const crossRoot = issue('Other Root', 'p256', { issuer: null });
const cross = issue('Test Issuing CA 1', 'p256', { issuer: crossRoot, ca: true, keyOf: i1 });
const long = chainOf('p256', 8);
const large = chainOf('p256', 1, { padding: 32_000 });

const CHAINS: readonly (readonly [string, Identity])[] = [
  ['the leaf alone', { leaf, rest: [] }],
  ['in order, without its root', { leaf, rest: [i2, i1] }],
  ['in order, with its root', { leaf, rest: [i2, i1, root] }],
  ['an intermediate missing', { leaf, rest: [i1] }],
  ['reversed', { leaf, rest: [root, i1, i2] }],
  ['every certificate twice', { leaf, rest: [i2, i2, i1, i1, root, root] }],
  ['with certificates of another chain', { leaf, rest: [unrelated.root, i2, unrelated.leaf, i1] }],
  ['cross-certified', { leaf, rest: [i2, i1, cross, crossRoot, root] }],
  ['the root of another chain only', { leaf, rest: [unrelated.root] }],
  ['ten certificates', { leaf: long.leaf, rest: [...long.intermediates, long.root] }],
  ['a certificate of 32 kB', { leaf: large.leaf, rest: large.intermediates }],
];

const chains = VERSIONS.flatMap((version) => CHAINS.map(([name, identity]): Variant => ({
  name: `${version}, chain: ${name}`, program: 'node', identity, parameters: { protocol: version }, start: () => nodeServer([identity], only(version).options),
})));

const groups = ([['P-384', 'secp384r1'], ['P-521', 'secp521r1'], ['X448', 'x448'], ['ffdhe2048', 'ffdhe2048']] as const).map(([openssl, group]): Variant => ({
  name: `HelloRetryRequest to ${group}`, program: 'openssl', identity: identityOf('rsa'), parameters: { protocol: 'TLSv1.3', group, helloRetryRequest: true },
  start: () => opensslServer(identityOf('rsa'), ['-tls1_3', '-groups', openssl]),
}));

/** OCSPResponse { tryLater } */
const STAPLE = Uint8Array.of(0x30, 0x03, 0x0a, 0x01, 0x03);

const perVersion = VERSIONS.flatMap((version): Variant[] => {
  const flag = version === 'TLSv1.2' ? '-tls1_2' : '-tls1_3';
  const p256 = identityOf('p256');
  const base = { identity: p256, program: 'openssl' as const };
  return [
    { ...base, program: 'node', name: `${version}, stapled OCSP response`, staple: STAPLE, parameters: { protocol: version, ocspStaple: true }, start: () => nodeServer([p256], only(version).options, STAPLE) },
    { ...base, name: `${version}, OpenSSL staples`, staple: STAPLE, parameters: { protocol: version, ocspStaple: true }, start: () => opensslServer(p256, [flag, '-status_file', 'ocsp.der'], { 'ocsp.der': STAPLE }) },
    { ...base, program: 'node', name: `${version}, asks for a client certificate`, parameters: { protocol: version, clientCertificateRequested: true }, start: () => nodeServer([p256], { ...only(version).options, requestCert: true, rejectUnauthorized: false }) },
    { ...base, name: `${version}, records of 512 octets`, identity: identityOf('rsa'), parameters: { protocol: version }, start: () => opensslServer(identityOf('rsa'), [flag, '-max_send_frag', '512']) },
    { ...base, name: `${version}, no session tickets`, parameters: { protocol: version }, start: () => opensslServer(p256, [flag, '-no_ticket', '-num_tickets', '0']) },
    { ...base, name: `${version}, no name in our ClientHello`, request: { serverName: null }, parameters: { protocol: version, serverName: null }, start: () => opensslServer(p256, [flag]) },
  ];
});

const single: readonly Variant[] = [
  { name: 'four tickets', program: 'openssl', identity: identityOf('p256'), parameters: { protocol: 'TLSv1.3' }, start: () => opensslServer(identityOf('p256'), ['-tls1_3', '-num_tickets', '4']) },
  {
    name: 'a warning that the name is not known, then a handshake all the same', program: 'openssl', identity: identityOf('p256'),
    parameters: { protocol: 'TLSv1.2', alerts: [{ from: 'server', level: 'warning', code: 112, name: 'unrecognized_name' }] },
    start: () => opensslServer(identityOf('p256'), ['-tls1_2', '-servername', 'other.example.org', '-cert2', 'leaf2.pem', '-key2', 'key2.pem'], { 'leaf2.pem': identityOf('rsa').leaf.pem, 'key2.pem': identityOf('rsa').leaf.keyPem }),
  },
];

const GNUTLS: readonly (readonly [string, KeyKind, string, Partial<TlsParameters>])[] = [
  ['TLSv1.2 RSA', 'rsa', 'NORMAL:-VERS-ALL:+VERS-TLS1.2', { protocol: 'TLSv1.2' }],
  ['TLSv1.2 ECDSA', 'p256', 'NORMAL:-VERS-ALL:+VERS-TLS1.2', { protocol: 'TLSv1.2' }],
  ['TLSv1.2 static RSA', 'rsa', 'NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA', { protocol: 'TLSv1.2', group: null }],
  ['TLSv1.2 with finite-field groups', 'rsa', 'NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+DHE-RSA', { protocol: 'TLSv1.2' }],
  ['TLSv1.3 RSA', 'rsa', 'NORMAL:-VERS-ALL:+VERS-TLS1.3', { protocol: 'TLSv1.3' }],
  ['TLSv1.3 ECDSA', 'p384', 'NORMAL:-VERS-ALL:+VERS-TLS1.3', { protocol: 'TLSv1.3' }],
  ['TLSv1.3 Ed25519', 'ed25519', 'NORMAL:-VERS-ALL:+VERS-TLS1.3', { protocol: 'TLSv1.3' }],
  ['TLSv1.3 with CCM', 'p256', 'NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+AES-128-CCM', { protocol: 'TLSv1.3', cipher: 'TLS_AES_128_CCM_SHA256' }],
  ['TLSv1.3 with ChaCha20', 'p256', 'NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+CHACHA20-POLY1305', { protocol: 'TLSv1.3', cipher: 'TLS_CHACHA20_POLY1305_SHA256' }],
  ['HelloRetryRequest', 'p256', 'NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-SECP384R1', { protocol: 'TLSv1.3', helloRetryRequest: true, group: 'secp384r1' }],
];

const gnutls = GNUTLS.map(([name, kind, priority, parameters]): Variant => ({
  name: `GnuTLS ${name}`, program: 'gnutls-serv', identity: identityOf(kind), parameters: { ...parameters, clientCertificateRequested: name.includes('Ed25519') },
  start: () => gnutlsServer(identityOf(kind), ['--priority', priority, ...(name.includes('Ed25519') ? [] : ['--disable-client-cert'])]),
}));

export const variants: readonly Variant[] = [...keys, ...suites13, ...suites12, ...old, ...chains, ...groups, ...perVersion, ...single, ...gnutls];
