/** What a scene adds to the lab's Internet: zones with their name server, and mail hosts. */
import { isSubdomain, parseName } from '../../core/dns/name.ts';
import { collidingKeys } from '../attacks/colliding-keys.ts';
import type { Authority } from '../certificates/authority.ts';
import { mxRdata, textRdata } from '../dns/rdata.ts';
import type { ZoneRecord } from '../dns/response.ts';
import { MX, TLSA, TXT } from '../dns/rrtype.ts';
import { domainOf } from '../scenes/all.ts';
import type { SceneDefinition, SceneZone } from '../scenes/definition.ts';
import type { AnswerFault, ServedZone } from '../zone/authority.ts';
import type { Validity } from '../zone/signer.ts';
import type { ZoneKey } from '../zone/key.ts';
import { makeKey } from '../zone/key.ts';
import type { StrangeKeys } from '../zone/strange-signatures.ts';
import { Zone } from '../zone/zone.ts';
import type { AddressPlan } from './addresses.ts';
import type { PlannedZone } from './delegation.ts';
import { serverRecords, soaRecord, TTL } from './delegation.ts';
import type { PlannedHost } from './mail-host.ts';
import { planHost } from './mail-host.ts';
import { once } from './once.ts';

export interface World {
  readonly addresses: AddressPlan;
  readonly authority: () => Promise<Authority>;
  readonly validity: Validity;
}

export interface SceneWorld {
  readonly zones: readonly PlannedZone[];
  readonly hosts: readonly PlannedHost[];
}

export function planScene(scene: SceneDefinition, world: World): SceneWorld {
  const domain = domainOf(scene);
  const hosts = scene.hosts.map((host) => planHost(host, domain, world));
  return { hosts, zones: (scene.zones ?? [{}]).map((zone) => planZone(zone, { scene, domain, hosts }, world)) };
}

interface Surroundings {
  readonly scene: SceneDefinition;
  readonly domain: string;
  readonly hosts: readonly PlannedHost[];
}

const COLLIDING_TAG = 4711;

function planZone(zone: SceneZone, around: Surroundings, world: World): PlannedZone {
  const apex = zone.apex ?? around.domain;
  const signing = zone.signing ?? 'ECDSAP256SHA256';
  const server = { name: `ns1.${apex}`, addresses: [world.addresses.nameServer()] };
  const secondServer = zone.secondServer !== undefined ? { name: `ns2.${apex}`, addresses: [world.addresses.nameServer()] } : null;
  const keys = once(async () => signing === 'unsigned' ? [] : [await makeKey(signing, true), ...(zone.strange === undefined ? [] : [await makeKey('ECDSAP256SHA256', true, true)]), ...collidingKeys(zone.collidingKeys ?? 0, COLLIDING_TAG, false)]);
  const strange = zone.strange === undefined ? null : { owner: parseName(zone.strange), keys: once(async () => strangeKeys(await keys(), await makeKey('ECDSAP256SHA256', false))) };
  const loader = (age: number): ServedZone['load'] => once(async () => {
    const name = parseName(apex);
    const hostRecords = (await Promise.all(around.hosts.map((host) => host.records(age > 0)))).flat();
    return new Zone({
      apex: name, keys: await keys(), denial: zone.denial ?? 'nsec', nsec3Iterations: zone.nsec3Iterations ?? 0, validity: world.validity,
      records: [soaRecord(name, server, age), ...serverRecords(name, server), ...(secondServer === null ? [] : serverRecords(name, secondServer)), ...domainRecords(around, apex),
        ...hostRecords.filter((record) => isSubdomain(record.owner, name))],
      ...(strange === null ? {} : { strange: { owner: strange.owner, type: TLSA, keys: await strange.keys() } }),
      signatureFaults: (zone.signatureFaults ?? []).map((fault) => ({ ...fault, owner: parseName(fault.owner) })),
    });
  });
  const servedAt = (age: number): ServedZone => ({ apex: parseName(apex), load: loader(age), faults: answerFaults(zone) });
  const stale = servedAt(zone.secondServer?.isStale === true ? 1 : 0);
  const failsFor = zone.secondServer?.failsFor;
  const secondServed = failsFor === undefined ? stale : { ...stale, faults: [...stale.faults ?? [], { kind: 'server-failure' as const, type: failsFor }] };
  return {
    apex, server, keys, dsMismatch: zone.dsMismatch === true, served: servedAt(0), ...(strange === null ? {} : { strange: strange.keys }),
    ...(secondServer === null ? {} : { second: { server: secondServer, served: secondServed, secondsAhead: zone.secondServer?.secondsAhead ?? 0 } }),
  };
}

function strangeKeys(keys: readonly ZoneKey[], foreign: ZoneKey): StrangeKeys {
  const [own, revoked] = [keys.find((key) => key.revoked !== true), keys.find((key) => key.revoked === true)];
  if (own === undefined || revoked === undefined) throw new Error('a zone of strange signatures needs a key and a revoked one');
  return { own, revoked, foreign };
}

/** The records at the apex of the mail domain itself. */
function domainRecords({ scene, domain, hosts }: Surroundings, apex: string): ZoneRecord[] {
  if (apex !== domain) return [];
  const owner = parseName(domain);
  const text = { owner, type: TXT, ttl: TTL, rdata: textRdata(`practice lab: ${scene.name}`) };
  switch (scene.mx ?? 'hosts') {
    case 'none': return [text];
    // RFC 7505 §3
    case 'null': return [text, { owner, type: MX, ttl: TTL, rdata: mxRdata(0, parseName('.')) }];
    case 'hosts': return [text, ...hosts.map((host) => ({ owner, type: MX, ttl: TTL, rdata: mxRdata(host.preference, parseName(host.name)) }))];
  }
}

function answerFaults(zone: SceneZone): AnswerFault[] {
  return (zone.answerFaults ?? []).map((fault) => 'name' in fault ? { ...fault, name: parseName(fault.name) } : fault);
}
