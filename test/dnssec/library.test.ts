/** The examples of docs/library.md run, as they stand there. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createResolver } from '../../core/dnssec/resolver.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { SocketNetwork } from '../../core/net/socket-network.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { type Lab, startLab } from '../../lab/start.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: ['good-311', 'signature-expired'] }); });
afterAll(() => lab.close());

async function promise(print: (...words: unknown[]) => void): Promise<void> {
  const { network, rootHints, trustAnchorText } = lab;
  // example: promise
  const trustAnchors = readTrustAnchors(trustAnchorText, 'root.key');
  if (!trustAnchors.ok) throw new Error(trustAnchors.failure.text);
  const resolver = createResolver({
    network, clock: new SystemClock(), random: new SystemRandom(),
    trustAnchors: trustAnchors.value,
    resolution: { mode: 'iterative', rootHints },
    policy: { allowSha1Signatures: false },
  });
  const { status, rcode, chain, reason, ede, lookup } = await resolver.resolve('_25._tcp.mx1.signature-expired.example', 'TLSA');
  print(status, rcode, chain.join(' > '), lookup.records.length);
  print(reason?.code, reason?.rfc, ede);
  // end
}

async function generator(print: (...words: unknown[]) => void): Promise<void> {
  const trustAnchors = readTrustAnchors(lab.trustAnchorText, 'root.key');
  if (!trustAnchors.ok) throw new Error(trustAnchors.failure.text);
  const resolver = createResolver({
    network: lab.network, clock: new SystemClock(), random: new SystemRandom(), trustAnchors: trustAnchors.value, resolution: { mode: 'iterative', rootHints: lab.rootHints },
  });
  // example: generator
  for await (const fact of resolver.lookUp('good-311.example', 'MX')) {
    if (fact.type === 'dns.queried') print('asks', fact.server.address, fact.name, fact.rrtype);
    if (fact.type === 'dnssec.signature') print(fact.check.owner, fact.check.rrtype, fact.check.result);
    if (fact.type === 'dns.lookup.finished') print(fact.lookup.status, fact.lookup.records.map(({ text }) => text));
  }
  // end
}

const printed = async (run: typeof promise): Promise<string[]> => {
  const lines: string[] = [];
  await run((...words) => lines.push(words.map(String).join(' ')));
  return lines;
};

test('the promise tells status, chain and the reason with section and EDE (RFC 8914)', async () => {
  expect(await printed(promise)).toEqual(['bogus SERVFAIL . > example > signature-expired.example 1', 'signature-expired RFC 4035 §5.3.1 7']);
});

test('the generator tells every message and every check', async () => {
  const lines = await printed(generator);
  expect(lines.filter((line) => line.startsWith('asks '))).toHaveLength(7);
  expect(lines).toContain('good-311.example MX valid');
  expect(lines.at(-1)).toBe('secure 10 mx1.good-311.example.');
});

test('the real network is a port like the lab’s', () => {
  expect(typeof new SocketNetwork().exchangeUdp).toBe('function');
});

test.each(['promise', 'generator'])('docs/library.md has the %s example as it runs here', (name) => {
  const source = readFileSync(new URL(import.meta.url), 'utf8');
  const example = new RegExp(`// example: ${name}\\n([^]*?)\\n +// end`).exec(source)?.[1]?.replaceAll(/^ {2}/gm, '') ?? '';
  expect(example.length).toBeGreaterThan(100);
  expect(readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8')).toContain(example);
});
