/** The root's servers from the answer to a priming query (RFC 9609 §4). */
import { addressText } from './classify.ts';
import type { ServerAddress } from './facts.ts';
import { type Name, ROOT, nameKey, nameText, sameName } from './name.ts';
import type { NameServer } from './name-server.ts';
import type { Message } from './record.ts';
import { RRTYPE } from './rrtype.ts';
import { readWireName } from './wire-name.ts';

/** Twice as many as the root has: more come from nobody honest. */
const MAXIMUM_ROOT_SERVERS = 26;

/**
 * Servers of the NS RRset that have an address. RFC 9609 §4.2: the additional section may be short of addresses; those are taken from
 * the hints. Addresses of names that are not in the NS RRset are not believed.
 */
export function primedServers({ answer, additional }: Message, hints: readonly ServerAddress[]): NameServer[] {
  const names = new Map(answer.filter(({ owner, type }) => type === RRTYPE.NS && sameName(owner, ROOT)).flatMap(({ rdata }) => {
    const target = readWireName(rdata, 0);
    return target === null ? [] : [[nameKey(target.name), target.name] as const];
  }));
  return [...names.values()].slice(0, MAXIMUM_ROOT_SERVERS).flatMap((name) => {
    const told = additional.filter(({ owner }) => sameName(owner, name)).flatMap((record) => addressText(record) ?? []);
    const addresses = completed(name, told, hints);
    return addresses.length === 0 ? [] : [{ name, addresses, glueless: false }];
  });
}

/** What was told, and of a family of which nothing was told what the hints have. */
function completed(name: Name, told: readonly string[], hints: readonly ServerAddress[]): ServerAddress[] {
  const own = hints.filter((hint) => hint.name !== null && hint.name.toLowerCase() === nameText(name).toLowerCase());
  const missing = own.filter(({ address }) => !told.some((other) => isIpv6(other) === isIpv6(address)));
  // A hint may be at a port of its own.
  return [...told.map((address) => hints.find((hint) => hint.address === address) ?? { name: nameText(name), address, port: 53 }), ...missing];
}

const isIpv6 = (address: string): boolean => address.includes(':');
