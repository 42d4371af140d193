/**
 * Sequential round trips from the target to the verdict, against the least possible number.
 *
 * Counted by slope: the same run over a longer line takes longer by exactly its sequential round trips, whatever our own work
 * costs: (t2 - t1) / (l2 - l1). Of several runs the shortest counts, as a busy machine only ever adds. The lab counts a round trip for a datagram with its answer, one for a TCP connect, and half of
 * one each way for all that passes over a connection. As a server hears of a connection half a round trip after us, its
 * greeting comes one round trip after the connect.
 *
 * The least number for `good-311.example`, cold, one step that needs the one before it a line:
 *
 *  1. MX at a root server: referral to `example` with its DS. The root's DNSKEY is asked for beside it.
 *  2. MX at the servers of `example`: referral to the domain with its DS; beside it the DNSKEY of `example`.
 *  3. MX at the domain's servers: the answer; beside it the domain's DNSKEY.
 *  4. A and AAAA of the MX host, both at once: its zone is known. They come before TLSA, as RFC 7672 §2.2.2 wants it: without
 *     secure addresses there is nothing to look up.
 *  5. TCP connect; beside it TLSA.
 *  6. Greeting: the server speaks first (RFC 5321 §3.1).
 *  7. EHLO and its reply: whether there is STARTTLS, and whether commands may be pipelined, is not known before (RFC 2920 §3).
 *  8. STARTTLS and 220: the ClientHello must wait for it (RFC 3207 §4).
 *  9. ClientHello; ServerHello to Finished in one flight (RFC 8446 §2): the chain is there and the key proved. The verdict.
 *
 * 9 to the verdict. To the end of the run with one connection follow EHLO inside TLS (10) and QUIT (11). The full run asks two things
 * more, each on a connection of its own, as an address gets one at a time: whether there is a certificate with RSA or EdDSA too (connect,
 * greeting, EHLO, STARTTLS, ClientHello and alert: 5), and which chain a sender without TLS 1.3 sees (connect, greeting, EHLO, STARTTLS,
 * two flights of TLS 1.2 (RFC 5246 §7.3), EHLO, QUIT: 8). 24.
 *
 * Warm is what the next inspection needs with the resolver of the first. A sibling domain: root and `example` are known, so steps 2 to 4,
 * then 5 to 9: 8. The same domain: 5 to 9, all of DNS is still valid: 5. Measured are the lookups that lead to the connection
 * (MX, then A and AAAA), with one resolver, and the dialogue until TLS stands, one behind the other, as a run has them.
 */
import { valueOf } from '../core/base/parallel.ts';
import { connectionSubject } from '../core/base/subject.ts';
import { createResolver } from '../core/dnssec/resolver.ts';
import type { Resolver } from '../core/dnssec/resolver.ts';
import { inspect } from '../core/inspection/inspect.ts';
import { DEFAULT_TIMEOUTS } from '../core/inspection/options.ts';
import { labVantage } from '../core/net/vantage.ts';
import type { Vantage } from '../core/net/vantage.ts';
import { converse } from '../core/smtp/dialogue.ts';
import { parseTarget } from '../core/target/parse.ts';
import type { Target } from '../core/target/target.ts';
import { startLab } from '../lab/start.ts';
import { printTable, spreadOf } from './figures.ts';

const NEAR_MS = 20;
const FAR_MS = 120;
const USUAL_MS = 50;
const REPETITIONS = 5;
const DOMAIN = 'good-311.example';
const SIBLING = 'good-current-next.example';

const LEAST = { verdict: 9, end: 24, endQuick: 11, sibling: 8, same: 5 } as const;
type Measured = keyof typeof LEAST;
type Times = { readonly [What in Measured]: number };

const WORDS: { readonly [What in Measured]: string } = {
  verdict: 'cold, target to verdict', end: 'cold, target to end of run (all key types, TLS 1.2)', endQuick: 'cold, target to end of run (one connection)',
  sibling: 'warm, a sibling domain, to verdict', same: 'warm, the same domain, to verdict',
};

/** ms of each at one latency; every call starts cold */
async function timesOf(vantage: Vantage): Promise<Times> {
  const full = await inspectionTimes(vantage, 'full');
  const quick = await inspectionTimes(vantage, 'quick');
  const resolver = resolverOf(vantage);
  await pathTime(vantage, resolver, DOMAIN);
  const sibling = await pathTime(vantage, resolver, SIBLING);
  const same = await pathTime(vantage, resolver, DOMAIN);
  return { verdict: full.verdict, end: full.end, endQuick: quick.end, sibling, same };
}

