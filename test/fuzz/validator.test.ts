/** Twenty thousand spoilt answers through the resolver: no exception, no endless work, and never a wrong word called secure. */
import { expect, test } from 'vitest';
import { createResolver } from '../../core/dnssec/resolver.ts';
import type { ResolvedAnswer, Resolver } from '../../core/dnssec/resolver.ts';
import { readTrustAnchors } from '../../core/dnssec/trust-anchor-file.ts';
import { recording } from './recording.ts';
import type { Recording } from './recording.ts';
import { RecordedClock, ReplayNetwork } from './replay-network.ts';
import { dice, seedFor } from './seed.ts';
import type { Dice } from './seed.ts';

const SPOILT = 20_000;
const seed = seedFor('validator');
const anchors = readTrustAnchors(recording.trustAnchorText, 'recording');
if (!anchors.ok) throw new Error(anchors.failure.text);
const trustAnchors = anchors.value;
/** What a run finds out on the way from another question was not recorded as a question of its own. */
const QUESTIONS = recording.questions.filter(({ name, rrtype }) => recording.messages.some((message) => message.name === name && message.rrtype === rrtype));

function resolverOver(network: ReplayNetwork, random: Dice): Resolver {
  return createResolver({
    network, clock: new RecordedClock(), random: { bytes: (length) => Uint8Array.from({ length }, () => random.below(256)) },
    trustAnchors, resolution: { mode: 'iterative', rootHints: recording.rootHints },
  });
}

/** What an answer says, without what no signature covers: TTLs, order, letter case of names (RFC 4034 §6.2). */
function word({ rcode, lookup, answer }: ResolvedAnswer): string {
  const records = lookup.records.map(({ owner, type, text }) => `${owner} ${type} ${text}`.toLowerCase()).toSorted();
  return JSON.stringify([rcode, lookup.noData, lookup.canonicalName.toLowerCase(), records, answer.length > 0]);
}

/** longest honest lookup: some 20 */
const MOST_MESSAGES = 150;
const LIMIT_MS = 100;

test(`${SPOILT} spoilt answers through the validator`, { timeout: 240_000 }, async () => {
  const honest = new ReplayNetwork(null);
  const truth = new Map<string, ResolvedAnswer>();
  for (const { name, rrtype } of QUESTIONS) truth.set(`${name} ${rrtype}`, await resolverOver(honest, dice(1)).resolve(name, rrtype));
  expect(new Set([...truth.values()].map(({ status }) => status))).toEqual(new Set(['secure', 'insecure', 'bogus']));
  const random = dice(seed);
  const told = { 'secure': 0, 'insecure': 0, 'bogus': 0, 'indeterminate': 0 };
  const wrong: string[] = [];
  let [spoilt, lookups, most, slowest] = [0, 0, 0, 0];
  while (spoilt < SPOILT) {
    const begun = random.below(2 ** 31);
    // A second lookup meets what the first one left in the cache.
    const questions = Array.from({ length: 1 + random.below(3) }, () => random.pick(QUESTIONS));
    const visit = await visitOnce(begun, questions);
    slowest = Math.max(slowest, visit.slowest < LIMIT_MS ? visit.slowest : await leastOfThree(begun, questions));
    spoilt += visit.spoilt;
    most = Math.max(most, visit.most);
    for (const [index, { name, rrtype }] of questions.entries()) {
      const found = visit.found[index] as ResolvedAnswer;
      told[found.status] += 1;
      lookups += 1;
      const fault = faultOf(found, truth.get(`${name} ${rrtype}`) as ResolvedAnswer);
      if (fault !== null) wrong.push(`${name} ${rrtype}, dice ${begun}: ${fault}`);
    }
  }
  process.stdout.write(`fuzz validator: ${spoilt} spoilt answers in ${lookups} lookups: ${JSON.stringify(told)}, most messages a lookup ${most}, slowest lookup ${slowest.toFixed(0)} ms\n`);
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(most).toBeLessThanOrEqual(MOST_MESSAGES);
  expect(slowest).toBeLessThan(LIMIT_MS);
  expect(Math.min(told.secure, told.bogus)).toBeGreaterThan(lookups / 20);
});

/** The machine was busy with something else, maybe; what is slow by itself is slow each time. */
async function leastOfThree(begun: number, questions: Recording['questions']): Promise<number> {
  let least = Infinity;
  for (let time = 0; time < 3; time += 1) least = Math.min(least, (await visitOnce(begun, questions)).slowest);
  return least;
}

interface Visit {
  readonly found: readonly ResolvedAnswer[];
  readonly spoilt: number;
  /** messages of one lookup */
  readonly most: number;
  /** ms of CPU time of one lookup */
  readonly slowest: number;
}

async function visitOnce(begun: number, questions: Recording['questions']): Promise<Visit> {
  const network = new ReplayNetwork(dice(begun));
  const resolver = resolverOver(network, dice(begun));
  const found: ResolvedAnswer[] = [];
  let [most, slowest] = [0, 0];
  for (const { name, rrtype } of questions) {
    const before = { messages: network.messages, cpu: process.cpuUsage() };
    found.push(await resolver.resolve(name, rrtype));
    const { user, system } = process.cpuUsage(before.cpu);
    most = Math.max(most, network.messages - before.messages);
    slowest = Math.max(slowest, (user + system) / 1000);
  }
  return { found, spoilt: network.spoilt, most, slowest };
}

/** Secure is only what is true; insecure only what is proved to be (RFC 4035 §4.3). */
function faultOf(found: ResolvedAnswer, right: ResolvedAnswer): string | null {
  if (found.status === 'bogus' || found.status === 'indeterminate') return null;
  if (found.status !== right.status) return `${right.status} became ${found.status}: ${found.reason?.text ?? word(found)}`;
  return found.status === 'secure' && word(found) !== word(right) ? `${word(right)} became ${word(found)}` : null;
}
