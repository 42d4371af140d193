/** A hostile zone of one server below an honest one, on real sockets, and a resolver that counts what it is made to do. */
import type { ResolverFact } from '../../core/dnssec/effort.ts';
import type { Lookup } from '../../core/dns/facts.ts';
import { parseName } from '../../core/dns/name.ts';
import { createResolver } from '../../core/dnssec/resolver.ts';
import { parseAnchors } from './attack-anchor.ts';
import { SocketNetwork } from '../../core/net/socket-network.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { addressRdata, soaRdata } from '../../lab/dns/rdata.ts';
import type { ZoneRecord } from '../../lab/dns/response.ts';
import { A, NS, SOA } from '../../lab/dns/rrtype.ts';
import type { Answering, NameServer } from '../../lab/dns/server.ts';
import { startNameServer } from '../../lab/dns/server.ts';
import { LabNetwork } from '../../lab/network.ts';
import type { ZoneKey } from '../../lab/zone/key.ts';
import { Zone } from '../../lab/zone/zone.ts';

const clock = new SystemClock();
const now = Math.floor(Date.now() / 1000);

export function makeZone(apex: string, address: string, keys: readonly ZoneKey[], records: readonly ZoneRecord[]): Zone {
  const owner = parseName(apex);
  const server = parseName(`ns1.${apex}`);
  return new Zone({
    apex: owner, keys, denial: 'nsec', validity: { inception: now - 3600, expiration: now + 86_400 },
    records: [
      { owner, type: SOA, ttl: 3600, rdata: soaRdata(server, owner, { serial: 1, minimum: 300 }) }, { owner, type: NS, ttl: 3600, rdata: server },
      { owner: server, type: A, ttl: 3600, rdata: addressRdata(address) }, ...records,
    ],
  });
}

export class AttackWorld {
  readonly network = new LabNetwork({ network: new SocketNetwork(), clock, latencyMs: 0 });
  /** queries by server address */
  readonly queries = new Map<string, number>();
  readonly #servers: NameServer[] = [];

  async serve(address: string, answering: Answering): Promise<void> {
    const server = await startNameServer(async (query) => {
      this.queries.set(address, (this.queries.get(address) ?? 0) + 1);
      return await answering(query);
    });
    this.#servers.push(server);
    this.network.listen(address, 53, { tcp: () => Promise.resolve(server.tcpPort), udp: () => Promise.resolve(server.udpPort) });
  }

  /** @param anchored apex, server and SEP key of the zone that is trusted */
  async lookUp(name: string, rrtype: string, anchored: { readonly apex: string; readonly address: string; readonly key: ZoneKey }): Promise<Told> {
    const resolver = createResolver({
      network: this.network, clock, random: new SystemRandom(), trustAnchors: parseAnchors(anchored.apex, anchored.key),
      resolution: { mode: 'iterative', rootHints: [] }, stubs: [{ zone: anchored.apex, servers: [{ name: null, address: anchored.address, port: 53 }] }],
    });
    const facts: ResolverFact[] = [];
    const stage = resolver.lookUp(name, rrtype);
    for (;;) {
      const step = await stage.next();
      if (step.done === true) return { lookup: step.value, facts };
      facts.push(step.value);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
  }
}

export interface Told {
  readonly lookup: Lookup;
  readonly facts: readonly ResolverFact[];
}

/** Cryptographic checks that were made and failed. */
export const failedChecks = ({ facts }: Told): number =>
  facts.filter((fact) => fact.type === 'dnssec.signature' && fact.check.result === 'bad-signature').length;

/** Signatures that a key was tried on, well or not. */
export const checks = ({ facts }: Told): number =>
  facts.filter((fact) => fact.type === 'dnssec.signature' && (fact.check.result === 'bad-signature' || fact.check.result === 'valid')).length;

export const messages = ({ facts }: Told): number => facts.filter(({ type }) => type === 'dns.queried').length;
