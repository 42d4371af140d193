/** One question at the servers of one zone: who was asked, what came of it, and whom to ask next. */
import { type Delegation, needsGlue } from './delegation.ts';
import { serverKey } from './exchange.ts';
import type { ServerAddress } from './facts.ts';
import { type Name, nameText } from './name.ts';
import type { NameServer } from './name-server.ts';
import type { ServerChoice } from './server-choice.ts';
import type { UpstreamFailure } from './upstream.ts';

export class ZoneVisit<Value> {
  readonly delegation: Delegation;
  /** answers that were not taken, in the order of their arrival */
  readonly refused: Value[] = [];
  /** the last one, of no server at all at first */
  failure: UpstreamFailure;
  readonly #choice: ServerChoice;
  readonly #tried = new Map<string, 'silent' | 'done'>();
  readonly #lookedUp = new Set<NameServer>();
  /** of those with addresses */
  readonly #lookedUpIpv6 = new Set<NameServer>();

  constructor(delegation: Delegation, choice: ServerChoice) {
    this.delegation = delegation;
    this.#choice = choice;
    this.failure = unreachable(`no server of ${nameText(delegation.zone)} has a known address`);
  }

  /** how many addresses were asked */
  get asked(): number {
    return this.#tried.size;
  }

  /** how many name servers' addresses were looked up */
  get lookedUp(): number {
    return this.#lookedUp.size + this.#lookedUpIpv6.size;
  }

  /** Each address once; a second time those that were silent, once nobody else is left. */
  nextServer(): ServerAddress | null {
    const { servers } = this.delegation;
    const all = this.#choice.order(servers.flatMap((server) => server.addresses));
    const fresh = all.find((server) => !this.#tried.has(serverKey(server)));
    if (fresh !== undefined) return fresh;
    if (this.refused.length > 0 || servers.some((server) => server.glueless && !this.#lookedUp.has(server))) return null;
    return all.find((server) => this.#tried.get(serverKey(server)) === 'silent') ?? null;
  }

  answered(server: ServerAddress): void {
    this.#tried.set(serverKey(server), 'done');
  }

  failed(server: ServerAddress, failure: UpstreamFailure): void {
    const again = failure.failure.code === 'timeout' && !this.#tried.has(serverKey(server));
    this.#tried.set(serverKey(server), again ? 'silent' : 'done');
    this.failure = failure;
  }

  /**
   * The next whose addresses may be looked up. IPv4 first: AAAA is asked for where there is no A, and before a zone is given up whose servers
   * were silent at the addresses that are known.
   */
  nextToLookUp(): NameServer | null {
    const { servers, zone } = this.delegation;
    const glueless = servers.find((server) => server.glueless && !this.#lookedUp.has(server));
    if (glueless !== undefined) return glueless;
    if (!this.#choice.ipv6Usable || this.refused.length > 0) return null;
    return servers.find((server) => mayHaveIpv6(server, zone) && !this.#lookedUpIpv6.has(server)) ?? null;
  }

  noteLookUp(server: NameServer): void {
    (server.glueless ? this.#lookedUp : this.#lookedUpIpv6).add(server);
  }
}

export const unreachable = (text: string): UpstreamFailure => ({ failure: { code: 'unreachable', text }, text, ownSide: false });

/** Of a server inside the zone the glue told all; asking for more would ask the servers that are silent. */
const mayHaveIpv6 = ({ name, addresses, glueless }: NameServer, zone: Name): boolean =>
  name !== null && !glueless && !needsGlue(name, zone) && !addresses.some(({ address }) => address.includes(':'));
