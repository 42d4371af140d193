/** What a parent zone says about a child: name servers, their addresses, and DS (RFC 1034 §4.2.1, RFC 4035 §2.4). */
import type { Name } from '../../core/dns/name.ts';
import { parseName } from '../../core/dns/name.ts';
import { addressRdata, soaRdata } from '../dns/rdata.ts';
import type { ZoneRecord } from '../dns/response.ts';
import { A, AAAA, DS, NS, SOA } from '../dns/rrtype.ts';
import type { ZoneKey } from '../zone/key.ts';
import { dsRdata, makeKey } from '../zone/key.ts';

export const TTL = 3600;
const NEGATIVE_TTL = 300;

export interface NameServerPlan {
  readonly name: string;
  readonly addresses: readonly string[];
}

export interface Delegation {
  readonly apex: string;
  readonly server: NameServerPlan;
  readonly keys: () => Promise<readonly ZoneKey[]>;
  readonly dsMismatch: boolean;
}

/** NS and addresses, as they stand in the child and at the parent. */
export function serverRecords(apex: Name, server: NameServerPlan): ZoneRecord[] {
  const name = parseName(server.name);
  return [
    { owner: apex, type: NS, ttl: TTL, rdata: name },
    ...server.addresses.map((address) => ({ owner: name, type: address.includes(':') ? AAAA : A, ttl: TTL, rdata: addressRdata(address) })),
  ];
}

export function soaRecord(apex: Name, server: NameServerPlan): ZoneRecord {
  return { owner: apex, type: SOA, ttl: TTL, rdata: soaRdata(parseName(server.name), parseName('hostmaster.example'), { serial: 2026112401, minimum: NEGATIVE_TTL }) };
}

export async function delegationRecords(delegation: Delegation): Promise<ZoneRecord[]> {
  const apex = parseName(delegation.apex);
  const keys = (await delegation.keys()).filter((key) => key.secureEntryPoint);
  const pointedTo = delegation.dsMismatch ? [await makeKey('ECDSAP256SHA256', true)] : keys;
  return [...serverRecords(apex, delegation.server), ...pointedTo.map((key) => ({ owner: apex, type: DS, ttl: TTL, rdata: dsRdata(apex, key) }))];
}
