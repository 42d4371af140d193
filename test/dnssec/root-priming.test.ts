import { expect, test } from 'vitest';
import type { Network } from '../../core/base/ports.ts';
import { createResolver, type Resolver } from '../../core/dnssec/resolver.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { ScriptedNetwork, type Script, type Server } from '../dns/scripted-network.ts';

const HINTS = [{ name: 'a.root', address: '192.0.2.1', port: 53 }, { name: 'old.root', address: '192.0.2.9', port: 53 }];
const PRIMED = { answer: '. NS a.root.\n. NS b.root.', additional: 'b.root. A 192.0.2.5\nc.root. A 192.0.2.66' };

/** Answers priming as given, and everything else itself. */
const root = (priming: Script | null): Server => ({ name, type }) => (type === 'NS' ? priming : { answer: `${name}. A 198.51.100.1` });

function world(priming: Script | null, wrap: (network: Network) => Network = (network) => network): { network: ScriptedNetwork; resolver: Resolver } {
  const network = new ScriptedNetwork(Object.fromEntries(['192.0.2.1', '192.0.2.9', '192.0.2.5', '192.0.2.66'].map((address) => [address, root(priming)])));
  const resolver = createResolver({ network: wrap(network), clock: new SystemClock(), random: new SystemRandom(), trustAnchors: [], resolution: { mode: 'iterative', rootHints: HINTS } });
  return { network, resolver };
}

const addressesOf = (network: ScriptedNetwork): Set<string> => new Set(network.asked.filter(({ type }) => type === 'A').map(({ address }) => address));
const names = Array.from({ length: 40 }, (_, index) => `n${index}.example`);

test('the root is asked for its servers once, beside the first question (RFC 9609 §3)', async () => {
  const { network, resolver } = world(PRIMED);
  for (const name of names) await resolver.resolve(name, 'A');
  expect(network.asked.filter(({ type }) => type === 'NS').map(({ name }) => name)).toHaveLength(1);
  expect(network.asked).toHaveLength(names.length + 1);
});

test('from then on the NS RRset counts: its addresses, the hints for those it lacks, no other hint and no other address (RFC 9609 §4)', async () => {
  const { network, resolver } = world(PRIMED);
  await resolver.resolve('first.example', 'A');
  await resolver.resolve('second.example', 'A');
  network.asked.length = 0;
  for (const name of names) await resolver.resolve(name, 'A');
  expect([...addressesOf(network)].every((address) => address === '192.0.2.1' || address === '192.0.2.5')).toBe(true);
});

test.each([['SERVFAIL', { rcode: 2 }], ['no records', { authority: '. SOA a.root. h.root. 1 1 1 1 1' }], ['servers without addresses', { answer: '. NS z.root.' }]] as const)(
  'where the answer is %s the hints stay', async (_what, priming) => {
    const { network, resolver } = world(priming);
    for (const name of names) expect((await resolver.resolve(name, 'A')).rcode).toBe('NOERROR');
    expect([...addressesOf(network)].every((address) => HINTS.some((hint) => hint.address === address))).toBe(true);
  });

test('a priming query that is never answered holds nothing up', async () => {
  const silent = (network: Network): Network => ({
    exchangeUdp: async (address, port, query, options) => (isPriming(query) ? await new Promise<never>(() => {}) : await network.exchangeUdp(address, port, query, options)),
    connectTcp: (...connect) => network.connectTcp(...connect),
  });
  const { resolver } = world(PRIMED, silent);
  expect((await resolver.resolve('www.example', 'A')).rcode).toBe('NOERROR');
  expect((await resolver.resolve('www.test', 'A')).rcode).toBe('NOERROR');
});

/** The root name right behind the header. */
const isPriming = (query: Uint8Array): boolean => query[12] === 0;
