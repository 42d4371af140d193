/**
 * Our verdict held against Unbound's and BIND's over a real signed tree: first as it is, then under seeded mutations. Where both
 * agree we agree; where they differ, or we differ from both, the kind of mutation is in `understood.ts` with its reason.
 * DANESCOPE_MUTATIONS sets the number (300; 2,000 where CI is set), DANESCOPE_MUTATION_SEED where to start, DANESCOPE_SHOW_ORACLES
 * shows what each program said.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT, nameText, parseName, sameName } from '../../core/dns/name.ts';
import { rrtypeName, rrtypeNumber } from '../../core/dns/rrtype.ts';
import { type Resolution, type ResolvedAnswer, createResolver } from '../../core/dnssec/resolver.ts';
import { type TrustAnchor, trustAnchor } from '../../core/dnssec/trust-anchor.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { generator } from '../dnssec/generator.ts';
import type { Asked, Tools } from './mutation-kind.ts';
import { type Mutation, seededMutation } from './mutation.ts';
import { SIGNATURE_KINDS } from './mutation-signature.ts';
import { type OracleVerdict, type Oracles, makeOracles } from './oracles.ts';
import { announceSkip, whyNotAnywhere } from './programs-needed.ts';
import { type Change, GenuineAnswers, ReplayServer } from './replay-server.ts';
import { type SignedTree, type ZoneKeys, startSignedTree } from './signed-tree.ts';
import { understoodReason } from './understood.ts';

const MUTATIONS = Number(process.env['DANESCOPE_MUTATIONS'] ?? (process.env['CI'] === undefined ? 300 : 2000));
const FIRST_SEED = Number(process.env['DANESCOPE_MUTATION_SEED'] ?? 1);
const AT_ONCE = 4;
const MINUTES = 60_000;
const skip = announceSkip('DNSSEC differential test', whyNotAnywhere(['nsd', 'dnssec-signzone', 'dnssec-keygen', 'dnssec-dsfromkey', 'delv', 'unbound-host']));

/** Existing, missing, wildcard, empty non-terminal and delegated names, relative to a mail zone. */
const RELATIVE = [
  '@ MX', '@ SOA', '@ DNSKEY', '@ DS', '@ TXT', 'mx A', 'mx TXT', '_25._tcp.mx TLSA', '_tcp.mx TLSA', 'alias A', '_25._tcp.alias TLSA', '_25._tcp.mx2 TLSA', 'q.w A', 'q.w TXT',
  'q.r.w MX', 'x.w TXT', 'x.w A', 'y.x.w A', '*.w A', 'q.c A', 'nope A', 'no.pe A', 'a.b.ent A', 'b.ent A', 'c.ent A', 'ent DS', 'txt TXT', 'plain DS', 'www.plain A', 'nope.plain A',
];
const ACROSS = [
  'out.corp.zz A', 'unsigned.corp.zz A', 'mx.dn.corp.zz A', 'nope.dn.corp.zz A', 'mx.loose.corp.zz A', 'dn.corp.zz A', 'cut.corp.zz DS', 'mx.dn.hash.zz A', 'out.hash.zz A',
  'ent2.opt.zz A', 'loose.ent2.opt.zz DS', 'www.loose.ent2.opt.zz A', 'zz DNSKEY', 'nope A', 'nope.zz DS',
];

interface Slot {
  readonly server: ReplayServer;
  readonly oracles: Oracles;
}

let folder = '';
let tree: SignedTree;
let genuine: GenuineAnswers;
let anchor: TrustAnchor;
let questions: readonly Asked[] = [];
const slots: Slot[] = [];

