/** The name by which servers will know us. They see it and log it. */
import { hostname, networkInterfaces } from 'node:os';

/** What RFC 5321 §4.1.1.1 asks for: a fully qualified name, else an address literal. */
export function ehloName(name: string = hostname(), addresses: readonly string[] = outsideAddresses()): string {
  if (/^(?!-)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+$/.test(name) && name.length <= 255) return name.toLowerCase();
  return `[${addresses[0] ?? '127.0.0.1'}]`;
}

const outsideAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []).filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address);
