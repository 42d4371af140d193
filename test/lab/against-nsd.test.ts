/** The lab's authoritative answers beside those of NSD, which serves the same signed zone. */
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packet from 'dns-packet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseName } from '../../core/dns/name.ts';
import { addressRdata, mxRdata, soaRdata, textRdata, tlsaRdata } from '../../lab/dns/rdata.ts';
import { readQuery } from '../../lab/dns/query.ts';
import type { ZoneRecord } from '../../lab/dns/response.ts';
import { writeResponse } from '../../lab/dns/response.ts';
import { A, AAAA, CNAME, DS, MX, NS, SOA, TLSA, TXT } from '../../lab/dns/rrtype.ts';
import { authorityFor } from '../../lab/zone/authority.ts';
import { makeKey } from '../../lab/zone/key.ts';
import type { DenialKind } from '../../lab/zone/zone.ts';
import { Zone } from '../../lab/zone/zone.ts';
import { findProgram } from '../real/programs.ts';
import { ServerProcess } from '../real/process.ts';
import { zoneFile } from './zone-file.ts';

const APEX = 'zone.example';
const TTL = 3600;

function record(owner: string, type: number, rdata: Uint8Array): ZoneRecord {
  return { owner: parseName(owner === '@' ? APEX : `${owner}.${APEX}`), type, ttl: TTL, rdata };
}

const inZone = (name: string): Uint8Array => parseName(`${name}.${APEX}`);
const tlsaData = tlsaRdata(3, 1, 1, new Uint8Array(32).fill(7));

const RECORDS: readonly ZoneRecord[] = [
  record('@', SOA, soaRdata(inZone('ns1'), inZone('hostmaster'), { serial: 1, minimum: 300 })),
  record('@', NS, inZone('ns1')),
  record('@', MX, mxRdata(10, inZone('mx1'))),
  record('ns1', A, addressRdata('192.0.2.1')),
  record('ns1', AAAA, addressRdata('2001:db8::1')),
  record('mx1', A, addressRdata('192.0.2.2')),
  record('_25._tcp.mx1', TLSA, tlsaData),
  record('alias', CNAME, inZone('mx1')),
  record('alias-of-alias', CNAME, inZone('alias')),
  record('alias-outside', CNAME, parseName('www.elsewhere.test')),
  record('alias-to-nothing', CNAME, inZone('nothing')),
  record('alias-into-child', CNAME, inZone('www.signed')),
  record('*.wild', TXT, textRdata('any')),
  record('*.wild', MX, mxRdata(5, inZone('mx1'))),
  record('is.wild', TXT, textRdata('itself')),
  record('deep.er.wild', TXT, textRdata('below')),
  record('*.wild-alias', CNAME, inZone('mx1')),
  record('signed', NS, inZone('ns.signed')),
  record('signed', DS, Uint8Array.of(0, 1, 13, 2, ...new Uint8Array(32).fill(9))),
  record('ns.signed', A, addressRdata('192.0.2.3')),
  record('unsigned', NS, inZone('ns.unsigned')),
  record('ns.unsigned', A, addressRdata('192.0.2.4')),
  record('unsigned.below.nothing-else', NS, inZone('ns1')),
];

const NAMES = [
  '@', 'ns1', 'mx1', '_tcp.mx1', '_25._tcp.mx1', '_26._tcp.mx1', '_udp.mx1', 'alias', 'alias-of-alias', 'alias-outside', 'alias-to-nothing', 'alias-into-child',
  'wild', '*.wild', 'a.wild', 'a.b.wild', 'is.wild', 'a.is.wild', 'er.wild', 'deep.er.wild', 'other.er.wild', 'a.wild-alias', 'nothing', 'a.nothing', '*', 'zzz', '0',
  'signed', 'ns.signed', 'www.signed', 'unsigned', 'ns.unsigned', 'a.b.unsigned', 'nothing-else', 'below.nothing-else', 'unsigned.below.nothing-else', 'a.below.nothing-else',
];
const TYPES = ['A', 'AAAA', 'MX', 'TXT', 'TLSA', 'NS', 'SOA', 'DS', 'DNSKEY', 'CNAME'];

function query(name: string, type: string, dnssecOk: boolean): Buffer {
  return packet.encode({
    type: 'query', id: 1, questions: [{ name, type, class: 'IN' }],
    additionals: [{ type: 'OPT', name: '.', udpPayloadSize: 4096, flags: dnssecOk ? packet.DNSSEC_OK : 0, extendedRcode: 0, ednsVersion: 0, options: [] }],
  });
}