beforeAll(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'danescope-differential-'));
  // Below 32768, where Linux takes ports from by itself: other tests hold many of those.
  tree = await startSignedTree(folder, 20_000 + (process.pid % 12_000));
  genuine = new GenuineAnswers(tree.port);
  const root = tree.keys.get('.');
  if (root === undefined) throw new Error('the root has no keys');
  anchor = trustAnchor(ROOT, 'DNSKEY', root.keySigning.dnskey.rdata, 'test') as TrustAnchor;
  for (let index = 0; index < AT_ONCE; index += 1) {
    const server = new ReplayServer(genuine);
    slots.push({ server, oracles: makeOracles(folder, await server.start(), root) });
  }
  questions = [...tree.mailZones.flatMap((zone) => RELATIVE.map((text) => asked(text, zone))), ...ACROSS.map((text) => asked(text, null))];
}, MINUTES);

afterAll(async () => {
  if (skip) return;
  for (const { server } of slots) server.stop();
  await tree.stop();
  rmSync(folder, { recursive: true, force: true });
}, MINUTES);

function asked(text: string, zone: string | null): Asked {
  const [owner = '', type = ''] = text.split(' ');
  const name = zone === null ? owner : owner === '@' ? zone : `${owner}.${zone}`;
  return { name: parseName(name), type: rrtypeNumber(type) ?? 0 };
}

interface Verdicts {
  readonly ours: OracleVerdict;
  readonly iterated: OracleVerdict;
  readonly unbound: OracleVerdict;
  readonly bind: OracleVerdict;
  /** why ours is not secure: code and sentence, empty where it is */
  readonly code: string;
  readonly reason: string;
}

/** Ours, forwarding as the others do and iterating, which have to agree. */
async function verdicts({ server, oracles }: Slot, { name, type }: Asked, change: Change): Promise<Verdicts> {
  server.setChange(change);
  const [text, rrtype] = [nameText(name), rrtypeName(type)];
  const address = { name: null, address: '127.0.0.1', port: 53 };
  const resolve = (resolution: Resolution): Promise<ResolvedAnswer> =>
    createResolver({ network: server.network, clock: new SystemClock(), random: new SystemRandom(), trustAnchors: [anchor], resolution }).resolve(text, rrtype);
  const [ours, iterated, unbound, bind] = await Promise.all([
    resolve({ mode: 'forwarding', forwarders: [address] }), resolve({ mode: 'iterative', rootHints: [address] }), oracles.unbound(text, rrtype), oracles.bind(text, rrtype),
  ]);
  if (process.env['DANESCOPE_SHOW_ORACLES'] !== undefined) console.log(text, rrtype, ours.status, iterated.status, iterated.chain, iterated.reason?.text, unbound.output, bind.output);
  return { ours: verdictOf(ours), iterated: verdictOf(iterated), unbound: unbound.verdict, bind: bind.verdict, code: ours.reason?.code ?? '', reason: ours.reason?.text ?? '' };
}

/** Indeterminate is handled as bogus (RFC 7672 §2.1.1), and other programs know no third failure. */
const verdictOf = ({ status }: ResolvedAnswer): OracleVerdict => (status === 'indeterminate' ? 'bogus' : status);

const agree = ({ ours, iterated, unbound, bind }: Verdicts): boolean => ours === unbound && ours === bind && ours === iterated;

/** Both of our ways have to come to the same; nothing excuses that. */
const explanation = (kind: string, found: Verdicts): string | null => (found.iterated === found.ours ? understoodReason({ kind, ...found }) : null);

/** On a busy machine a validator may give up waiting and call that a failure, which is no verdict: a disagreement is one that is there when asked again. */
async function settled(kind: string, ask: () => Promise<Verdicts>): Promise<Verdicts> {
  const first = await ask();
  return agree(first) || explanation(kind, first) !== null ? first : ask();
}

/** Every item once, as many at a time as there are slots. */
async function throughSlots<Item>(items: readonly Item[], work: (slot: Slot, item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  await Promise.all(slots.map(async (slot) => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(slot, item);
  }));
}

const describeVerdicts = ({ name, type }: Asked, { ours, iterated, unbound, bind, code, reason }: Verdicts): string =>
  `${nameText(name)} ${rrtypeName(type)}: ours ${ours}${iterated === ours ? '' : ` (iterating ${iterated})`}, Unbound ${unbound}, BIND ${bind}; ${code} ${reason}`;

