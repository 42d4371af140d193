/**
 * A signed zone served on loopback by a process of its own, so that its work is nobody's in a measurement.
 * Run as a program it is that process; imported, it starts one.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { toBase64 } from '../core/base/bytes.ts';
import { parseName } from '../core/dns/name.ts';
import { addressRdata, soaRdata } from '../lab/dns/rdata.ts';
import { A, NS, SOA } from '../lab/dns/rrtype.ts';
import { startNameServer } from '../lab/dns/server.ts';
import { authorityFor } from '../lab/zone/authority.ts';
import { makeKey } from '../lab/zone/key.ts';
import { Zone } from '../lab/zone/zone.ts';

export const APEX = 'bench.example';
export const nameOf = (index: number): string => `host${index}.${APEX}`;

export interface LoopbackZone {
  readonly port: number;
  /** DNSKEY as a zone-file line */
  readonly trustAnchor: string;
}

/** One A RRset a name, all signed with ECDSA P-256. */
export async function startLoopbackZone(names: number): Promise<LoopbackZone & { readonly close: () => void }> {
  const child = fork(fileURLToPath(import.meta.url), [String(names)]);
  const told = await new Promise<LoopbackZone>((resolve, reject) => {
    child.once('message', (message) => { resolve(message as LoopbackZone); });
    child.once('exit', (code) => { reject(new Error(`the zone's server ended with ${String(code)}`)); });
  });
  return { ...told, close: () => { child.kill(); } };
}

async function serve(names: number): Promise<LoopbackZone> {
  const apex = parseName(APEX);
  const server = parseName(`ns1.${APEX}`);
  const key = await makeKey('ECDSAP256SHA256', true);
  const now = Math.floor(Date.now() / 1000);
  const zone = new Zone({
    apex, keys: [key], denial: 'nsec', validity: { inception: now - 3600, expiration: now + 86_400 },
    records: [
      { owner: apex, type: SOA, ttl: 3600, rdata: soaRdata(server, apex, { serial: 1, minimum: 300 }) }, { owner: apex, type: NS, ttl: 3600, rdata: server },
      ...['ns1', ...Array.from({ length: names }, (_, index) => `host${index}`)].map((label, index) =>
        ({ owner: parseName(`${label}.${APEX}`), type: A, ttl: 3600, rdata: addressRdata(`192.0.2.${index % 256}`) })),
    ],
  });
  zone.all();
  const { udpPort } = await startNameServer(authorityFor([{ apex, load: () => Promise.resolve(zone) }]));
  return { port: udpPort, trustAnchor: `${APEX}. 3600 IN DNSKEY 257 3 ${key.algorithm} ${toBase64(key.dnskey.subarray(4))}` };
}

if (process.send !== undefined && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.send(await serve(Number(process.argv[2])));
  process.once('disconnect', () => { process.exit(0); });
}
