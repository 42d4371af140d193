/** DNS cookies between the real client and a server of a few lines (RFC 7873 §5). */
import { beforeEach, describe, expect, test } from 'vitest';
import { concatBytes, equalBytes } from '../../core/base/bytes.ts';
import type { Network } from '../../core/base/ports.ts';
import { failed, success } from '../../core/base/result.ts';
import { valueOf } from '../../core/base/parallel.ts';
import { DnsClient, DEFAULT_DNS_TIMEOUTS } from '../../core/dns/exchange.ts';
import type { ServerAddress, ServerTime } from '../../core/dns/facts.ts';
import { parseMessage } from '../../core/dns/message.ts';
import { ROOT, parseName } from '../../core/dns/name.ts';
import { RCODE, RRCLASS, RRTYPE } from '../../core/dns/rrtype.ts';
import { readWireName } from '../../core/dns/wire-name.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';

const SERVER: ServerAddress = { name: null, address: '192.0.2.1', port: 53 };
const OTHER: ServerAddress = { name: null, address: '192.0.2.2', port: 53 };
const SERVER_COOKIE = Uint8Array.from({ length: 16 }, (_, index) => index + 1);

interface Asked { readonly transport: 'udp' | 'tcp'; readonly cookie: Uint8Array | null; readonly query: Uint8Array }
/** what comes back: RCODE and the option's data; null for an OPT without cookie */
type Reply = { readonly rcode?: number; readonly cookie: Uint8Array | null; readonly formerr?: boolean };

let asked: Asked[] = [];
beforeEach(() => { asked = []; });

function answerTo(query: Uint8Array, { rcode = 0, cookie }: Reply): Uint8Array {
  const question = query.slice(12, (readWireName(query, 12)?.end ?? 12) + 4);
  const option = cookie === null ? new Uint8Array() : concatBytes(Uint8Array.of(0, 10, 0, cookie.length), cookie);
  const opt = Uint8Array.of(0, 0, 41, 4, 208, rcode >> 4, 0, 0x80, 0, 0, option.length);
  return concatBytes(Uint8Array.of(query[0] ?? 0, query[1] ?? 0, 0x84, rcode & 0xf, 0, 1, 0, 0, 0, 0, 0, 1), question, opt, option);
}

/** Replies are tried in order until the client accepts one, as datagrams come one after the other. */
function client(replies: (asked: Asked, number: number) => readonly Reply[]): DnsClient {
  const take = (transport: 'udp' | 'tcp', query: Uint8Array): Uint8Array[] => {
    const parsed = parseMessage(query);
    const cookie = parsed.ok ? (parsed.value.edns?.options.find(({ code }) => code === 10)?.data ?? null) : null;
    asked.push({ transport, cookie, query });
    return replies(asked.at(-1) as Asked, asked.length).map((reply) => answerTo(query, reply));
  };
  const network: Network = {
    exchangeUdp: async (_address, _port, query, { accept }) => {
      const answer = take('udp', query).find((candidate) => accept(candidate));
      return answer === undefined ? failed({ code: 'timeout', text: 'no answer in time' }) : success(answer);
    },
    connectTcp: async () => {
      let pending: Uint8Array | null = null;
      return success({
        localAddress: null, close: () => {},
        read: async () => { const next = pending; pending = null; return success(next); },
        write: async (bytes) => {
          const answer = take('tcp', bytes.subarray(2))[0] ?? new Uint8Array();
          pending = concatBytes(Uint8Array.of(answer.length >> 8, answer.length & 0xff), answer);
          return success(undefined);
        },
      });
    },
  };
  return new DnsClient({ network, clock: new SystemClock(), random: new SystemRandom(), signal: new AbortController().signal, timeouts: DEFAULT_DNS_TIMEOUTS });
}

const ask = (from: DnsClient, server = SERVER): ReturnType<typeof valueOf<{ ok: boolean }>> =>
  valueOf(from.ask({ server, question: { name: parseName('example'), type: RRTYPE.A, class: RRCLASS.IN }, zone: ROOT, mayQuery: () => true }));
const own = ({ cookie }: Asked): Uint8Array => (cookie ?? new Uint8Array()).slice(0, 8);
const good = (query: Asked): Reply => ({ cookie: concatBytes(own(query), SERVER_COOKIE) });

test('a first query carries eight octets, the next the server cookie behind them, in as many messages (§5.1)', async () => {
  const from = client((query) => [good(query)]);
  expect([(await ask(from)).ok, (await ask(from)).ok]).toEqual([true, true]);
  expect(asked.map(({ transport, cookie }) => [transport, cookie?.length])).toEqual([['udp', 8], ['udp', 24]]);
  expect(asked[1]?.cookie?.slice(8)).toEqual(SERVER_COOKIE);
  expect(own(asked[1] as Asked)).toEqual(own(asked[0] as Asked));
});

test('each server address has a client cookie of its own (RFC 9018 §3)', async () => {
  const from = client((query) => [good(query)]);
  await ask(from);
  await ask(from, OTHER);
  expect(equalBytes(own(asked[0] as Asked), own(asked[1] as Asked))).toBe(false);
  expect(asked[1]?.cookie).toHaveLength(8);
});

