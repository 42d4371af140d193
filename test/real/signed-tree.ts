/**
 * A deep signed tree made by BIND's dnssec-signzone and served by one NSD on a high port: NSEC and NSEC3, opt-out, five algorithms,
 * cuts below empty non-terminals, unsigned children, an island, wildcards, CNAME and DNAME across zones.
 */
import { createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64 } from '../../core/base/bytes.ts';
import { type Name, parseName } from '../../core/dns/name.ts';
import { type Dnskey, parseDnskey } from '../../core/dnssec/dnskey.ts';
import { rsaPublicKey } from '../../core/dnssec/rsa-key.ts';
import type { SigningKey } from '../dnssec/signing-key.ts';
import { ServerProcess, runTool } from './process.ts';

interface ZonePlan {
  readonly zone: string;
  /** null: not signed */
  readonly algorithm: string | null;
  readonly bits?: string;
  /** further options of dnssec-signzone */
  readonly options?: readonly string[];
  /** children whose DS goes into this zone */
  readonly secureChildren?: readonly string[];
  readonly records: string;
}

/** What a mail domain of the tree holds; `@` is its apex. */
const MAIL = `
@ MX 10 mx
mx A 192.0.2.1
_25._tcp.mx TLSA 3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
alias CNAME mx
_25._tcp.alias CNAME _25._tcp.mx
*.w A 192.0.2.7
*.w MX 10 mx
x.w TXT "beside the wildcard"
*.c CNAME mx
a.b.ent A 192.0.2.9
txt TXT "one" "two"
plain NS ns.plain
ns.plain A 127.0.0.1
`;

const PLANS: readonly ZonePlan[] = [
  { zone: '.', algorithm: 'ECDSAP256SHA256', secureChildren: ['zz'], records: 'zz. NS ns.zz.\nns.zz. A 127.0.0.1\n' },
  {
    zone: 'zz', algorithm: 'RSASHA256', bits: '1024', options: ['-x'], secureChildren: ['corp.zz', 'hash.zz', 'opt.zz', 'ed.zz'],
    records: ['ns A 127.0.0.1', ...['corp', 'hash', 'opt', 'ed', 'plain'].map((child) => `${child} NS ns`)].join('\n'),
  },
  {
    zone: 'corp.zz', algorithm: 'ECDSAP256SHA256', secureChildren: ['sub.corp.zz', 'deep.cut.corp.zz'],
    records: `${MAIL}sub NS ns.zz.\ndeep.cut NS ns.zz.\nout CNAME mx.hash.zz.\nunsigned CNAME mx.plain.zz.\ndn DNAME hash.zz.\nloose DNAME plain.zz.\n`,
  },
  { zone: 'sub.corp.zz', algorithm: 'ED25519', options: ['-3', '-'], records: MAIL },
  { zone: 'deep.cut.corp.zz', algorithm: 'ECDSAP384SHA384', options: ['-x'], records: MAIL },
  { zone: 'hash.zz', algorithm: 'ECDSAP256SHA256', options: ['-3', 'abcd', '-H', '5'], records: `${MAIL}dn DNAME corp.zz.\nout CNAME mx.corp.zz.\n` },
  { zone: 'opt.zz', algorithm: 'RSASHA512', bits: '1024', options: ['-3', '-', '-A'], secureChildren: ['sec.opt.zz'], records: `${MAIL}sec NS ns.zz.\nloose.ent2 NS ns.zz.\n` },
  { zone: 'sec.opt.zz', algorithm: 'ECDSAP256SHA256', records: MAIL },
  { zone: 'ed.zz', algorithm: 'ED25519', records: MAIL },
  { zone: 'plain.zz', algorithm: null, records: `${MAIL}isle NS ns.zz.\n` },
  { zone: 'isle.plain.zz', algorithm: 'ECDSAP256SHA256', records: MAIL },
  ...['corp.zz', 'sub.corp.zz', 'deep.cut.corp.zz', 'hash.zz', 'opt.zz', 'sec.opt.zz', 'ed.zz', 'plain.zz', 'isle.plain.zz'].map((parent): ZonePlan =>
    ({ zone: `plain.${parent}`, algorithm: null, records: 'ns A 127.0.0.1\nwww A 192.0.2.80\n' })),
  { zone: 'loose.ent2.opt.zz', algorithm: null, records: 'www A 192.0.2.80\n' },
];

export interface ZoneKeys {
  readonly zone: Name;
  readonly keySigning: SigningKey;
  readonly zoneSigning: SigningKey;
}

export interface SignedTree {
  readonly port: number;
  /** by zone in presentation form without final dot, `.` for the root */
  readonly keys: ReadonlyMap<string, ZoneKeys>;
  /** every zone with mail records, signed or not */
  readonly mailZones: readonly string[];
  readonly stop: () => Promise<void>;
}

export async function startSignedTree(folder: string, port: number): Promise<SignedTree> {
  const keys = new Map<string, ZoneKeys>();
  const dsLines = new Map<string, string>();
  for (const plan of PLANS.filter(({ algorithm }) => algorithm !== null)) makeKeys(folder, plan, keys, dsLines);
  const files = PLANS.map((plan) => ({ zone: plan.zone, file: writeZone(folder, plan, dsLines) }));
  const server = new ServerProcess('nsd', ['-d', '-c', writeConfiguration(folder, port, files)]);
  return { port, keys, mailZones: PLANS.filter(({ records }) => records.includes(MAIL)).map(({ zone }) => zone), stop: () => server.stop() };
}

