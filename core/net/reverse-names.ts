/**
 * Names that the DNS has for the addresses of this computer (RFC 1035 §3.5, RFC 3596 §2.5). Mail servers look them up, and some turn away a client that has none.
 * The system's resolver is asked: they are told in reports, and nothing rests on them.
 */
import { Resolver } from 'node:dns/promises';
import type { SourceName } from '../inspection/events.ts';
import { isLocalAddress } from '../target/address.ts';

/** ms */
const TIMEOUT = 1000;
/** octets in presentation form (RFC 1035 §2.3.4) */
const LONGEST = 255;

/** @param servers to ask in place of the system's: `address:port` @returns those that have a name, the first one of each; what a private network calls a private address nobody outside sees */
export async function reverseNames(addresses: readonly string[], servers: readonly string[] = []): Promise<readonly SourceName[]> {
  const resolver = new Resolver({ timeout: TIMEOUT, tries: 1 });
  if (servers.length > 0) resolver.setServers(servers);
  const found = await Promise.all(addresses.filter((address) => !isLocalAddress(address)).map((address) => nameOf(resolver, address)));
  return found.filter((one) => one !== null);
}

async function nameOf(resolver: Resolver, address: string): Promise<SourceName | null> {
  // No name, no answer, no network: each is an address without a name to tell.
  const [name] = await resolver.reverse(address).catch((): string[] => []);
  return name === undefined || name === '' ? null : { address, name: name.slice(0, LONGEST) };
}
