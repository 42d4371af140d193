/** One question to one server, with what it takes to get an answer: TCP after truncation, no EDNS after its refusal. */
import type { Clock, Network, Random } from '../base/ports.ts';
import { type Result, failed, success } from '../base/result.ts';
import { rrsetSubject } from '../base/subject.ts';
import { AbortFan } from './abort-fan.ts';
import { toBase64 } from './base64.ts';
import { type CookieState, Cookies, cookieTimestamp, isClientCookie } from './cookies.ts';
import type { DnsFact, DnsFailure, DnsNoticeCode, DnsTransport, ServerAddress, ServerTime } from './facts.ts';
import { parseMessage } from './message.ts';
import { type Name, nameText } from './name.ts';
import { encodeQuery, randomCase } from './query.ts';
import type { Message, Question } from './record.ts';
import { RCODE, rcodeName, rrtypeName } from './rrtype.ts';
import { type Received, deliver } from './transport.ts';

export interface DnsTimeouts {
  /** ms for an answer by UDP */
  readonly udp: number;
  /** ms for connection and answer by TCP */
  readonly tcp: number;
}

export const DEFAULT_DNS_TIMEOUTS: DnsTimeouts = { udp: 2000, tcp: 5000 };

export interface DnsClientOptions {
  readonly network: Network;
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly timeouts: DnsTimeouts;
}

export interface DnsRequest {
  readonly server: ServerAddress;
  readonly question: Question;
  /** the zone that the server is asked for; null for a forwarder */
  readonly zone: Name | null;
  /** false once the allowed number of queries is used up */
  readonly mayQuery: () => boolean;
}

export interface DnsAnswer {
  readonly message: Message;
  readonly server: ServerAddress;
  readonly rttMs: number;
}

/** Asks servers and numbers the exchanges of a run. */
export class DnsClient {
  readonly #options: DnsClientOptions;
  readonly #fan: AbortFan;
  #exchanges = 0;
  /** servers that refused EDNS in this run */
  readonly #withoutEdns = new Set<string>();
  /** servers that stumble over a cookie in this run */
  readonly #withoutCookie = new Set<string>();
  readonly #cookies: Cookies;

  constructor(options: DnsClientOptions) {
    this.#options = options;
    this.#fan = new AbortFan(options.signal);
    this.#cookies = new Cookies(options.random);
  }

  /**
   * The answer as it came, whatever its RCODE. The first message is on its way before the first fact is taken, so that a stage
   * can start an exchange and read it later.
   */
  async *ask(request: DnsRequest): AsyncGenerator<DnsFact, Result<DnsAnswer, DnsFailure>> {
    const first = yield* this.#sendAsUnderstood(request);
    if (!first.ok) return first;
    const { message, received, cookie } = first.value;
    if (message.truncated) {
      yield this.#notice(request, 'truncated-retry-tcp', `${serverText(request.server)} truncated its answer; asked again over TCP`);
    } else if (!received.exactQuestion) {
      // A forger does not know the letter case; a server that loses it is asked again where it cannot be forged.
      yield this.#notice(request, 'response-discarded', `${serverText(request.server)} does not echo letter case; asked again over TCP`);
    } else if (cookie === 'missing') {
      yield this.#notice(request, 'response-discarded', `an answer of ${serverText(request.server)} lacks the DNS cookie that it sent before; asked again over TCP`);
    } else {
      return first;
    }
    const second = yield* this.#send(request, 'tcp', !this.#withoutEdns.has(serverKey(request.server)));
    // RFC 2181 §9: a truncated answer is none, and over TCP there is nothing left to try.
    if (second.ok && second.value.message.truncated) return failed({ code: 'malformed', text: 'the answer is truncated over TCP too' });
    // Without TCP the answer that lost its letter case is still one; a truncated one is none.
    return second.ok || message.truncated || cookie === 'missing' ? second : first;
  }

  /** RFC 6891 §6.2.2, §7: a server that does not understand EDNS is asked again without, and from then on. */
  async *#sendAsUnderstood(request: DnsRequest): AsyncGenerator<DnsFact, Result<Parsed, DnsFailure>> {
    const first = yield* this.#sendWithCookie(request);
    if (!first.ok || !refusesEdns(first.value.message) || this.#withoutEdns.has(serverKey(request.server))) return first;
    this.#withoutEdns.add(serverKey(request.server));
    yield this.#notice(request, 'edns-refused', `${serverText(request.server)} refuses EDNS (${rcodeName(first.value.message.rcode)}); asked again without`);
    return yield* this.#send(request, 'udp', false);
  }

  /** RFC 7873 §5.3: BADCOOKIE brings the right server cookie, with which is asked once more; a second one leads to TCP. */
  async *#sendWithCookie(request: DnsRequest): AsyncGenerator<DnsFact, Result<Parsed, DnsFailure>> {
    const key = serverKey(request.server);
    const edns = !this.#withoutEdns.has(key);
    const first = yield* this.#send(request, 'udp', edns);
    if (first.ok && edns && first.value.message.rcode === RCODE.BADCOOKIE) {
      const second = yield* this.#send(request, 'udp', true);
      return second.ok && second.value.message.rcode === RCODE.BADCOOKIE ? yield* this.#send(request, 'tcp', true) : second;
    }
    // A server that knows EDNS must ignore options it does not know (RFC 6891 §6.1.2); some call them a format error.
    if (!first.ok || first.value.message.rcode !== RCODE.FORMERR || first.value.message.edns === null || this.#withoutCookie.has(key)) return first;
    this.#withoutCookie.add(key);
    return yield* this.#send(request, 'udp', true);
  }