describe.skipIf(skip)('against Unbound and BIND', () => {
  test('the genuine tree: every name gets the same verdict from all three', async () => {
    const seen = new Map<OracleVerdict, number>();
    const wrong: string[] = [];
    await throughSlots(questions, async (slot, question) => {
      const found = await settled('none', () => verdicts(slot, question, (response) => response));
      seen.set(found.ours, (seen.get(found.ours) ?? 0) + 1);
      if (!agree(found) && explanation('none', found) === null) wrong.push(describeVerdicts(question, found));
    });
    expect(wrong).toEqual([]);
    expect([seen.get('secure') ?? 0, seen.get('insecure') ?? 0].every((count) => count > 40)).toBe(true);
  }, 4 * MINUTES);

  test.each([
    ['mx A', 'corp.zz', 'zz'], ['_25._tcp.mx TLSA', 'sub.corp.zz', 'corp.zz'], ['mx A', 'hash.zz', 'zz'], ['txt TXT', 'deep.cut.corp.zz', 'corp.zz'],
  ])('RFC 4035 §5.3.1 behind a forwarder: %s of %s signed by %s is believed by all three, as nothing in the answer shows the cut (ADR 97)', async (text, zone, above) => {
    const question = asked(text, zone);
    const signer = tree.keys.get(above) as ZoneKeys;
    const tools: Tools = { random: generator(1), asked: question, zones: [], now: Math.floor(Date.now() / 1000), others: [], stranger: signer.zoneSigning, keysOf: () => signer };
    const signed = SIGNATURE_KINDS['signed-by-parent']?.(await genuine.ask(question.name, question.type), tools) ?? expect.fail('nothing to sign');
    const found = await verdicts(slots[0] as Slot, question, (given) => (given.question.type === question.type && sameName(given.question.name, question.name) ? { ...signed, question: given.question } : given));
    expect({ ours: found.ours, unbound: found.unbound, bind: found.bind }).toEqual({ ours: 'secure', unbound: 'secure', bind: 'secure' });
  });

  test(`${MUTATIONS} mutations: no disagreement but of an understood kind`, async () => {
    const tally = new Map<string, number>();
    const understood = new Map<string, number>();
    const alone: string[] = [];
    const wrong: string[] = [];
    await throughSlots(Array.from({ length: MUTATIONS }, (_, index) => FIRST_SEED + index), async (slot, seed) => {
      const { question, mutation } = await mutationOf(seed);
      const found = await settled(mutation.kind, () => verdicts(slot, question, mutation.change));
      tally.set(found.ours, (tally.get(found.ours) ?? 0) + 1);
      const where = `${mutation.kind} at ${nameText(mutation.target.name)} ${rrtypeName(mutation.target.type)}`;
      if (agree(found)) return;
      const reason = explanation(mutation.kind, found);
      const told = `seed ${seed}, ${where}: ${describeVerdicts(question, found)}`;
      if (reason === null) wrong.push(told);
      else understood.set(reason, (understood.get(reason) ?? 0) + 1);
      if (reason !== null && found.unbound === found.bind) alone.push(told);
    });
    console.log(`mutations: ${[...tally].map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`);
    console.log(['understood disagreements:', ...[...understood].map(([reason, count]) => `${count} × ${reason}`)].join('\n'));
    console.log(['where the other two agree:', ...alone.sort()].join('\n'));
    expect(wrong.sort()).toEqual([]);
  }, 20 * MINUTES);
});

async function mutationOf(seed: number): Promise<{ readonly question: Asked; readonly mutation: Mutation }> {
  const random = generator(seed);
  const question = questions[random(questions.length)] as Asked;
  const zone = tree.mailZones.filter((candidate) => nameText(question.name).endsWith(candidate)).sort((left, right) => right.length - left.length)[0] ?? 'corp.zz';
  const others = await Promise.all(RELATIVE.map((text) => asked(text, zone)).map(({ name, type }) => genuine.ask(name, type)));
  return { question, mutation: await seededMutation({ random, asked: question, keys: tree.keys, others, genuine }) };
}