/** The parts that both must have alike; order within a section is free. */
function essence(message: Uint8Array): object {
  const { rcode, flag_aa, answers, authorities } = packet.decode(Buffer.from(message));
  const list = (records: readonly object[]): string[] => records.map((one) => JSON.stringify(one).toLowerCase()).sort();
  return { rcode, authoritative: flag_aa, answers: list(answers), authorities: list(authorities) };
}

async function startNsd(folder: string, zone: Zone): Promise<{ readonly port: number; readonly server: ServerProcess }> {
  const port = await freePort();
  writeFileSync(join(folder, 'zone'), zoneFile(zone));
  writeFileSync(join(folder, 'nsd.conf'), [
    'server:', '  ip-address: 127.0.0.1', `  port: ${String(port)}`, '  username: ""', '  zonesdir: ""', '  database: ""', '  minimal-responses: yes',
    `  pidfile: "${folder}/pid"`, `  xfrdfile: "${folder}/xfrd"`, `  zonelistfile: "${folder}/list"`, '  server-count: 1', '  rrl-ratelimit: 0',
    'remote-control:', '  control-enable: no', 'zone:', `  name: "${APEX}"`, `  zonefile: "${folder}/zone"`, '',
  ].join('\n'));
  return { port, server: new ServerProcess('nsd', ['-d', '-c', join(folder, 'nsd.conf')]) };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => { resolve(port); });
    });
  });
}

/** Asks again until there is an answer: the server needs a moment to start. */
function ask(port: number, message: Buffer): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    let tries = 0;
    const send = (): void => {
      tries += 1;
      if (tries > 50) reject(new Error('no answer from NSD'));
      else socket.send(message, port, '127.0.0.1');
    };
    const timer = setInterval(send, 100);
    socket.on('error', () => {});
    socket.once('message', (answer) => {
      clearInterval(timer);
      socket.close();
      resolve(answer);
    });
    send();
  });
}

/** Where NSD 4.6 does otherwise, and why we do not follow. */
const UNDERSTOOD: readonly { readonly denial: RegExp; readonly name: string; readonly types?: readonly string[]; readonly why: string }[] = [
  { denial: /nsec3/, name: '*.wild', types: ['A', 'AAAA', 'TLSA', 'NS', 'SOA', 'DS', 'DNSKEY', 'CNAME'], why: 'the name itself exists, so its own NSEC3 is the proof (RFC 5155 §7.2.3); NSD adds that of the name above' },
  { denial: /opt-out/, name: 'nothing-else', types: ['DS'], why: 'an empty non-terminal without NSEC3 needs the next closer name covered (RFC 5155 §7.2.4); NSD leaves it out' },
  { denial: /opt-out/, name: 'a.below.nothing-else', why: 'the encloser must be one that can be proved (RFC 5155 §7.2.1); NSD takes one that cannot' },
];

const denials: readonly DenialKind[] = ['nsec', 'nsec3', 'nsec3-opt-out'];

describe.skipIf(findProgram('nsd') === null).each(denials)('NSD gives the same answers: %s', (denial) => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-nsd-'));
  let zone: Zone;
  let nsd: { readonly port: number; readonly server: ServerProcess };
  beforeAll(async () => {
    const now = Math.floor(Date.now() / 1000);
    zone = new Zone({ apex: parseName(APEX), records: RECORDS, keys: [await makeKey('ECDSAP256SHA256', true)], denial, validity: { inception: now - 3600, expiration: now + 86_400 } });
    nsd = await startNsd(folder, zone);
  });
  afterAll(async () => {
    await nsd.server.stop();
    rmSync(folder, { recursive: true });
  });

  test.each(NAMES)('%s', async (label) => {
    const answering = authorityFor([{ apex: parseName(APEX), load: () => Promise.resolve(zone) }]);
    const name = label === '@' ? APEX : `${label}.${APEX}`;
    const skipped = UNDERSTOOD.filter((one) => one.name === label && one.denial.test(denial));
    const types = TYPES.filter((type) => !skipped.some((one) => one.types?.includes(type) ?? true));
    for (const type of types) for (const dnssecOk of [true, false]) {
      const asked = query(name, type, dnssecOk);
      const read = readQuery(asked);
      if (read === null) throw new Error('an unreadable query');
      const ours = writeResponse(read, await answering(read), 4096);
      expect({ type, dnssecOk, ...essence(ours) }).toEqual({ type, dnssecOk, ...essence(await ask(nsd.port, asked)) });
    }
  });
});