async function inspectionTimes(vantage: Vantage, probe: 'full' | 'quick'): Promise<{ readonly verdict: number; readonly end: number }> {
  const { ports, resolution, trustAnchors, lab } = vantage;
  const options = { helo: 'bench.example', version: '0', resolution, trustAnchors, lab, probe };
  const started = performance.now();
  let verdict = Number.NaN;
  for await (const event of inspect(targetOf(DOMAIN), ports, options)) {
    if (event.type === 'dane.endpoint' && Number.isNaN(verdict)) {
      verdict = performance.now() - started;
      if (event.endpoint.outcome !== 'authenticated') throw new Error(`${DOMAIN} ended as ${event.endpoint.outcome}`);
    }
  }
  return { verdict, end: performance.now() - started };
}

/** From the MX lookup to the completed handshake. */
async function pathTime(vantage: Vantage, resolver: Resolver, domain: string): Promise<number> {
  const started = performance.now();
  const mx = await resolver.resolve(domain, 'MX');
  const host = mx.lookup.records[0]?.text.split(' ')[1]?.replace(/\.$/, '') ?? '';
  const [addresses] = await Promise.all([resolver.resolve(host, 'A'), resolver.resolve(host, 'AAAA')]);
  const address = addresses.lookup.records[0]?.text ?? '';
  if (mx.status !== 'secure' || address === '') throw new Error(`${domain} did not resolve: ${mx.status}, ${mx.reason?.text ?? ''}`);
  const [shaken, tlsa] = await Promise.all([handshakeAt(vantage, host, address), resolver.resolve(`_25._tcp.${host}`, 'TLSA')]);
  if (tlsa.status !== 'secure') throw new Error(`no TLSA of ${host}`);
  return shaken - started;
}

/** The time when TLS stood; the rest of the dialogue is carried out behind it. */
async function handshakeAt({ ports }: Vantage, host: string, address: string): Promise<number> {
  const dialogue = converse({
    subject: connectionSubject(host, address, 1), connection: { number: 1, host, address, port: 25, purpose: 'default' }, tls: 'starttls', helo: 'bench.example', timeouts: DEFAULT_TIMEOUTS, ports,
    request: { serverName: host, keyTypes: ['RSA', 'ECDSA', 'EdDSA'], minimumVersion: 'TLSv1', maximumVersion: 'TLSv1.3' }, signal: new AbortController().signal,
  });
  for await (const fact of dialogue) if (fact.type === 'tls.established') {
    const stood = performance.now();
    await valueOf(dialogue);
    return stood;
  }
  throw new Error(`no TLS at ${host}`);
}

function resolverOf({ ports, resolution, trustAnchors }: Vantage): Resolver {
  if (resolution.mode !== 'iterative') throw new Error('the lab is asked from its root');
  return createResolver({ ...ports, trustAnchors, resolution: { mode: 'iterative', rootHints: resolution.rootServers } });
}

function targetOf(text: string): Target {
  const target = parseTarget(text);
  if (!target.ok) throw new Error(target.failure.message);
  return target.value;
}

const latencies = [NEAR_MS, FAR_MS, USUAL_MS];
const labs = await Promise.all(latencies.map((latencyMs) => startLab({ latencyMs, only: ['good-311', 'good-current-next'] })));
try {
  for (const lab of labs) await lab.prepare();
  const vantages = labs.map(labVantage);
  const rounds: (readonly Times[])[] = [];
  // The first round compiles and is thrown away.
  for (let round = 0; round <= REPETITIONS; round += 1) {
    const times: Times[] = [];
    for (const vantage of vantages) times.push(await timesOf(vantage));
    if (round > 0) rounds.push(times);
  }
  report(rounds);
} finally {
  await Promise.all(labs.map((lab) => lab.close()));
}

function report(rounds: readonly (readonly Times[])[]): void {
  const kinds = Object.keys(LEAST) as Measured[];
  const shortest = (index: number, what: Measured): number => spreadOf(rounds.map((round) => round[index]?.[what] ?? Number.NaN)).least;
  process.stdout.write(`round trips in sequence (slope between ${NEAR_MS} and ${FAR_MS} ms, shortest of ${REPETITIONS})\n`);
  printTable(['', 'measured', 'least', 'ratio'], kinds.map((what) => {
    const trips = (shortest(1, what) - shortest(0, what)) / (FAR_MS - NEAR_MS);
    return [WORDS[what], trips.toFixed(2), String(LEAST[what]), (trips / LEAST[what]).toFixed(2)];
  }));
  process.stdout.write(`\nwall time in the lab at ${USUAL_MS} ms, shortest of ${REPETITIONS}\n`);
  printTable(['', 'ms', `least × ${USUAL_MS} ms`, 'ratio'], kinds.map((what) => {
    const ms = shortest(2, what);
    return [WORDS[what], ms.toFixed(0), String(LEAST[what] * USUAL_MS), (ms / (LEAST[what] * USUAL_MS)).toFixed(2)];
  }));
}
