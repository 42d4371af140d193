/** A forwarder over the lab: finds each answer as an iterative resolver does and passes its octets on, changed as a test wants. */
import { fromBase64 } from '../../core/base/bytes.ts';
import type { Network } from '../../core/base/ports.ts';
import { failed, success } from '../../core/base/result.ts';
import { DEFAULT_DNS_TIMEOUTS, DnsClient } from '../../core/dns/exchange.ts';
import type { DnsFact } from '../../core/dns/facts.ts';
import { DEFAULT_ITERATION_LIMITS, Iteration } from '../../core/dns/iteration.ts';
import { parseMessage } from '../../core/dns/message.ts';
import { ROOT, lowerName } from '../../core/dns/name.ts';
import { ServerChoice } from '../../core/dns/server-choice.ts';
import { readWireName } from '../../core/dns/wire-name.ts';
import { Budget, asReceived } from '../../core/dns/upstream.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import type { Lab } from '../../lab/start.ts';
import { withoutCookie } from './without-cookie.ts';

export const RELAY = { name: null, address: '192.0.2.250', port: 53 };

/** The answer's octets, whose id and question are those of the query. */
export type Change = (answer: Uint8Array, query: Uint8Array) => Uint8Array;

/** Datagrams for `RELAY` are answered by it; everything else goes to the lab where `outside` says so, else nowhere. */
export function relayOver(lab: Lab, change: Change = (answer) => answer, outside = false): Network {
  const [clock, random] = [new SystemClock(), new SystemRandom()];
  const client = new DnsClient({ network: lab.network, clock, random, signal: new AbortController().signal, timeouts: DEFAULT_DNS_TIMEOUTS });
  const iteration = new Iteration({ client, choice: new ServerChoice(random), clock, limits: DEFAULT_ITERATION_LIMITS, minimiseNames: false, known: [{ zone: ROOT, servers: lab.rootHints }] });
  return {
    connectTcp: async (address, port, signal) => (outside && address !== RELAY.address ? await lab.network.connectTcp(address, port, signal) : failed({ code: 'refused', text: 'no TCP here' })),
    exchangeUdp: async (address, port, query, options) => {
      if (address !== RELAY.address) return outside ? await lab.network.exchangeUdp(address, port, query, options) : failed({ code: 'timeout', text: 'no answer in time' });
      const parsed = parseMessage(query);
      const question = parsed.ok ? parsed.value.questions[0] : undefined;
      if (question === undefined) throw new Error('no question');
      const stage = iteration.ask({ ...question, name: lowerName(question.name) }, asReceived<DnsFact>, { budget: new Budget(50), stage: null, depth: 0, alongside: null });
      let bytes: Uint8Array = new Uint8Array();
      for (let step = await stage.next(); step.done !== true; step = await stage.next()) {
        if (step.value.type === 'dns.answered') bytes = withoutCookie(fromBase64(step.value.response));
      }
      bytes.set(query.subarray(0, 2));
      bytes.set(query.subarray(12, 12 + question.name.length), 12);
      return success(change(bytes, query));
    },
  };
}

/** Passes on header and question alone: neither records nor EDNS. */
export const withoutAnything: Change = (_answer, query) =>
  Uint8Array.of(query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, ...questionOf(query));

/** Echoes EDNS all the same, as some boxes do that take every DNSSEC record away. */
export const withoutRecords: Change = (_answer, query) => Uint8Array.of(query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 1, ...questionOf(query), ...OPT);

export const refusing: Change = (_answer, query) => Uint8Array.of(query[0] ?? 0, query[1] ?? 0, 0x81, 0x85, 0, 1, 0, 0, 0, 0, 0, 0, ...questionOf(query));

/** A lie: the last octet of every longer answer is another one; what a signature covers does not verify any more. */
export const spoilt: Change = (answer) => {
  const edns = 11;
  const at = answer.length - edns - 1;
  return answer.length > 200 ? Uint8Array.from(answer, (octet, index) => (index === at ? octet ^ 1 : octet)) : answer;
};

/** Truncates what is longer than a datagram of old; and has no TCP. */
export const truncating: Change = (_answer, query) => Uint8Array.of(query[0] ?? 0, query[1] ?? 0, 0x83, 0x80, 0, 1, 0, 0, 0, 0, 0, 1, ...questionOf(query), ...OPT);

const questionOf = (query: Uint8Array): Uint8Array => query.slice(12, (readWireName(query, 12)?.end ?? 12) + 4);
const OPT = [0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, 0];
