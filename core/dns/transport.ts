/** One query message to one server and the one message that answers it, over UDP or TCP. */
import { concatBytes, equalBytes } from '../base/bytes.ts';
import type { Clock, Connection, Network, NetworkFailure } from '../base/ports.ts';
import { type Result, failed, success } from '../base/result.ts';
import type { AbortFan } from './abort-fan.ts';
import type { DnsFailure, DnsTransport, ServerAddress } from './facts.ts';
import { sameName } from './name.ts';
import { readWireName } from './wire-name.ts';

export interface Delivery {
  readonly network: Network;
  readonly clock: Clock;
  readonly fan: AbortFan;
  /** ms */
  readonly timeout: number;
  /** whether an answer that fits the query is from the server; another one is waited for otherwise */
  readonly genuine: (answer: Uint8Array) => boolean;
}

export interface Received {
  readonly bytes: Uint8Array;
  readonly rttMs: number;
  /** whether the question came back octet by octet, random letter case included */
  readonly exactQuestion: boolean;
}

/** Never rejects for anything that the network or the server does. */
export async function deliver(server: ServerAddress, transport: DnsTransport, query: Uint8Array, delivery: Delivery): Promise<Result<Received, DnsFailure>> {
  const { network, clock } = delivery;
  const started = clock.monotonic();
  const branch = delivery.fan.branch();
  const deadline = clock.deadline(delivery.timeout, branch.signal);
  const accept = (answer: Uint8Array): boolean => answers(query, answer) && delivery.genuine(answer);
  const result = transport === 'udp'
    ? await network.exchangeUdp(server.address, server.port, query, { signal: deadline.signal, accept })
    : await overTcp(network, server, query, { signal: deadline.signal, accept });
  deadline.clear();
  branch.end();
  if (!result.ok) return failed(dnsFailure(result.failure, deadline.expired()));
  const exactQuestion = equalBytes(query.subarray(12, questionEnd(query)), result.value.subarray(12, questionEnd(query)));
  return success({ bytes: result.value, rttMs: clock.monotonic() - started, exactQuestion });
}

interface Acceptance {
  readonly signal: AbortSignal;
  readonly accept: (answer: Uint8Array) => boolean;
}

/** Two octets of length before each message (RFC 1035 §4.2.2). */
async function overTcp(network: Network, server: ServerAddress, query: Uint8Array, acceptance: Acceptance): Promise<Result<Uint8Array, NetworkFailure>> {
  const connected = await network.connectTcp(server.address, server.port, acceptance.signal);
  if (!connected.ok) return connected;
  try {
    const length = Uint8Array.of(query.length >> 8, query.length & 0xff);
    // RFC 7766 §8: length and message in one write.
    const written = await connected.value.write(concatBytes(length, query), acceptance.signal);
    if (!written.ok) return written;
    return await readAnswer(connected.value, acceptance);
  } finally {
    connected.value.close();
  }
}

async function readAnswer(connection: Connection, { signal, accept }: Acceptance): Promise<Result<Uint8Array, NetworkFailure>> {
  let pending: Uint8Array = new Uint8Array();
  for (;;) {
    const end = 2 + (((pending[0] ?? 0xff) << 8) | (pending[1] ?? 0xff));
    if (pending.length >= end) {
      const answer = pending.slice(2, end);
      if (accept(answer)) return success(answer);
      pending = pending.slice(end);
      continue;
    }
    const read = await connection.read(signal);
    if (!read.ok) return read;
    if (read.value === null) return failed({ code: 'reset', text: 'the server closed the connection before its answer was complete' });
    pending = concatBytes(pending, read.value);
  }
}

/**
 * RFC 5452 §9.1: an answer has the id and the question of the query. Letter case is looked at later, as a server that changes it
 * is no forger yet. A server that cannot read the query may send a header alone.
 */
function answers(query: Uint8Array, answer: Uint8Array): boolean {
  if (answer.length < 12 || answer[0] !== query[0] || answer[1] !== query[1] || ((answer[2] as number) & 0x80) === 0) return false;
  const questions = ((answer[4] as number) << 8) | (answer[5] as number);
  if (questions === 0) return ((answer[3] as number) & 0xf) !== 0;
  const asked = readWireName(query, 12);
  const echoed = readWireName(answer, 12);
  if (questions !== 1 || asked === null || echoed === null || !sameName(asked.name, echoed.name)) return false;
  return equalBytes(query.subarray(asked.end, asked.end + 4), answer.subarray(echoed.end, echoed.end + 4));
}

const questionEnd = (query: Uint8Array): number => (readWireName(query, 12)?.end ?? 8) + 4;

function dnsFailure(failure: NetworkFailure, expired: boolean): DnsFailure {
  switch (failure.code) {
    case 'refused': return { code: 'refused', text: failure.text };
    case 'timeout': return { code: 'timeout', text: failure.text };
    case 'reset': return { code: 'reset', text: failure.text };
    case 'aborted': return expired ? { code: 'timeout', text: 'no answer in time' } : { code: 'aborted', text: failure.text };
    case 'unreachable':
    case 'no-route':
    case 'other': return { code: 'unreachable', text: failure.text };
  }
}
