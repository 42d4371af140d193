/**
 * CPU time of resolving and validating 1,000 RRsets of one zone whose keys are known, against Unbound with one thread on the same zone,
 * served on loopback by a third process.
 *
 * Each is measured with validation and without (no trust anchor here, `module-config: iterator` there), each time by a resolver
 * that has an empty cache but for the zone's keys. The difference is what validation costs; the rest is sockets, messages and, on our
 * side, the facts that tell each step. CPU time is user and system: of this process, and of Unbound as Linux accounts it.
 *
 * BIND's delv is a process for each question and fetches the keys each time: what it spends is told beside, scaled up from fewer runs.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseName } from '../core/dns/name.ts';
import { encodeQuery } from '../core/dns/query.ts';
import { createResolver } from '../core/dnssec/resolver.ts';
import { readTrustAnchors } from '../core/dnssec/trust-anchor-file.ts';
import { systemPorts } from '../core/net/ports.ts';
import { A, CLASS_IN } from '../lab/dns/rrtype.ts';
import { printTable, spreadOf } from './figures.ts';
import { APEX, nameOf, startLoopbackZone } from './loopback-zone.ts';
import type { LoopbackZone } from './loopback-zone.ts';

const RRSETS = 1000;
const TURNS = 5;
const AT_ONCE = 8;
const DELV_RUNS = 100;

/** Asks for every name, some at once; the first alone, so that the keys are known. @returns ms of CPU time by `spent` */
async function cpuTime(ask: (name: string) => Promise<void>, spent: () => number): Promise<number> {
  await ask(nameOf(RRSETS));
  const before = spent();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < RRSETS; index = next++) await ask(nameOf(index));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return spent() - before;
}

async function ours(zone: LoopbackZone, validating: boolean): Promise<number> {
  const anchors = readTrustAnchors(zone.trustAnchor, 'bench');
  if (!anchors.ok) throw new Error(anchors.failure.text);
  const resolver = createResolver({
    ...systemPorts(), trustAnchors: validating ? anchors.value : [], resolution: { mode: 'iterative', rootHints: [] },
    stubs: [{ zone: APEX, servers: [{ name: null, address: '127.0.0.1', port: zone.port }] }],
  });
  const wanted = validating ? 'secure' : 'indeterminate';
  const ask = async (name: string): Promise<void> => {
    const { status, reason } = await resolver.resolve(name, 'A');
    if (status !== wanted) throw new Error(`${name} is ${status}: ${reason?.text ?? ''}`);
  };
  return await cpuTime(ask, () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  });
}

async function unbound(zone: LoopbackZone, validating: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'danescope-bench-'));
  const port = await freePort();
  const file = join(folder, 'unbound.conf');
  writeFileSync(file, [
    'server:', `  directory: "${folder}"`, '  chroot: ""', '  username: ""', '  pidfile: ""', '  use-syslog: no', '  do-daemonize: no', '  num-threads: 1', '  do-ip6: no',
    '  interface: 127.0.0.1', `  port: ${port}`, '  do-not-query-localhost: no', '  qname-minimisation: no', `  module-config: "${validating ? 'validator ' : ''}iterator"`,
    ...(validating ? [`  trust-anchor: "${zone.trustAnchor}"`] : []), 'remote-control:', '  control-enable: no',
    'stub-zone:', `  name: "${APEX}"`, `  stub-addr: 127.0.0.1@${zone.port}`, '',
  ].join('\n'));
  const child = spawn('unbound', ['-c', file, '-d'], { stdio: 'ignore' });
  try {
    return await cpuTime((name) => askUnbound(name, port, validating), () => schedulerTime(child));
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** ms on a CPU so far: the first field is in nanoseconds */
const schedulerTime = ({ pid }: ChildProcess): number => Number(readFileSync(`/proc/${String(pid)}/schedstat`, 'utf8').split(' ')[0]) / 1e6;

/** ms for as many RRsets as the others: a shell tells what its children spent. `-i`: without validation */
async function delv(zone: LoopbackZone, validating: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'danescope-bench-'));
  const anchor = join(folder, 'anchor.conf');
  const [, , , , flags, protocol, algorithm, key] = zone.trustAnchor.split(' ');
  writeFileSync(anchor, `trust-anchors { ${APEX}. static-key ${flags ?? ''} ${protocol ?? ''} ${algorithm ?? ''} "${key ?? ''}"; };\n`);
  const options = `-a ${anchor} +root=${APEX} -p ${zone.port} @127.0.0.1${validating ? '' : ' -i'}`;
  const names = Array.from({ length: DELV_RUNS }, (_, index) => nameOf(index)).join(' ');
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', `for name in ${names}; do delv ${options} $name A; done; times`], { maxBuffer: 1 << 24 });
    const told = stdout.split('\n').filter((line) => line.startsWith(validating ? '; fully validated' : '; authoritative')).length;
    if (told !== DELV_RUNS) throw new Error(`delv: ${told} of ${DELV_RUNS} answers are as they should be`);
    return (childrenTime(stdout) * RRSETS) / DELV_RUNS;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** ms: the last line of `times` (POSIX), such as `0m1.230s 0m0.400s` */
