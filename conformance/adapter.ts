/** The product's resolver behind the interface of a scenario driver: hands over what the scenario says, and holds no logic. */
import type { Clock, Network, NetworkFailure } from '../core/base/ports.ts';
import { type Result, failed, success } from '../core/base/result.ts';
import { parseName } from '../core/dns/name.ts';
import type { ServerAddress } from '../core/dns/facts.ts';
import { SystemClock } from '../core/net/system-clock.ts';
import { SystemRandom } from '../core/net/system-random.ts';
import type { ResolvedAnswer, Resolver } from '../core/dnssec/resolver.ts';
import { createResolver } from '../core/dnssec/resolver.ts';
import { type TrustAnchor, trustAnchor } from '../core/dnssec/trust-anchor.ts';

/** What a scenario gives. */
export interface ScenarioContext {
  /** seconds since 1970; null: signature times do not count */
  readonly now: number | null;
  readonly trustAnchors: readonly { readonly name: string; readonly type: string; readonly rdata: Uint8Array }[];
  readonly domainInsecure?: readonly string[];
  readonly rootHints?: readonly string[];
  readonly stubs?: readonly { readonly name: string; readonly addrs: readonly string[] }[];
  readonly forwarder?: string | null;
  readonly exchange: (address: string, port: number, transport: 'udp' | 'tcp', query: Uint8Array) => Promise<Uint8Array>;
  readonly nsec3IterationLimit?: number;
  /** checking disabled: what the servers say, unjudged */
  readonly cd?: boolean;
}

export interface ScenarioResult {
  readonly rcode: string;
  readonly status: string;
  readonly answer: readonly { readonly owner: Uint8Array; readonly type: number; readonly class: number; readonly rdata: Uint8Array }[];
  readonly reason?: string;
  readonly ede?: number;
}

interface Session {
  readonly network: ScenarioNetwork;
  readonly resolver: Resolver;
}

/** The questions of one scenario are the lookups of one run: they share what they learn. Its root hints are one object. */
const SESSIONS = new WeakMap<object, Map<string, Session>>();

export async function resolve(name: string, type: string, context: ScenarioContext): Promise<ScenarioResult> {
  const sessions = SESSIONS.get(context.rootHints ?? context) ?? new Map<string, Session>();
  SESSIONS.set(context.rootHints ?? context, sessions);
  const key = `${context.forwarder ?? ''}/${context.now ?? ''}/${context.cd === true ? 'unchecked' : ''}`;
  const session = sessions.get(key) ?? newSession(context);
  sessions.set(key, session);
  session.network.exchange = context.exchange;
  return resultOf(await session.resolver.resolve(name, type));
}

function newSession(context: ScenarioContext): Session {
  const network = new ScenarioNetwork(context.exchange);
  const resolver = createResolver({
    network,
    clock: new ScenarioClock(context.now),
    random: new SystemRandom(),
    // Without an anchor nothing is checked, and everything is passed on.
    trustAnchors: context.cd === true ? [] : context.trustAnchors.flatMap(anchorOf),
    negativeTrustAnchors: context.domainInsecure ?? [],
    stubs: (context.stubs ?? []).map((stub) => ({ zone: stub.name, servers: servers(stub.addrs) })),
    // A scenario holds the answer to every question that it expects, and no other.
    primeRoot: false,
    resolution: context.forwarder == null
      ? { mode: 'iterative', rootHints: servers(context.rootHints ?? []) }
      : { mode: 'forwarding', forwarders: servers([context.forwarder]) },
    policy: {
      maximumNsec3Iterations: context.nsec3IterationLimit ?? 150,
      ...(context.now === null ? { clockSkewSeconds: 0x7fff_ffff } : {}),
    },
  });
  return { network, resolver };
}

function resultOf({ rcode, status, answer, reason, ede }: ResolvedAnswer): ScenarioResult {
  return {
    rcode, status,
    answer: answer.map((record) => ({ owner: Buffer.from(record.owner), type: record.type, class: record.class, rdata: Buffer.from(record.rdata) })),
    ...(reason === null ? {} : { reason: `${reason.code}: ${reason.text}` }),
    ...(ede === null ? {} : { ede }),
  };
}

const servers = (addresses: readonly string[]): ServerAddress[] => addresses.map((address) => ({ name: null, address, port: 53 }));

function anchorOf({ name, type, rdata }: ScenarioContext['trustAnchors'][number]): TrustAnchor[] {
  if (type !== 'DS' && type !== 'DNSKEY') return [];
  const anchor = trustAnchor(parseName(name), type, new Uint8Array(rdata), 'scenario');
  return anchor === null ? [] : [anchor];
}

/** The scenario's exchange as the port that the resolver knows. */
class ScenarioNetwork implements Network {
  /** that of the question being asked */
  exchange: ScenarioContext['exchange'];

  constructor(exchange: ScenarioContext['exchange']) {
    this.exchange = exchange;
  }

  async exchangeUdp(address: string, port: number, query: Uint8Array, options: { readonly accept: (answer: Uint8Array) => boolean }): Promise<Result<Uint8Array, NetworkFailure>> {
    const answer = await this.#send(address, port, 'udp', query);
    if (!answer.ok || options.accept(answer.value)) return answer;
    return failed({ code: 'timeout', text: 'the answer does not belong to the query' });
  }

  async connectTcp(address: string, port: number): ReturnType<Network['connectTcp']> {
    let answer: Uint8Array | null = null;
    return success({
      localAddress: null,
      read: async () => {
        const next = answer;
        answer = null;
        return success(next);
      },
      write: async (bytes) => {
        const result = await this.#send(address, port, 'tcp', bytes.subarray(2));
        if (!result.ok) return result;
        answer = Uint8Array.of(result.value.length >> 8, result.value.length & 0xff, ...result.value);
        return success(undefined);
      },
      close: () => {},
    });
  }

  async #send(address: string, port: number, transport: 'udp' | 'tcp', query: Uint8Array): Promise<Result<Uint8Array, NetworkFailure>> {
    try {
      return success(new Uint8Array(await this.exchange(address, port, transport, Buffer.from(query))));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ETIMEOUT') return failed({ code: 'timeout', text: error.message });
      throw error;
    }
  }
}

class ScenarioClock extends SystemClock implements Clock {
  readonly #now: number | null;

  constructor(seconds: number | null) {
    super();
    this.#now = seconds;
  }

  override now(): number {
    return this.#now === null ? super.now() : this.#now * 1000;
  }
}
