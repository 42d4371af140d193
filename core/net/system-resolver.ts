/** The resolver that this machine is set up to use, and whether name servers outside can be asked without it. */
import { randomBytes } from 'node:crypto';
import { getServers } from 'node:dns';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Clock, Network } from '../base/ports.ts';
import type { ServerAddress } from '../dns/facts.ts';

/** As in resolv.conf(5): more than three are ignored. */
const MAXIMUM_SERVERS = 3;

/** In the order of preference; empty where the system names none. */
export async function systemResolver(file = '/etc/resolv.conf'): Promise<readonly ServerAddress[]> {
  if (process.platform === 'win32' || process.platform === 'darwin') return getServers().flatMap(fromNode).slice(0, MAXIMUM_SERVERS);
  try {
    return parseResolvConf(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) return [];
    throw error;
  }
}

/** `nameserver` lines of resolv.conf(5) that hold an address. */
export function parseResolvConf(text: string): readonly ServerAddress[] {
  return text.split('\n').flatMap((line) => {
    const address = /^\s*nameserver\s+(\S+)/.exec(line)?.[1] ?? '';
    return isIP(address) === 0 ? [] : [{ name: null, address, port: 53 }];
  }).slice(0, MAXIMUM_SERVERS);
}

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`, as Node writes them */
function fromNode(text: string): readonly ServerAddress[] {
  if (isIP(text) !== 0) return [{ name: null, address: text, port: 53 }];
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  return isIP(address) === 0 ? [] : [{ name: null, address, port: Number(port) }];
}

/** ms; a root server that answers at all answers well within this */
const PROBE_TIMEOUT = 1500;
/** of two root servers, by IPv4 and IPv6 each */
const PROBED_ADDRESSES = 4;

/**
 * Whether root servers answer us themselves. Decides between iterative resolution and forwarding when the admin did not.
 * A box on the path that answers in their place is not the outside: it lacks the authority (AA) of a root server.
 */
export async function outsidePort53Reachable(network: Network, hints: readonly ServerAddress[], clock: Clock): Promise<boolean> {
  const answered = new AbortController();
  const deadline = clock.deadline(PROBE_TIMEOUT, answered.signal);
  const probes = hints.slice(0, PROBED_ADDRESSES).map(async (server) => {
    const query = rootQuery();
    const accept = (answer: Uint8Array): boolean => isRootAnswer(query, answer);
    const result = await network.exchangeUdp(server.address, server.port, query, { signal: deadline.signal, accept });
    if (!result.ok) return false;
    answered.abort();
    return true;
  });
  const reached = await Promise.all(probes);
  deadline.clear();
  return reached.includes(true);
}

/** `. SOA`, no recursion desired */
function rootQuery(): Uint8Array {
  const [high = 0, low = 0] = randomBytes(2);
  return Uint8Array.of(high, low, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 1);
}

const QR_AA = 0x84;

/** Same id, a response with authority, rcode NOERROR (RFC 1035 §4.1.1). */
function isRootAnswer(query: Uint8Array, answer: Uint8Array): boolean {
  if (answer.length < query.length || answer[0] !== query[0] || answer[1] !== query[1]) return false;
  return ((answer[2] ?? 0) & QR_AA) === QR_AA && ((answer[3] ?? 0) & 0x0f) === 0;
}
