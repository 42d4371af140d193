/** Zones whose servers are known in this run. */
import type { Clock } from '../base/ports.ts';
import type { ServerAddress } from './facts.ts';
import { type Name, ROOT, ancestor, isSubdomain, labelCount, nameKey, nameText, sameName } from './name.ts';
import type { NameServer } from './name-server.ts';
import type { Message } from './record.ts';
import { primedServers } from './root-priming.ts';

export interface Delegation {
  readonly zone: Name;
  /** the zone that refers to it; null for the root and for zones whose servers were given */
  readonly parent: Name | null;
  readonly servers: readonly NameServer[];
  /** the answer that referred to it: its authority section holds the DS RRset or its denial */
  readonly referral: Message | null;
  /** ms on the monotonic clock */
  readonly expires: number;
}

export interface KnownZone {
  readonly zone: Name;
  readonly servers: readonly ServerAddress[];
}

/** seconds; a referral is not kept longer, whatever its TTL says */
const MAXIMUM_TTL = 86_400;

export class Delegations {
  readonly #clock: Clock;
  readonly #zones = new Map<string, Delegation>();
  #primed: Delegation | null = null;

  /** `known` holds the root at least, unless nothing outside the given zones is to be found. */
  constructor(clock: Clock, known: readonly KnownZone[]) {
    this.#clock = clock;
    for (const { zone, servers } of known) {
      const nameServers = servers.map((server) => ({ name: null, addresses: [server], glueless: false }));
      this.#zones.set(nameKey(zone), { zone, parent: null, servers: nameServers, referral: null, expires: Number.POSITIVE_INFINITY });
    }
  }

  /** The deepest known zone that encloses the name; null where not even the root is known. */
  closest(name: Name): Delegation | null {
    const labels = labelCount(name);
    for (let cut = 0; cut <= labels; cut += 1) {
      const known = this.at(ancestor(name, cut));
      if (known !== null) return known;
    }
    return null;
  }

  at(zone: Name): Delegation | null {
    if (this.#primed !== null && sameName(zone, ROOT) && this.#primed.expires > this.#clock.monotonic()) return this.#primed;
    const known = this.#zones.get(nameKey(zone));
    return known !== undefined && known.expires > this.#clock.monotonic() ? known : null;
  }

  /** `ttl` of the NS RRset in seconds: then it is the hints again (RFC 9609 §3.1). */
  prime(answer: Message, ttl: number): void {
    const hints = this.#zones.get(nameKey(ROOT));
    if (hints === undefined) return;
    const servers = primedServers(answer, hints.servers.flatMap(({ addresses }) => addresses));
    if (servers.length > 0) this.#primed = { ...hints, servers, expires: this.#clock.monotonic() + ttl * 1000 };
  }

  /** Servers that were given are not replaced by what a referral says. */
  add(referred: Omit<Delegation, 'expires'>, ttl: number): Delegation {
    const known = this.at(referred.zone);
    if (known !== null && known.parent === null) return known;
    const delegation = { ...referred, expires: this.#clock.monotonic() + Math.min(ttl, MAXIMUM_TTL) * 1000 };
    this.#zones.set(nameKey(referred.zone), delegation);
    return delegation;
  }
}

/** The zone that refers to this one, or, where its servers were given, the closest one known above it. */
export function parentOf(delegations: Delegations, delegation: Delegation): Name | null {
  if (delegation.parent !== null) return delegation.parent;
  if (sameName(delegation.zone, ROOT)) return null;
  return delegations.closest(ancestor(delegation.zone, 1))?.zone ?? null;
}

/** A name server in the zone it serves cannot be found without glue (RFC 9471 §2.1). */
export const needsGlue = (server: Name, zone: Name): boolean => isSubdomain(server, zone);

export const serverAddresses = (name: Name, addresses: readonly string[]): ServerAddress[] =>
  addresses.map((address) => ({ name: nameText(name), address, port: 53 }));
