/** Broken and hostile octets on the way to the resolver. DANESCOPE_FUZZ_LOOKUPS sets how many lookups, seeded. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Network } from '../../core/base/ports.ts';
import { type Result, failed, success } from '../../core/base/result.ts';
import { createResolver } from '../../core/dnssec/resolver.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { readWireName } from '../../core/dns/wire-name.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { type Lab, startLab } from '../../lab/start.ts';
import { generator } from './generator.ts';
import { withoutCookie } from '../dns/without-cookie.ts';

const LOOKUPS = Number(process.env['DANESCOPE_FUZZ_LOOKUPS'] ?? 400);
const QUESTIONS: readonly (readonly [name: string, type: string])[] = [
  ['good-311.example', 'MX'], ['_25._tcp.mx1.good-311.example', 'TLSA'], ['nope.good-311.example', 'A'], ['a.b.good-nsec3.test', 'A'], ['good-nsec3.test', 'SRV'],
  ['domain-unsigned.example', 'MX'], ['parent-unsigned.invalid', 'MX'], ['nope.test', 'DS'], ['good-311.example', 'ANY'], ['good-311.example', 'RRSIG'],
];

let lab: Lab;
const genuine = new Map<string, Uint8Array>();

beforeAll(async () => {
  lab = await startLab({ only: ['good-311', 'good-nsec3', 'domain-unsigned', 'parent-unsigned'] });
});

afterAll(() => lab.close());

/** What the lab answers, once asked for, under the id and the letter case of the query. */
async function answerTo(address: string, query: Uint8Array): Promise<Uint8Array | null> {
  const end = (readWireName(query, 12)?.end ?? 12) + 4;
  const key = `${address} ${String.fromCharCode(...query.subarray(12, end)).toLowerCase()}`;
  if (!genuine.has(key)) {
    const received = await lab.network.exchangeUdp(address, 53, query, { signal: new AbortController().signal, accept: () => true });
    if (received.ok) genuine.set(key, withoutCookie(received.value));
  }
  const answer = genuine.get(key)?.slice() ?? null;
  answer?.set(query.subarray(0, 2));
  answer?.set(query.subarray(12, end), 12);
  return answer;
}

function spoiled(answer: Uint8Array, random: (below: number) => number): Uint8Array {
  if (random(3) === 0) return answer;
  for (let change = random(5); change >= 0; change -= 1) {
    const at = 2 + random(answer.length - 2);
    switch (random(3)) {
      case 0: answer[at] = random(256); break;
      case 1: answer[at] = (answer[at] ?? 0) ^ (1 << random(8)); break;
      default: answer.copyWithin(at, random(answer.length), random(answer.length));
    }
  }
  return random(10) === 0 ? answer.subarray(0, 12 + random(answer.length - 12)) : answer;
}

const hostile = (random: (below: number) => number): Network => ({
  connectTcp: async () => failed({ code: 'refused', text: 'no TCP here' }),
  exchangeUdp: async (address, _port, query, { accept }): Promise<Result<Uint8Array, { code: 'timeout'; text: string }>> => {
    const answer = await answerTo(address, query);
    const sent = answer === null ? null : spoiled(answer, random);
    return sent !== null && accept(sent) ? success(sent) : failed({ code: 'timeout', text: 'no answer in time' });
  },
});

test(`${LOOKUPS} lookups over a line that spoils octets: no exception, and no forged answer is secure`, async () => {
  const anchors = readTrustAnchors(lab.trustAnchorText, 'lab');
  const truth = new Map<string, string>();
  const statuses = new Set<string>();
  for (let seed = 0; seed < LOOKUPS; seed += 1) {
    const random = generator(seed + 1);
    const [name, type] = QUESTIONS[seed % QUESTIONS.length] ?? ['', ''];
    const honest = seed < QUESTIONS.length;
    const resolver = createResolver({
      network: honest ? hostile(() => 0) : hostile(random), clock: new SystemClock(), random: new SystemRandom(), trustAnchors: anchors.ok ? anchors.value : [],
      resolution: { mode: 'iterative', rootHints: lab.rootHints },
    });
    const { status, lookup } = await resolver.resolve(name, type);
    const said = JSON.stringify([lookup.rcode, lookup.noData, lookup.records.map(({ rdata }) => rdata).toSorted((left, right) => left.localeCompare(right))]);
    if (honest) truth.set(name + type, said);
    statuses.add(status);
    if (status === 'secure') expect(said).toBe(truth.get(name + type));
  }
  expect([...statuses].toSorted((left, right) => left.localeCompare(right))).toEqual(['bogus', 'indeterminate', 'insecure', 'secure']);
}, 120_000);
