/** The resolver that a person names: an address, with a port where it is not 53. */
import { canonicalIpv6, isIpv4 } from '../target/address.ts';

export interface ResolverAddress {
  readonly address: string;
  readonly port: number;
}

const DNS_PORT = 53;

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`; null for anything else: a name would need another resolver first */
export function readResolverAddress(text: string): ResolverAddress | null {
  const { address: named, port: digits, inBrackets } = resolverParts(text);
  const address = !inBrackets && isIpv4(named) ? named : canonicalIpv6(named);
  const port = Number(digits ?? DNS_PORT);
  return address !== null && (digits ?? '').length <= 5 && port >= 1 && port <= 65_535 ? { address, port } : null;
}

export interface ResolverParts {
  readonly address: string;
  /** digits; undefined where none is named */
  readonly port: string | undefined;
  readonly inBrackets: boolean;
}

/** Neither is looked at: the text itself is the address where it has no port. */
export function resolverParts(text: string): ResolverParts {
  const [, inBrackets, portAfter] = /^\[([0-9A-Fa-f:.]+)\](?::(\d+))?$/.exec(text) ?? [];
  if (inBrackets !== undefined) return { address: inBrackets, port: portAfter, inBrackets: true };
  const [, plain = text, port] = /^([^:]+)(?::(\d+))?$/.exec(text) ?? [];
  return { address: plain, port, inBrackets: false };
}

/** as `readResolverAddress` reads it */
export const writtenResolver = ({ address, port }: ResolverAddress): string =>
  port === DNS_PORT ? address : `${address.includes(':') ? `[${address}]` : address}:${String(port)}`;

export const resolverAddressText = ({ address, port }: ResolverAddress): string => (port === DNS_PORT ? address : `${address} port ${String(port)}`);
