/** The resolver that a person names: an address, with a port where it is not 53. */
import { canonicalIpv6, isIpv4 } from '../target/address.ts';

export interface ResolverAddress {
  readonly address: string;
  readonly port: number;
}

const DNS_PORT = 53;

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353`; null for anything else: a name would need another resolver first */
export function readResolverAddress(text: string): ResolverAddress | null {
  const [, inBrackets, bracketedPort] = /^\[([0-9A-Fa-f:.]{2,45})\](?::(\d{1,5}))?$/.exec(text) ?? [];
  const [, plain, plainPort] = /^([0-9.]{7,15})(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = plain === undefined ? canonicalIpv6(inBrackets ?? text) : (isIpv4(plain) ? plain : null);
  const port = Number(bracketedPort ?? plainPort ?? DNS_PORT);
  return address !== null && port >= 1 && port <= 65_535 ? { address, port } : null;
}

export const resolverAddressText = ({ address, port }: ResolverAddress): string => (port === DNS_PORT ? address : `${address} port ${String(port)}`);
