/** Root and top-level domains: `example` (NSEC), `test` (NSEC3 with opt-out), `invalid` (not signed). */
import { parseName } from '../../core/dns/name.ts';
import type { ZoneKey } from '../zone/key.ts';
import { makeKey } from '../zone/key.ts';
import type { Validity } from '../zone/signer.ts';
import type { DenialKind } from '../zone/zone.ts';
import { Zone } from '../zone/zone.ts';
import type { NameServerPlan, PlannedZone } from './delegation.ts';
import { delegationRecords, serverRecords, soaRecord } from './delegation.ts';
import { once } from './once.ts';

export const ROOT_SERVER: NameServerPlan = { name: 'a.root-servers', addresses: ['203.0.113.1'] };

const TOP_LEVEL: readonly { readonly apex: string; readonly address: string; readonly signed: boolean; readonly denial: DenialKind }[] = [
  { apex: 'example', address: '203.0.113.2', signed: true, denial: 'nsec' },
  { apex: 'test', address: '203.0.113.3', signed: true, denial: 'nsec3-opt-out' },
  { apex: 'invalid', address: '203.0.113.4', signed: false, denial: 'nsec' },
];

export function planTopLevel(children: readonly PlannedZone[], validity: Validity): PlannedZone[] {
  return TOP_LEVEL.map(({ apex, address, signed, denial }) => {
    const server = { name: `a.nic.${apex}`, addresses: [address] };
    const keys = once(async () => signed ? [await makeKey('ECDSAP256SHA256', true)] : []);
    const own = children.filter((child) => child.apex.endsWith(`.${apex}`));
    const load = zoneLoader({ apex, server, keys, denial, children: own, validity });
    return { apex, server, keys, dsMismatch: false, served: { apex: parseName(apex), load } };
  });
}

/** KSK and ZSK, as the real one has. */
export function planRoot(children: readonly PlannedZone[], validity: Validity): PlannedZone {
  const keys = once(async () => [await makeKey('ECDSAP256SHA256', true), await makeKey('ECDSAP256SHA256', false)]);
  const load = zoneLoader({ apex: '.', server: ROOT_SERVER, keys, denial: 'nsec', children, validity });
  return { apex: '.', server: ROOT_SERVER, keys, dsMismatch: false, served: { apex: parseName('.'), load } };
}

interface ParentZone {
  readonly apex: string;
  readonly server: NameServerPlan;
  readonly keys: () => Promise<readonly ZoneKey[]>;
  readonly denial: DenialKind;
  readonly children: readonly PlannedZone[];
  readonly validity: Validity;
}

function zoneLoader(parent: ParentZone): () => Promise<Zone> {
  return once(async () => {
    const apex = parseName(parent.apex);
    const keys = await parent.keys();
    const delegations = await Promise.all(parent.children.map((child) => delegationRecords(child, keys.length > 0)));
    return new Zone({
      apex, keys, denial: parent.denial, validity: parent.validity,
      records: [soaRecord(apex, parent.server), ...serverRecords(apex, parent.server), ...delegations.flat()],
    });
  });
}
