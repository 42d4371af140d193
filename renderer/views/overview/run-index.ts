/** What the cells of a matrix look for in a run, found at once: hundreds of rows would each search the whole lists. */
import type { DestinationHost } from '../../../core/destination/facts.ts';
import type { ConnectionState, EndpointState, LookupState, Run } from '../../../core/inspection/run.ts';

export interface RunIndex {
  readonly host: (name: string) => DestinationHost | null;
  readonly endpoints: (host: string) => readonly EndpointState[];
  readonly connection: (number: number) => ConnectionState | null;
  /** the first to that address */
  readonly connectionTo: (host: string, address: string | null) => ConnectionState | null;
  readonly lookup: (name: string, rrtype: string) => LookupState | undefined;
  readonly tlsaLookups: readonly LookupState[];
}

export function runIndex(run: Run): RunIndex {
  const hosts = firsts(run.hosts, ({ name }) => name);
  const endpoints = grouped(run.endpoints, ({ verdict }) => verdict.host);
  const connections = firsts(run.connections, ({ connection }) => connection.number);
  const contacts = firsts(run.connections, ({ connection }) => `${connection.host} ${connection.address}`);
  const lookups = firsts(run.lookups, ({ name, rrtype }) => `${rrtype} ${name}`);
  return {
    host: (name) => hosts.get(name) ?? null,
    endpoints: (host) => endpoints.get(host) ?? [],
    connection: (number) => connections.get(number) ?? null,
    connectionTo: (host, address) => (address === null ? null : contacts.get(`${host} ${address}`) ?? null),
    tlsaLookups: run.lookups.filter(({ rrtype }) => rrtype === 'TLSA'),
    lookup: (name, rrtype) => lookups.get(`${rrtype} ${name}`),
  };
}

function firsts<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, Item> {
  const found = new Map<Key, Item>();
  for (const item of items) if (!found.has(keyOf(item))) found.set(keyOf(item), item);
  return found;
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
