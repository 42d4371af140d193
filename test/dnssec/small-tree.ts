/** A small signed tree on real sockets whose answers a test changes; asked from the root down and through a forwarder. */
import { ROOT, isSubdomain, labelCount, nameText, parentName, parseName } from '../../core/dns/name.ts';
import { createResolver, type ResolvedAnswer, type Resolver, type ResolverOptions } from '../../core/dnssec/resolver.ts';
import { SocketNetwork } from '../../core/net/socket-network.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { addressRdata, soaRdata } from '../../lab/dns/rdata.ts';
import type { Response, ZoneRecord } from '../../lab/dns/response.ts';
import { A, DS, NS, RRSIG, SOA } from '../../lab/dns/rrtype.ts';
import { type NameServer, startNameServer } from '../../lab/dns/server.ts';
import { LabNetwork } from '../../lab/network.ts';
import { authorityFor } from '../../lab/zone/authority.ts';
import { type ZoneKey, dsRdata, makeKey } from '../../lab/zone/key.ts';
import { signRRset } from '../../lab/zone/signer.ts';
import { type DenialKind, Zone } from '../../lab/zone/zone.ts';
import { parseAnchors } from '../lab/attack-anchor.ts';

export interface SmallZone {
  readonly apex: string;
  readonly records?: readonly ZoneRecord[];
  readonly denial?: DenialKind;
  /** default true, with its DS at the parent */
  readonly signed?: boolean;
}

export type Mode = 'iterative' | 'forwarding';
export const MODES: readonly Mode[] = ['iterative', 'forwarding'];

export type Tamper = (response: Response, asked: { readonly name: string; readonly type: number }) => Response;

const FORWARDER = '203.0.113.250';
const clock = new SystemClock();
const now = Math.floor(Date.now() / 1000);
export const VALIDITY = { inception: now - 3600, expiration: now + 86_400 };

export const record = (owner: string, type: number, rdata: Uint8Array, ttl = 3600): ZoneRecord => ({ owner: parseName(owner), type, ttl, rdata });
export const address = (owner: string, text = '192.0.2.1'): ZoneRecord => record(owner, A, addressRdata(text));

export class SmallTree {
  readonly network = new LabNetwork({ network: new SocketNetwork(), clock, latencyMs: 0 });
  readonly zones = new Map<string, Zone>();
  readonly #keys: ReadonlyMap<string, ZoneKey>;
  readonly #servers: NameServer[] = [];
  #tampered: { readonly zone: string; readonly tamper: Tamper } | null = null;

  private constructor(keys: ReadonlyMap<string, ZoneKey>) {
    this.#keys = keys;
  }

  static async grow(zones: readonly SmallZone[]): Promise<SmallTree> {
    const planned: SmallZone[] = [{ apex: '.' }, ...zones];
    const keys = new Map<string, ZoneKey>();
    for (const { apex, signed } of planned) if (signed !== false) keys.set(apex, await makeKey('ECDSAP256SHA256', true));
    const tree = new SmallTree(keys);
    for (const [index, zone] of planned.entries()) await tree.#plant(zone, planned, `203.0.113.${index + 1}`);
    await tree.#forward();
    return tree;
  }

  /** From now on, and in place of what was before: changes what the servers of that zone answer, and the forwarder for names in it. */
  tamper(zone: string, tamper: Tamper): void {
    this.#tampered = { zone, tamper };
  }

  key(apex: string): ZoneKey {
    const key = this.#keys.get(apex);
    if (key === undefined) throw new Error(`${apex} is not signed`);
    return key;
  }

  /** The records with an RRSIG by the key of `signer`, whoever's they are. */
  signed(records: readonly ZoneRecord[], signer: string): ZoneRecord[] {
    const { owner, type, ttl } = records[0] as ZoneRecord;
    const rdata = signRRset({ owner, type, ttl, rdatas: records.map((one) => one.rdata) }, parseName(signer), this.key(signer), VALIDITY);
    return [...records, { owner, type: RRSIG, ttl, rdata }];
  }

  resolver(mode: Mode, options: Partial<ResolverOptions> = {}): Resolver {
    const server = (ip: string): { name: null; address: string; port: number } => ({ name: null, address: ip, port: 53 });
    return createResolver({
      network: this.network, clock, random: new SystemRandom(), trustAnchors: parseAnchors('.', this.key('.')), primeRoot: false,
      resolution: mode === 'iterative' ? { mode, rootHints: [server('203.0.113.1')] } : { mode, forwarders: [server(FORWARDER)] }, ...options,
    });
  }

  resolve(mode: Mode, name: string, type: string, options: Partial<ResolverOptions> = {}): Promise<ResolvedAnswer> {
    return this.resolver(mode, options).resolve(name, type);
  }

  async fell(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  async #plant({ apex, records = [], denial = 'nsec' }: SmallZone, all: readonly SmallZone[], ip: string): Promise<void> {
    const owner = parseName(apex);
    const server = serverName(apex);
    const children = all.filter((child) => child.apex !== apex && parentOf(child.apex, all) === apex);
    const delegations = children.flatMap((child): ZoneRecord[] => [
      record(child.apex, NS, parseName(serverName(child.apex))), address(serverName(child.apex), `203.0.113.${all.indexOf(child) + 1}`),
      ...(this.#keys.has(child.apex) ? [record(child.apex, DS, dsRdata(parseName(child.apex), this.key(child.apex)))] : []),
    ]);
    const key = this.#keys.get(apex);
    const zone = new Zone({
      apex: owner, keys: key === undefined ? [] : [key], denial, validity: VALIDITY,
      records: [record(apex, SOA, soaRdata(parseName(server), owner, { serial: 1, minimum: 300 })), record(apex, NS, parseName(server)), address(server, ip), ...delegations, ...records],
    });
    this.zones.set(apex, zone);
    await this.#serve(ip, [zone], false);
  }

  #forward(): Promise<void> {
    return this.#serve(FORWARDER, [...this.zones.values()], true);
  }

  async #serve(ip: string, zones: readonly Zone[], recursionAvailable: boolean): Promise<void> {
    const honest = authorityFor(zones.map((zone) => ({ apex: zone.apex, load: () => Promise.resolve(zone) })));
    const server = await startNameServer(async (query) => {
      const zone = zones.filter(({ apex }) => isSubdomain(query.name, apex)).sort((left, right) => labelCount(right.apex) - labelCount(left.apex))[0];
      const response = { ...(await honest(query)), recursionAvailable };
      if (this.#tampered === null || this.#tampered.zone !== nameText(zone?.apex ?? ROOT)) return response;
      return this.#tampered.tamper(response, { name: nameText(query.name).toLowerCase(), type: query.type });
    });
    this.#servers.push(server);
    this.network.listen(ip, 53, { tcp: () => Promise.resolve(server.tcpPort), udp: () => Promise.resolve(server.udpPort) });
  }
}

const serverName = (apex: string): string => (apex === '.' ? 'ns' : `ns.${apex}`);

function parentOf(apex: string, all: readonly SmallZone[]): string {
  for (let name = parentName(parseName(apex)); ; name = parentName(name)) if (all.some((zone) => zone.apex === nameText(name))) return nameText(name);
}