function childrenTime(output: string): number {
  const spent = [...(output.trimEnd().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return spent.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0);
}

const AUTHENTICATED = 0x20;
let queries = 0;

/** Asks again until there is an answer: the first time the server may not listen yet. */
async function askUnbound(name: string, port: number, validating: boolean): Promise<void> {
  const query = encodeQuery({ name: parseName(name), type: A, class: CLASS_IN }, { id: (queries += 1) & 0xffff, recursive: true, edns: true });
  // CD off: it is to validate.
  query[3] = 0;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const answer = await exchange(query, port);
    if (answer === null) continue;
    if (((answer[3] ?? 0) & AUTHENTICATED) !== 0 !== validating || (answer[7] ?? 0) === 0) throw new Error(`Unbound's answer for ${name} is not what it should be`);
    return;
  }
  throw new Error('Unbound does not answer');
}

function exchange(query: Uint8Array, port: number): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (answer: Uint8Array | null): void => {
      clearTimeout(patience);
      socket.close(() => { resolve(answer); });
    };
    const patience = setTimeout(() => { end(null); }, 500);
    socket.once('message', end);
    socket.on('error', () => {});
    socket.send(query, port, '127.0.0.1');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => { resolve(port); });
    });
  });
}

/** null where the program is not here, or this is not Linux */
function versionOf(program: string, flag: string): string | null {
  if (!existsSync('/proc/self/schedstat')) return null;
  const { stdout, stderr } = spawnSync(program, [flag], { encoding: 'utf8' });
  return /(?:Version|delv) (\d[\w.]*)/.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[1] ?? null;
}

type Resolve = (zone: LoopbackZone, validating: boolean) => Promise<number>;

const others: readonly (readonly [name: string, version: string | null, Resolve])[] = [['Unbound', versionOf('unbound', '-V'), unbound], ['delv', versionOf('delv', '-v'), delv]];
const zone = await startLoopbackZone(RRSETS + 1);
try {
  const contenders: readonly (readonly [string, Resolve])[] = [['danescope', ours], ...others.flatMap(([name, version, resolve]) => (version === null ? [] : [[`${name} ${version}`, resolve] as const]))];
  const times = new Map(contenders.map(([name]) => [name, { plain: [] as number[], validating: [] as number[] }]));
  for (let turn = -1; turn < TURNS; turn += 1) for (const [name, resolve] of contenders) {
    const validating = await resolve(zone, true);
    const plain = await resolve(zone, false);
    if (turn < 0) continue;
    times.get(name)?.validating.push(validating);
    times.get(name)?.plain.push(plain);
  }
  report(times);
} finally {
  zone.close();
}

function report(times: ReadonlyMap<string, { readonly plain: readonly number[]; readonly validating: readonly number[] }>): void {
  process.stdout.write(`ms of CPU time for ${RRSETS} RRsets (ECDSA P-256, keys known), median of ${TURNS}\n`);
  const medians = [...times].map(([name, { plain, validating }]) => ({ name, plain: spreadOf(plain).median, validating: spreadOf(validating).median }));
  const rows = medians.map(({ name, plain, validating }) => [name, ...[validating, plain, validating - plain].map((ms) => ms.toFixed(0))]);
  const [first, second] = medians;
  const ratio = (one: number, other: number): string => (one / other).toFixed(2);
  if (first !== undefined && second?.name.startsWith('Unbound') === true) {
    rows.push(['ratio to Unbound', ratio(first.validating, second.validating), ratio(first.plain, second.plain), ratio(first.validating - first.plain, second.validating - second.plain)]);
  }
  printTable(['', 'with validation', 'without', 'validation'], rows);
  if (second?.name.startsWith('Unbound') !== true) process.stdout.write('  Unbound is not here (or this is not Linux): nothing to compare with\n');
}
