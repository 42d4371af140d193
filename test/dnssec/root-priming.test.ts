import { expect, test } from 'vitest';
import type { Network } from '../../core/base/ports.ts';
import { createResolver, type Resolver } from '../../core/dnssec/resolver.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { MovableClock } from '../dns/movable-clock.ts';
import { ScriptedNetwork, type Script, type Server } from '../dns/scripted-network.ts';

const HINTS = [{ name: 'a.root', address: '192.0.2.1', port: 53 }, { name: 'old.root', address: '192.0.2.9', port: 53 }];
const PRIMED = { answer: '. NS a.root.\n. NS b.root.', additional: 'b.root. A 192.0.2.5\nc.root. A 192.0.2.66' };

/** Answers priming as given, and everything else itself. */
const root = (priming: Script | null): Server => ({ name, type }) => (type === 'NS' ? priming : { answer: `${name}. A 198.51.100.1` });

interface World {
  readonly network: ScriptedNetwork;
  readonly resolver: Resolver;
  /** servers that fail, but for priming */
  readonly failing: Set<string>;
  readonly clock: MovableClock;
}

function world(priming: () => Script | null, wrap: (network: Network) => Network = (network) => network): World {
  const failing = new Set<string>();
  const server: Server = (asked) => (asked.type !== 'NS' && failing.has(asked.address) ? { rcode: 2 } : root(priming())(asked));
  const network = new ScriptedNetwork(Object.fromEntries(['192.0.2.1', '192.0.2.9', '192.0.2.5', '192.0.2.66'].map((address) => [address, server])));
  const clock = new MovableClock();
  const resolver = createResolver({ network: wrap(network), clock, random: new SystemRandom(), trustAnchors: [], resolution: { mode: 'iterative', rootHints: HINTS } });
  return { network, resolver, failing, clock };
}

const addressesOf = (network: ScriptedNetwork): Set<string> => new Set(network.asked.filter(({ type }) => type === 'A').map(({ address }) => address));
const names = Array.from({ length: 40 }, (_, index) => `n${index}.example`);

test('the root is asked for its servers once, beside the first question (RFC 9609 §3)', async () => {
  const { network, resolver } = world(() => PRIMED);
  for (const name of names) await resolver.resolve(name, 'A');
  expect(network.asked.filter(({ type }) => type === 'NS').map(({ name }) => name)).toHaveLength(1);
  expect(network.asked).toHaveLength(names.length + 1);
});

test('from then on the NS RRset counts: its addresses, the hints for those it lacks, no other hint and no other address (RFC 9609 §4)', async () => {
  const { network, resolver, failing } = world(() => PRIMED);
  await resolver.resolve('first.example', 'A');
  await resolver.resolve('second.example', 'A');
  network.asked.length = 0;
  // The hint that is still a root server fails, so that others have to be asked: the one that was told, not the one that is none any more.
  failing.add('192.0.2.1');
  for (const name of names) expect((await resolver.resolve(name, 'A')).rcode).toBe('NOERROR');
  expect([...addressesOf(network)].filter((address) => address !== '192.0.2.1')).toEqual(['192.0.2.5']);
});

test('the root is asked again when its NS RRset has expired; where that fails the hints count again (RFC 9609 §3.1)', async () => {
  let priming: Script = PRIMED;
  const { network, resolver, failing, clock } = world(() => priming);
  await resolver.resolve('first.example', 'A');
  await resolver.resolve('second.example', 'A');
  priming = { rcode: 2 };
  failing.add('192.0.2.1');
  clock.passedMs += 301_000;
  network.asked.length = 0;
  for (const name of names) expect((await resolver.resolve(name, 'A')).rcode).toBe('NOERROR');
  expect(network.asked.some(({ type }) => type === 'NS')).toBe(true);
  expect([...addressesOf(network)].filter((address) => address !== '192.0.2.1')).toEqual(['192.0.2.9']);
});

test.each([['SERVFAIL', { rcode: 2 }], ['no records', { authority: '. SOA a.root. h.root. 1 1 1 1 1' }], ['servers without addresses', { answer: '. NS z.root.' }]] as const)(
  'where the answer is %s the hints stay', async (_what, priming) => {
    const { network, resolver } = world(() => priming);
    for (const name of names) expect((await resolver.resolve(name, 'A')).rcode).toBe('NOERROR');
    expect([...addressesOf(network)].every((address) => HINTS.some((hint) => hint.address === address))).toBe(true);
  });

test('a priming query that is never answered holds nothing up', async () => {
  const silent = (network: Network): Network => ({
    exchangeUdp: async (address, port, query, options) => (isPriming(query) ? await new Promise<never>(() => {}) : await network.exchangeUdp(address, port, query, options)),
    connectTcp: (...connect) => network.connectTcp(...connect),
  });
  const { resolver } = world(() => PRIMED, silent);
  expect((await resolver.resolve('www.example', 'A')).rcode).toBe('NOERROR');
  expect((await resolver.resolve('www.test', 'A')).rcode).toBe('NOERROR');
});

/** The root name right behind the header. */
const isPriming = (query: Uint8Array): boolean => query[12] === 0;
