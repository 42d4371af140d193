/** Our client over a connection that hands out what it reads in pieces of a chosen size. */
import type { Connection, Network, NetworkFailure } from '../../core/base/ports.ts';
import type { Result } from '../../core/base/result.ts';
import { systemPorts } from '../../core/net/ports.ts';
import type { TlsHandshake, TlsRequest } from '../../core/tls/client.ts';

const ports = systemPorts();

export async function connectTo(port: number, network: Network = ports.network): Promise<Connection> {
  const connected = await network.connectTcp('127.0.0.1', port, AbortSignal.timeout(5000));
  if (!connected.ok) throw new Error(connected.failure.text);
  return connected.value;
}

/** As a network would that delivers so many octets at a time. */
export function inPieces(connection: Connection, size: number): Connection {
  let rest = new Uint8Array(0);
  const read = async (signal: AbortSignal): Promise<Result<Uint8Array | null, NetworkFailure>> => {
    if (rest.length === 0) {
      const next = await connection.read(signal);
      if (!next.ok || next.value === null) return next;
      rest = Uint8Array.from(next.value);
    }
    const piece = rest.subarray(0, size);
    rest = rest.subarray(piece.length);
    return { ok: true, value: piece };
  };
  return { localAddress: connection.localAddress, read, write: (bytes, signal) => connection.write(bytes, signal), close: () => { connection.close(); } };
}

export const REQUEST: TlsRequest = { serverName: 'mx.example.org', keyTypes: ['RSA', 'ECDSA', 'EdDSA'], minimumVersion: 'TLSv1.2', maximumVersion: 'TLSv1.3' };

export async function shakeHands(port: number, request: Partial<TlsRequest> = {}, pieceSize = Number.MAX_SAFE_INTEGER): Promise<TlsHandshake> {
  const handshake = await ports.tls.handshake(inPieces(await connectTo(port), pieceSize), { ...REQUEST, ...request }, AbortSignal.timeout(20_000));
  if (handshake.outcome.ok) handshake.outcome.value.channel.close();
  return handshake;
}

/** ms since it was made */
export function stopwatch(): () => number {
  const began = performance.now();
  return () => performance.now() - began;
}
