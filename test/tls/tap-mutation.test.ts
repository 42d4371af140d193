/** Whatever the octets are: no exception, and in TLS 1.3 no chain that the server did not send. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { concatBytes, equalBytes } from '../../core/base/bytes.ts';
import { TappedStream } from '../../core/net/tapped-stream.ts';
import { readWire } from '../../core/tls/tap.ts';
import type { WireStream } from '../../core/tls/tap.ts';
import { chainOf } from './certificates.ts';
import { connectTo, stopwatch } from './client-under-test.ts';
import { nodeServer } from './tls-servers.ts';

interface Recorded {
  readonly sent: Uint8Array;
  readonly received: Uint8Array;
  readonly keyLog: readonly string[];
}

const chain = chainOf('p256', 2);
const ders = [chain.leaf, ...chain.intermediates].map(({ der }) => der);

async function recorded(version: 'TLSv1.2' | 'TLSv1.3'): Promise<Recorded> {
  const server = await nodeServer([{ leaf: chain.leaf, rest: chain.intermediates }], { minVersion: version, maxVersion: version, requestCert: true, rejectUnauthorized: false }, Uint8Array.of(0x30, 3, 10, 1, 3));
  const stream = new TappedStream(await connectTo(server.port), new Uint8Array(0), stopwatch());
  const keyLog: string[] = [];
  const socket = connect({ socket: stream, rejectUnauthorized: false, servername: 'mx.example.org', requestOCSP: true } as object);
  socket.on('keylog', (line: Buffer) => { keyLog.push(line.toString('latin1').trim()); }).resume();
  await once(socket, 'session');
  socket.destroy();
  server.close();
  return { sent: stream.sent.bytes, received: stream.received.bytes, keyLog };
}

/** Numbers from a seed, so that a failure can be repeated (xorshift32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

type Mutation = (bytes: Uint8Array, below: (limit: number) => number) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
  (bytes, below) => bytes.subarray(0, below(bytes.length + 1)),
  (bytes, below) => bytes.subarray(below(bytes.length + 1)),
  (bytes, below) => bytes.with(below(bytes.length), below(256)),
  (bytes, below) => bytes.with(below(Math.min(bytes.length, 200)), [0, 1, 0x7f, 0x80, 0xff][below(5)] ?? 0),
  (bytes, below) => { const at = below(bytes.length); return concatBytes(bytes.subarray(0, at), bytes.subarray(at + below(40))); },
  (bytes, below) => { const at = below(bytes.length); return concatBytes(bytes.subarray(0, at), Uint8Array.from({ length: below(40) }, () => below(256)), bytes.subarray(at)); },
  (bytes, below) => { const at = below(bytes.length); return concatBytes(bytes.subarray(0, at), bytes.subarray(Math.max(0, at - below(600)))); },
  (_bytes, below) => Uint8Array.from({ length: below(600) }, () => below(256)),
  (_bytes, below) => Uint8Array.from({ length: below(600) }, (_, index) => [22, 3, 3, 0, below(80), below(26), 0, 0][index % 8] ?? 0),
];

const wire = (bytes: Uint8Array): WireStream => ({ bytes, marks: [] });
const INPUTS = 10_000;

describe.each([['TLSv1.3', 7], ['TLSv1.2', 11]] as const)('%s', (version, seed) => {
  test(`${String(INPUTS)} mutated conversations`, async () => {
    const genuine = await recorded(version);
    expect(readWire(wire(genuine.sent), wire(genuine.received), genuine.keyLog).certificates).toEqual(ders);
    const below = numbers(seed);
    const wrong: number[] = [];
    for (let number = 0; number < INPUTS; number += 1) {
      let [sent, received] = [genuine.sent, genuine.received];
      for (let change = below(3); change >= 0; change -= 1) {
        const mutate = MUTATIONS[below(MUTATIONS.length)] ?? ((bytes) => bytes);
        if (below(4) === 0) sent = mutate(sent, below);
        else received = mutate(received, below);
        if (sent.length === 0 || received.length === 0) break;
      }
      const { certificates, protocol } = readWire(wire(sent), wire(received), genuine.keyLog);
      const isGenuine = certificates === null || (certificates.length === ders.length && certificates.every((der, index) => equalBytes(der, ders[index] ?? der)));
      if (version === 'TLSv1.3' && protocol === 'TLSv1.3' && !isGenuine) wrong.push(number);
    }
    expect(wrong).toEqual([]);
  });
});
