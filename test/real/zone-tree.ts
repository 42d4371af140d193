/**
 * A signed zone tree made with the tools people use: root and `test` signed by BIND's dnssec-signzone, the mail domains by
 * ldns-signzone (one with NSEC3). Root and domains are served by NSD, `test` by Knot, each on port 53 of its own loopback address.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess, dnsReady, runTool } from './process.ts';

export const ROOT_SERVER = '127.91.0.1';
export const TLD_SERVER = '127.91.0.2';
export const DOMAIN_SERVER = '127.91.0.3';

export interface MailDomain {
  readonly name: string;
  /** records below the SOA and NS, in zone-file form with names relative to the domain */
  readonly records: readonly string[];
  readonly nsec3: boolean;
  /** changes the signed zone file: what an operator's mistake or an attacker does */
  readonly tamper?: (signedZone: string) => string;
}

export interface ZoneTree {
  readonly rootHints: string;
  readonly trustAnchor: string;
  readonly stop: () => Promise<void>;
}

export async function startZoneTree(folder: string, domains: readonly MailDomain[]): Promise<ZoneTree> {
  const domainFiles = domains.map((domain) => signWithLdns(folder, domain));
  const tld = signWithBind(folder, 'test', [
    `ns.test. IN A ${TLD_SERVER}`,
    ...domains.flatMap((domain, index) => [
      `${domain.name}. IN NS ns.${domain.name}.`, `ns.${domain.name}. IN A ${DOMAIN_SERVER}`, domainFiles[index]?.ds ?? '',
    ]),
  ]);
  const root = signWithBind(folder, '.', ['ns. IN A ' + ROOT_SERVER, 'test. IN NS ns.test.', `ns.test. IN A ${TLD_SERVER}`, tld.ds]);
  const servers = [
    await startNsd(folder, ROOT_SERVER, [{ name: '.', file: root.file }]),
    await startKnot(folder, TLD_SERVER, { name: 'test', file: tld.file }),
    await startNsd(folder, DOMAIN_SERVER, domains.map((domain, index) => ({ name: domain.name, file: domainFiles[index]?.file ?? '' }))),
  ];
  const rootHints = join(folder, 'root.hints');
  writeFileSync(rootHints, `. 3600000 IN NS ns.\nns. 3600000 IN A ${ROOT_SERVER}\n`);
  const trustAnchor = join(folder, 'root.anchor');
  writeFileSync(trustAnchor, root.ds);
  return { rootHints, trustAnchor, stop: async () => { await Promise.all(servers.map((server) => server.stop())); } };
}

interface SignedZone {
  readonly file: string;
  /** DS records in zone-file form */
  readonly ds: string;
}

function zoneHead(zone: string, server: string): string {
  const origin = zone === '.' ? '.' : `${zone}.`;
  return `$TTL 3600\n$ORIGIN ${origin}\n@ IN SOA ${server} hostmaster.invalid. 1 7200 3600 1209600 300\n@ IN NS ${server}\n`;
}

function signWithBind(folder: string, zone: string, lines: readonly string[]): SignedZone {
  const label = zone === '.' ? 'root' : zone;
  const file = join(folder, `${label}.zone`);
  writeFileSync(file, zoneHead(zone, zone === '.' ? 'ns.' : `ns.${zone}.`) + lines.join('\n') + '\n');
  const algorithm = zone === '.' ? ['-a', 'RSASHA256', '-b', '2048'] : ['-a', 'ECDSAP256SHA256'];
  runTool('dnssec-keygen', [...algorithm, '-f', 'KSK', '-n', 'ZONE', zone], folder);
  runTool('dnssec-keygen', [...algorithm, '-n', 'ZONE', zone], folder);
  runTool('dnssec-signzone', ['-S', '-K', folder, '-d', folder, '-o', zone, '-f', `${file}.signed`, file], folder);
  const dsFile = readdirSync(folder).find((name) => name === `dsset-${zone === '.' ? '.' : `${zone}.`}` || name === `dsset-${zone}`);
  if (dsFile === undefined) throw new Error(`dnssec-signzone left no dsset file for ${zone}`);
  return { file: `${file}.signed`, ds: readFileSync(join(folder, dsFile), 'utf8') };
}

function signWithLdns(folder: string, domain: MailDomain): SignedZone {
  const file = join(folder, `${domain.name}.zone`);
  writeFileSync(file, `${zoneHead(domain.name, `ns.${domain.name}.`)}ns IN A ${DOMAIN_SERVER}\n${domain.records.join('\n')}\n`);
  const key = runTool('ldns-keygen', ['-a', 'ECDSAP256SHA256', '-k', domain.name], folder).trim();
  // RFC 9276 §3.1: no further iterations; the tool's own default is 1.
  runTool('ldns-signzone', [...(domain.nsec3 ? ['-n', '-t', '0'] : []), '-f', `${file}.signed`, file, key], folder);
  if (domain.tamper !== undefined) writeFileSync(`${file}.signed`, domain.tamper(readFileSync(`${file}.signed`, 'utf8')));
  return { file: `${file}.signed`, ds: readFileSync(join(folder, `${key}.ds`), 'utf8').trim() };
}

async function startNsd(folder: string, address: string, zones: readonly { readonly name: string; readonly file: string }[]): Promise<ServerProcess> {
  const file = join(folder, `nsd-${address}.conf`);
  writeFileSync(file, [
    'server:', `  ip-address: ${address}`, '  port: 53', '  username: ""', '  zonesdir: ""', '  database: ""', `  pidfile: "${file}.pid"`,
    `  xfrdfile: "${file}.xfrd"`, `  zonelistfile: "${file}.list"`, '  server-count: 1', 'remote-control:', '  control-enable: no',
    ...zones.flatMap((zone) => ['zone:', `  name: "${zone.name}"`, `  zonefile: "${zone.file}"`]), '',
  ].join('\n'));
  const server = new ServerProcess('nsd', ['-d', '-c', file]);
  await dnsReady(address, server);
  return server;
}

async function startKnot(folder: string, address: string, zone: { readonly name: string; readonly file: string }): Promise<ServerProcess> {
  const file = join(folder, 'knot.conf');
  writeFileSync(file, [
    'server:', `    listen: ${address}@53`, `    rundir: "${folder}"`, '    user: root', 'database:', `    storage: "${folder}/knot"`,
    'log:', '  - target: stderr', '    any: warning', 'zone:', `  - domain: ${zone.name}`, `    file: "${zone.file}"`, '    journal-content: none', '',
  ].join('\n'));
  const server = new ServerProcess('knotd', ['-c', file]);
  await dnsReady(address, server);
  return server;
}
