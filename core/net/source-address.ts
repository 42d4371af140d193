/** The addresses that packets to the outside leave this machine from. Asked of the system's routes alone: a UDP socket that is connected sends nothing. */
import { createSocket } from 'node:dgram';

/** Documentation addresses (RFC 5737 §3, RFC 3849 §2): they take the default route, and nobody has them. */
const OUTSIDE = [['udp4', '192.0.2.1'], ['udp6', '2001:db8::1']] as const;
const PORT = 9;

/** One a family, IPv4 first; empty without a route. A translator on the way may show the world another. */
export async function sourceAddresses(outside: readonly (readonly ['udp4' | 'udp6', string])[] = OUTSIDE): Promise<readonly string[]> {
  const found = await Promise.all(outside.map(([family, address]) => routedFrom(family, address)));
  return found.filter((address) => address !== null);
}

async function routedFrom(family: 'udp4' | 'udp6', address: string): Promise<string | null> {
  const socket = createSocket(family);
  const source = await new Promise<string | null>((resolve) => {
    // No route, or no such family on this machine: there is no address to tell.
    socket.once('error', () => resolve(null));
    // A callback of `connect` would be called for a failure too, and the error not told.
    socket.once('connect', () => resolve(socket.address().address));
    socket.connect(PORT, address);
  });
  socket.close();
  return source;
}