const labelOf = (zone: string): string => (zone === '.' ? 'root' : zone);

function makeKeys(folder: string, plan: ZonePlan, keys: Map<string, ZoneKeys>, dsLines: Map<string, string>): void {
  const keyFolder = join(folder, `keys-${labelOf(plan.zone)}`);
  mkdirSync(keyFolder);
  const options = ['-q', '-a', plan.algorithm ?? '', ...(plan.bits === undefined ? [] : ['-b', plan.bits])];
  const [keySigning = '', zoneSigning = ''] = [['-f', 'KSK'], []].map((role) => runTool('dnssec-keygen', [...options, ...role, plan.zone], keyFolder).trim());
  keys.set(plan.zone, { zone: parseName(plan.zone), keySigning: readKey(join(keyFolder, keySigning)), zoneSigning: readKey(join(keyFolder, zoneSigning)) });
  dsLines.set(plan.zone, runTool('dnssec-dsfromkey', ['-2', join(keyFolder, keySigning)], keyFolder));
}

/** Both files that dnssec-keygen wrote, as a key that can sign in the test. */
function readKey(path: string): SigningKey {
  const line = readFileSync(`${path}.key`, 'utf8').split('\n').find((text) => text.includes('DNSKEY') && !text.startsWith(';')) ?? '';
  const [flags, protocol, algorithm, ...field] = line.slice(line.indexOf('DNSKEY') + 7).trim().split(/\s+/);
  const rdata = Uint8Array.of(Number(flags) >> 8, Number(flags) & 0xff, Number(protocol), Number(algorithm), ...fromBase64(field.join('')));
  const dnskey = parseDnskey(rdata) as Dnskey;
  const members = new Map([...readFileSync(`${path}.private`, 'utf8').matchAll(/^(\w+): (\S+)$/gm)].map((match) => [match[1] ?? '', match[2] ?? '']));
  return { dnskey, privateKey: createPrivateKey({ key: privateJwk(dnskey, members), format: 'jwk' }) };
}

const url = (octets: Uint8Array | undefined): string => Buffer.from(octets ?? []).toString('base64url');

function privateJwk({ algorithm, publicKey }: Dnskey, members: ReadonlyMap<string, string>): Record<string, string> {
  const member = (name: string): string => url(fromBase64(members.get(name) ?? ''));
  const d = member('PrivateKey');
  const half = publicKey.length / 2;
  switch (algorithm) {
    case 13: case 14:
      return { kty: 'EC', crv: algorithm === 13 ? 'P-256' : 'P-384', d, x: url(publicKey.subarray(0, half)), y: url(publicKey.subarray(half)) };
    case 15: case 16:
      return { kty: 'OKP', crv: algorithm === 15 ? 'Ed25519' : 'Ed448', d, x: url(publicKey) };
    default: {
      const rsa = rsaPublicKey(publicKey);
      return {
        kty: 'RSA', n: url(rsa?.modulus), e: url(rsa?.exponent), d: member('PrivateExponent'), p: member('Prime1'), q: member('Prime2'),
        dp: member('Exponent1'), dq: member('Exponent2'), qi: member('Coefficient'),
      };
    }
  }
}

function writeZone(folder: string, plan: ZonePlan, dsLines: ReadonlyMap<string, string>): string {
  const file = join(folder, `${labelOf(plan.zone)}.zone`);
  const origin = plan.zone === '.' ? '.' : `${plan.zone}.`;
  const head = `$TTL 3600\n$ORIGIN ${origin}\n@ SOA ns.zz. host.zz. 1 7200 3600 1209600 300\n@ NS ns.zz.\n`;
  writeFileSync(file, head + plan.records + '\n' + (plan.secureChildren ?? []).map((child) => dsLines.get(child) ?? '').join(''));
  if (plan.algorithm === null) return file;
  runTool('dnssec-signzone', ['-S', '-K', join(folder, `keys-${labelOf(plan.zone)}`), '-d', folder, ...(plan.options ?? []), '-o', plan.zone, '-f', `${file}.signed`, file], folder);
  return `${file}.signed`;
}

function writeConfiguration(folder: string, port: number, zones: readonly { readonly zone: string; readonly file: string }[]): string {
  const file = join(folder, 'nsd.conf');
  writeFileSync(file, [
    'server:', `  ip-address: 127.0.0.1@${port}`, '  username: ""', '  zonesdir: ""', '  database: ""', `  pidfile: "${file}.pid"`, `  xfrdfile: "${file}.xfrd"`,
    `  zonelistfile: "${file}.list"`, '  server-count: 1', '  ipv4-edns-size: 4096', '  minimal-responses: yes', 'remote-control:', '  control-enable: no',
    ...zones.flatMap(({ zone, file: zoneFile }) => ['zone:', `  name: "${zone}"`, `  zonefile: "${zoneFile}"`]), '',
  ].join('\n'));
  return file;
}
