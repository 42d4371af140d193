/** Which of a zone's servers to ask first: the one that was fast, then unknown ones, last those that failed. */
import type { Random } from '../base/ports.ts';
import { serverKey } from './exchange.ts';
import type { DnsFailure, ServerAddress } from './facts.ts';

interface Experience {
  /** ms, smoothed */
  rtt: number | null;
  failures: number;
}

/** ms that a server is taken to need that was never asked; below what a fair server needs across an ocean, so that all get their turn */
const UNKNOWN_RTT = 60;
const FAILURE_PENALTY = 2000;

export class ServerChoice {
  readonly #random: Random;
  readonly #experiences = new Map<string, Experience>();
  #ipv6Unreachable = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** false once an IPv6 address had no route from here */
  get ipv6Usable(): boolean {
    return !this.#ipv6Unreachable;
  }

  /** Best first; equals in random order, so that no server is spared or burdened by its place in a list. */
  order(servers: readonly ServerAddress[]): ServerAddress[] {
    const dice = this.#random.bytes(servers.length);
    return servers
      .map((server, index) => ({ server, cost: this.#cost(server) + ((dice[index] ?? 0) % 16) }))
      .sort((left, right) => left.cost - right.cost)
      .map(({ server }) => server);
  }

  #cost(server: ServerAddress): number {
    const experience = this.#experiences.get(serverKey(server));
    const ipv6 = server.address.includes(':');
    const family = ipv6 ? (this.#ipv6Unreachable ? 2 * FAILURE_PENALTY : 20) : 0;
    return (experience?.rtt ?? UNKNOWN_RTT) + (experience?.failures ?? 0) * FAILURE_PENALTY + family;
  }

  answered(server: ServerAddress, rttMs: number): void {
    const experience = this.#experience(server);
    experience.rtt = experience.rtt === null ? rttMs : experience.rtt * 0.7 + rttMs * 0.3;
    experience.failures = 0;
  }

  failed(server: ServerAddress, code: DnsFailure['code']): void {
    this.#experience(server).failures += 1;
    if (code === 'unreachable' && server.address.includes(':')) this.#ipv6Unreachable = true;
  }

  #experience(server: ServerAddress): Experience {
    const key = serverKey(server);
    const known = this.#experiences.get(key) ?? { rtt: null, failures: 0 };
    this.#experiences.set(key, known);
    return known;
  }
}
