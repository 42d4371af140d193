/** What a parent zone says about a child: name servers, their addresses, and DS (RFC 1034 §4.2.1, RFC 4035 §2.4). */
import type { Name } from '../../core/dns/name.ts';
import { parseName } from '../../core/dns/name.ts';
import { addressRdata, soaRdata } from '../dns/rdata.ts';
import type { ZoneRecord } from '../dns/response.ts';
import { A, AAAA, DS, NS, SOA } from '../dns/rrtype.ts';
import type { ServedZone } from '../zone/authority.ts';
import type { ZoneKey } from '../zone/key.ts';
import { dsRdata, makeKey } from '../zone/key.ts';
import type { StrangeKeys } from '../zone/strange-signatures.ts';
import { strangeDs } from '../zone/strange-signatures.ts';

export const TTL = 3600;
const NEGATIVE_TTL = 300;

export interface NameServerPlan {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** A zone, its name server, and what the parent needs to know. */
export interface PlannedZone {
  readonly apex: string;
  readonly server: NameServerPlan;
  /** another name server, which may have the zone as it was before, or a clock of its own */
  readonly second?: { readonly server: NameServerPlan; readonly served: ServedZone; readonly secondsAhead: number };
  readonly keys: () => Promise<readonly ZoneKey[]>;
  /** the DS at the parent belongs to another key */
  readonly dsMismatch: boolean;
  /** the parent has DS records of each kind that leads nowhere, beside the good one */
  readonly strange?: () => Promise<StrangeKeys>;
  readonly served: ServedZone;
}

/** NS and addresses, as they stand in the child and at the parent. */
export function serverRecords(apex: Name, server: NameServerPlan): ZoneRecord[] {
  const name = parseName(server.name);
  return [
    { owner: apex, type: NS, ttl: TTL, rdata: name },
    ...server.addresses.map((address) => ({ owner: name, type: address.includes(':') ? AAAA : A, ttl: TTL, rdata: addressRdata(address) })),
  ];
}

const SERIAL = 2026112401;

/** @param age how many serial numbers ago */
export function soaRecord(apex: Name, server: NameServerPlan, age = 0): ZoneRecord {
  return { owner: apex, type: SOA, ttl: TTL, rdata: soaRdata(parseName(server.name), parseName('hostmaster.example'), { serial: SERIAL - age, minimum: NEGATIVE_TTL }) };
}

/** @param signed whether the parent is: an unsigned one has no DS to give */
export async function delegationRecords(child: PlannedZone, signed: boolean): Promise<ZoneRecord[]> {
  const apex = parseName(child.apex);
  const keys = (await child.keys()).filter((key) => key.secureEntryPoint && key.revoked !== true);
  const servers = [child.server, ...(child.second === undefined ? [] : [child.second.server])].flatMap((server) => serverRecords(apex, server));
  if (!signed) return servers;
  const pointedTo = child.dsMismatch ? [await makeKey('ECDSAP256SHA256', true)] : keys;
  const strange = child.strange === undefined ? [] : strangeDs(apex, await child.strange());
  return [...servers, ...[...strange, ...pointedTo.map((key) => dsRdata(apex, key))].map((rdata) => ({ owner: apex, type: DS, ttl: TTL, rdata }))];
}