describe('an answer that is not from the server (§5.3)', () => {
  test.each([
    ['with another client cookie', (query: Asked): Uint8Array => own(query).map((octet) => octet ^ 1)],
    ['with a cookie of nine octets', (query: Asked): Uint8Array => concatBytes(own(query), Uint8Array.of(1))],
    ['with a cookie of 41 octets', (query: Asked): Uint8Array => concatBytes(own(query), new Uint8Array(33))],
  ])('%s is dropped, and the right one behind it is taken', async (_words, forged) => {
    const from = client((query) => [{ rcode: RCODE.NXDOMAIN, cookie: forged(query) }, good(query)]);
    expect(await ask(from)).toMatchObject({ ok: true, value: { message: { rcode: RCODE.NOERROR } } });
    expect(asked).toHaveLength(1);
  });

  test('alone it is as good as no answer', async () => {
    expect(await ask(client(() => [{ cookie: new Uint8Array(8) }]))).toMatchObject({ ok: false, failure: { code: 'timeout' } });
  });

  test('without a cookie where the server sent one before it is asked for again over TCP', async () => {
    const from = client((query, number) => [number === 2 ? { rcode: RCODE.NXDOMAIN, cookie: null } : good(query)]);
    await ask(from);
    expect(await ask(from)).toMatchObject({ ok: true, value: { message: { rcode: RCODE.NOERROR } } });
    expect(asked.map(({ transport }) => transport)).toEqual(['udp', 'udp', 'tcp']);
  });
});

test('a server without cookies costs nothing', async () => {
  const from = client(() => [{ cookie: null }]);
  expect([(await ask(from)).ok, (await ask(from)).ok]).toEqual([true, true]);
  expect(asked.map(({ transport }) => transport)).toEqual(['udp', 'udp']);
});

describe('BADCOOKIE (§5.3)', () => {
  test('is answered with the cookie that came with it, once', async () => {
    const from = client((query, number) => [{ ...good(query), rcode: number === 1 ? RCODE.BADCOOKIE : RCODE.NOERROR }]);
    expect(await ask(from)).toMatchObject({ ok: true, value: { message: { rcode: RCODE.NOERROR } } });
    expect(asked.map(({ transport, cookie }) => [transport, cookie?.length])).toEqual([['udp', 8], ['udp', 24]]);
  });

  test('a second time leads to TCP', async () => {
    const from = client((query) => [{ ...good(query), rcode: query.transport === 'udp' ? RCODE.BADCOOKIE : RCODE.NOERROR }]);
    expect(await ask(from)).toMatchObject({ ok: true, value: { message: { rcode: RCODE.NOERROR } } });
    expect(asked.map(({ transport }) => transport)).toEqual(['udp', 'udp', 'tcp']);
  });
});

describe('RFC 9018 §4.3: the time in a server cookie', () => {
  const STAMPED = Uint8Array.of(1, 0xab, 0xcd, 0xef, 0x5c, 0xf7, 0x9f, 0x11, 0x1f, 0x81, 0x30, 0xc3, 0xee, 0xe2, 0x94, 0x80);
  const stamping = (server: Uint8Array): DnsClient => client((query) => [{ cookie: concatBytes(own(query), server) }]);

  test('is told with ours where our cookie went alone, and not where the server got its own back', async () => {
    const before = Date.now();
    const from = stamping(STAMPED);
    const [first, second] = [await answersOf(from), await answersOf(from)];
    expect(first).toEqual([{ stamped: 1_559_731_985, received: expect.any(Number) as number }]);
    expect(first[0]?.received).toBeGreaterThanOrEqual(before);
    expect(second).toEqual([undefined]);
  });

  test.each([
    ['§4.1: of another version', STAMPED.with(0, 2)], ['of eight octets', STAMPED.slice(0, 8)], ['of 17 octets', concatBytes(STAMPED, Uint8Array.of(0))], ['that is not there', new Uint8Array()],
  ])('a cookie %s tells none', async (_words, cookie) => {
    expect(await answersOf(stamping(cookie))).toEqual([undefined]);
  });

  test('after BADCOOKIE the first answer alone tells it', async () => {
    const from = client((query, number) => [{ cookie: concatBytes(own(query), STAMPED), rcode: number === 1 ? RCODE.BADCOOKIE : RCODE.NOERROR }]);
    expect(await answersOf(from)).toEqual([expect.objectContaining({ stamped: 1_559_731_985 }), undefined]);
  });
});

/** What each answer told of the time. */
async function answersOf(from: DnsClient): Promise<(ServerTime | undefined)[]> {
  const told: (ServerTime | undefined)[] = [];
  for await (const fact of from.ask({ server: SERVER, question: { name: parseName('example'), type: RRTYPE.A, class: RRCLASS.IN }, zone: ROOT, mayQuery: () => true })) {
    if (fact.type === 'dns.answered') told.push(fact.serverTime);
  }
  return told;
}

test('a server that calls the option a format error is asked without it from then on (RFC 6891 §6.1.2)', async () => {
  const from = client(({ cookie }) => [{ rcode: cookie === null ? RCODE.NOERROR : RCODE.FORMERR, cookie: null }]);
  expect(await ask(from)).toMatchObject({ ok: true, value: { message: { rcode: RCODE.NOERROR } } });
  await ask(from);
  expect(asked.map(({ cookie }) => cookie?.length ?? null)).toEqual([8, null, null]);
});