  async *#send(request: DnsRequest, transport: DnsTransport, edns: boolean): AsyncGenerator<DnsFact, Result<Parsed, DnsFailure>> {
    if (!request.mayQuery()) return failed({ code: 'aborted', text: 'the limit of queries is reached' });
    const { network, random, clock, timeouts } = this.#options;
    const [high = 0, low = 0] = random.bytes(2);
    const question = { ...request.question, name: randomCase(request.question.name, random) };
    const cookie = this.#withoutCookie.has(serverKey(request.server)) ? null : this.#cookies.optionFor(serverKey(request.server));
    const query = encodeQuery(question, { id: (high << 8) | low, recursive: request.zone === null, edns, cookie });
    const sent: SentCookie = !edns || cookie === null ? 'none' : isClientCookie(cookie) ? 'client' : 'both';
    // An answer is read once, where it is accepted.
    let read: Reading | null = null;
    const genuine = (answer: Uint8Array): boolean => {
      read = this.#read(answer, request, sent);
      return read.cookie !== 'forged';
    };
    const exchange = (this.#exchanges += 1);
    const pending = deliver(request.server, transport, query, { network, clock, fan: this.#fan, timeout: timeouts[transport], genuine });
    yield this.#fact(request, {
      type: 'dns.queried', exchange, zone: request.zone === null ? null : nameText(request.zone), server: request.server, transport,
      name: nameText(request.question.name), rrtype: rrtypeName(request.question.type), query: toBase64(query),
    }, clock.monotonic());
    const result = await pending;
    const parsed = result.ok ? parsedOf(result.value, readingOf(read, result.value.bytes) ?? this.#read(result.value.bytes, request, sent), request) : result;
    if (parsed.ok) yield this.#fact(request, answeredFact(exchange, parsed.value));
    else yield this.#fact(request, { type: 'dns.failed', exchange, failure: parsed.failure });
    return parsed;
  }

  /** An answer with another client cookie than ours was made by somebody who did not see the query (RFC 7873 §5.3). */
  #read(answer: Uint8Array, { server, question }: DnsRequest, sent: SentCookie): Reading {
    const received = this.#options.clock.now();
    const message = parseMessage(withName(answer, question.name));
    const cookie = sent !== 'none' && message.ok ? this.#cookies.state(serverKey(server), message.value) : 'none';
    if (cookie !== 'good' || !message.ok) return { answer, message, cookie, serverTime: null };
    this.#cookies.remember(serverKey(server), message.value);
    const stamped = sent === 'client' ? cookieTimestamp(message.value) : null;
    return { answer, message, cookie, serverTime: stamped === null ? null : { stamped, received } };
  }

  #notice(request: DnsRequest, code: DnsNoticeCode, text: string): DnsFact {
    return this.#fact(request, { type: 'dns.notice', code, text });
  }

  #fact(request: DnsRequest, fact: DnsFactBody, at = this.#options.clock.monotonic()): DnsFact {
    return { at, subject: rrsetSubject(nameText(request.question.name), rrtypeName(request.question.type)), ...fact };
  }
}

type WithoutBase<Fact> = Fact extends unknown ? Omit<Fact, 'at' | 'subject'> : never;
type DnsFactBody = WithoutBase<DnsFact>;

interface Parsed extends DnsAnswer {
  readonly received: Received;
  readonly cookie: CookieState;
  readonly serverTime: ServerTime | null;
}

/** what the query carried: no cookie, ours alone, or the server's too */
type SentCookie = 'none' | 'client' | 'both';

interface Reading {
  readonly answer: Uint8Array;
  readonly message: ReturnType<typeof parseMessage>;
  readonly cookie: CookieState;
  readonly serverTime: ServerTime | null;
}

const readingOf = (read: Reading | null, bytes: Uint8Array): Reading | null => (read?.answer === bytes ? read : null);

function parsedOf(received: Received, { message, cookie, serverTime }: Reading, { server }: DnsRequest): Result<Parsed, DnsFailure> {
  if (!message.ok) return failed({ code: 'malformed', text: message.failure.text });
  return success({ message: message.value, server, rttMs: received.rttMs, received, cookie, serverTime });
}

/**
 * The answer with the name as it was meant in place of the one with random letter case, to which compressed names point. The
 * question was compared already, so both have the same length.
 */
function withName(answer: Uint8Array, name: Name): Uint8Array {
  const asked = answer.slice();
  if (((answer[4] ?? 0) | (answer[5] ?? 0)) !== 0 && answer.length >= 12 + name.length) asked.set(name, 12);
  return asked;
}

function answeredFact(exchange: number, { message, received, serverTime }: Parsed): DnsFactBody {
  return {
    type: 'dns.answered', exchange, rttMs: received.rttMs, rcode: rcodeName(message.rcode), authoritative: message.authoritative,
    truncated: message.truncated, authenticatedData: message.authenticatedData, size: received.bytes.length, response: toBase64(received.bytes),
    ...(serverTime === null ? {} : { serverTime }),
  };
}

/** RFC 6891 §7: a server without EDNS may answer FORMERR or NOTIMP; one with a lower version answers BADVERS. */
function refusesEdns(message: Message): boolean {
  if (message.rcode === RCODE.BADVERS) return true;
  return (message.rcode === RCODE.FORMERR || message.rcode === RCODE.NOTIMP) && message.edns === null;
}

export const serverKey = (server: ServerAddress): string => `${server.address}#${server.port}`;

/** `ns1.example.org (192.0.2.1)` */
export function serverText(server: ServerAddress): string {
  const address = server.port === 53 ? server.address : `${server.address} port ${server.port}`;
  return server.name === null ? address : `${server.name} (${address})`;
}
