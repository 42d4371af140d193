/** The time in the cookies of the servers that people run (RFC 9018 §4.3): BIND, Knot and NSD on this computer have its clock. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_DNS_TIMEOUTS, DnsClient } from '../../core/dns/exchange.ts';
import type { DnsFact, ServerAddress } from '../../core/dns/facts.ts';
import { parseName } from '../../core/dns/name.ts';
import { RRCLASS, RRTYPE } from '../../core/dns/rrtype.ts';
import { clockOffset } from '../../core/inspection/clock-offset.ts';
import { fold } from '../../core/inspection/fold.ts';
import { SocketNetwork } from '../../core/net/socket-network.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { SystemRandom } from '../../core/net/system-random.ts';
import { ClockBehind } from '../../lab/clock-behind.ts';
import { ServerProcess } from './process.ts';
import { announceSkip, whyNotAnywhere } from './programs-needed.ts';

const skip = announceSkip('the clock by the cookies of BIND, Knot and NSD', whyNotAnywhere(['named', 'knotd', 'nsd']));
const PORT = 5391;
/** the first as a top-level domain: nothing is measured without a witness above the domain */
const ZONES = { bind: 'test', knot: 'two.test', nsd: 'three.test' } as const;
const ADDRESSES = { bind: '127.0.0.1', knot: '127.0.53.2', nsd: '127.0.53.3' } as const;
type Program = keyof typeof ZONES;
const PROGRAMS = Object.keys(ZONES) as Program[];

let folder: string;
let servers: ServerProcess[] = [];

beforeAll(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'danescope-clock-'));
  mkdirSync(join(folder, 'knot'));
  for (const zone of Object.values(ZONES)) writeFileSync(join(folder, zone), `$TTL 300\n$ORIGIN ${zone}.\n@ SOA ns host 1 7200 3600 1209600 300\n@ NS ns\nns A 192.0.2.1\n`);
  servers = [
    new ServerProcess('named', ['-g', '-c', written('named.conf', [
      `options { directory "${folder}"; listen-on port ${PORT} { ${ADDRESSES.bind}; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; recursion no; };`, 'controls { };',
      `zone "${ZONES.bind}" { type primary; file "${ZONES.bind}"; };`])]),
    new ServerProcess('knotd', ['-c', written('knot.conf', [
      'server:', `  listen: ${ADDRESSES.knot}@${PORT}`, `  rundir: "${folder}/knot"`, 'database:', `  storage: "${folder}/knot"`, 'control:', '  listen: "control.sock"',
      'template:', '  - id: default', '    global-module: mod-cookies', 'zone:', `  - domain: ${ZONES.knot}`, `    file: "${folder}/${ZONES.knot}"`])]),
    new ServerProcess('nsd', ['-d', '-c', written('nsd.conf', [
      'server:', `  ip-address: ${ADDRESSES.nsd}@${PORT}`, '  username: ""', '  database: ""', `  zonesdir: "${folder}"`, `  pidfile: "${folder}/nsd.pid"`, `  xfrdfile: "${folder}/xfrd"`,
      `  zonelistfile: "${folder}/list"`, '  server-count: 1', '  answer-cookie: yes', 'remote-control:', '  control-enable: no', 'zone:', `  name: "${ZONES.nsd}"`, `  zonefile: "${ZONES.nsd}"`])]),
  ];
}, 60_000);

afterAll(async () => {
  if (skip) return;
  await Promise.all(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
});

function written(name: string, lines: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/** All that happens while each is asked once; a server that is still starting is waited for. */
async function factsOf(behindSeconds: number): Promise<readonly DnsFact[]> {
  const clock = new ClockBehind(new SystemClock(), behindSeconds);
  const client = new DnsClient({ network: new SocketNetwork(), clock, random: new SystemRandom(), signal: new AbortController().signal, timeouts: DEFAULT_DNS_TIMEOUTS });
  const facts: DnsFact[] = [];
  for (const program of PROGRAMS) {
    const server: ServerAddress = { name: null, address: ADDRESSES[program], port: PORT };
    const zone = parseName(ZONES[program]);
    for (let tries = 0, isAnswered = false; tries < 100 && !isAnswered; tries += 1) {
      for await (const fact of client.ask({ server, zone, question: { name: zone, type: RRTYPE.SOA, class: RRCLASS.IN }, mayQuery: () => true })) {
        facts.push(fact);
        isAnswered ||= fact.type === 'dns.answered' && fact.rcode === 'NOERROR';
      }
      if (!isAnswered) await clock.sleep(100, new AbortController().signal);
    }
  }
  return facts;
}

describe.skipIf(skip)('BIND, Knot and NSD', () => {
  test.each([0, 412, -90_000])('with a clock that is %i s behind theirs', async (behind) => {
    const facts = await factsOf(behind);
    const offset = clockOffset(fold(facts.map((fact, seq) => ({ ...fact, seq }))));
    expect(offset, servers.map(({ output }) => output.slice(-2000)).join('\n')).toMatchObject({ state: 'measured', servers: 3, zones: 3, heard: 3 });
    expect(offset.state === 'measured' ? Math.abs(offset.seconds + behind) : null).toBeLessThanOrEqual(5);
  }, 60_000);
});
