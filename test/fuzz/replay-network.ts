/** The recorded servers as a `Network` without sockets: their answers, spoilt on the way. */
import { concatBytes, fromBase64 } from '../../core/base/bytes.ts';
import type { Connection, Network, NetworkFailure } from '../../core/base/ports.ts';
import { failed, success } from '../../core/base/result.ts';
import type { Result } from '../../core/base/result.ts';
import { parseMessage } from '../../core/dns/message.ts';
import { isSubdomain, lowerName, nameKey, parseName, sameName } from '../../core/dns/name.ts';
import type { ResourceRecord } from '../../core/dns/record.ts';
import { RRTYPE, rrtypeNumber } from '../../core/dns/rrtype.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { mutated } from './mutate.ts';
import { recording } from './recording.ts';
import type { Dice } from './seed.ts';

/** The day of the recording; everything else as always. */
export class RecordedClock extends SystemClock {
  override now(): number {
    return recording.recordedAt;
  }
}

interface Recorded {
  readonly octets: Uint8Array;
  readonly records: readonly ResourceRecord[];
}

/** What a server says of everything below a delegation, whatever the question. */
interface Referral {
  readonly address: string;
  readonly cut: Uint8Array;
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

const answers = new Map(recording.messages.map(({ address, name, rrtype, transport, response }) => {
  const octets = fromBase64(response);
  const parsed = parseMessage(octets);
  const records = parsed.ok ? [...parsed.value.answer, ...parsed.value.authority] : [];
  return [answerKey(address, parseName(name), rrtypeNumber(rrtype) ?? 0, transport), { octets, records }] as const;
}));
const referrals = recording.messages.flatMap(({ address, response }): Referral[] => {
  const parsed = parseMessage(fromBase64(response));
  if (!parsed.ok || parsed.value.authoritative) return [];
  const cut = parsed.value.authority.find(({ type }) => type === RRTYPE.NS)?.owner;
  return cut === undefined ? [] : [{ address, cut, authority: parsed.value.authority, additional: parsed.value.additional }];
});
const recordedOctets = [...answers.values()].map(({ octets }) => octets);
const recordedRecords = [...answers.values()].flatMap(({ records }) => records);
const recordedRdatas = recordedRecords.map(({ rdata }) => rdata);

function answerKey(address: string, name: Uint8Array, type: number, transport: string): string {
  return `${address} ${nameKey(name)} ${type} ${transport}`;
}

const SILENCE = failed({ code: 'timeout', text: 'no answer' } as const);
const REFUSED_CODE = 5;

export class ReplayNetwork implements Network {
  messages = 0;
  spoilt = 0;
  readonly #dice: Dice | null;

  /** @param dice null: nothing is spoilt */
  constructor(dice: Dice | null) {
    this.#dice = dice;
  }

  // A datagram that the asker does not take is as good as lost.
  async exchangeUdp(address: string, _port: number, query: Uint8Array, { accept }: Parameters<Network['exchangeUdp']>[3]): Promise<Result<Uint8Array, NetworkFailure>> {
    const answer = this.#answer(address, query, 'udp');
    return accept(answer) ? success(answer) : SILENCE;
  }

  async connectTcp(address: string): Promise<Result<Connection, NetworkFailure>> {
    const waiting: Uint8Array[] = [];
    return success({
      localAddress: null,
      write: async (octets) => {
        const answer = this.#answer(address, octets.subarray(2), 'tcp');
        waiting.push(concatBytes(Uint8Array.of(answer.length >> 8, answer.length & 0xff), answer));
        return success(undefined);
      },
      read: async () => success(waiting.shift() ?? null),
      close: () => {},
    });
  }

  #answer(address: string, query: Uint8Array, transport: 'udp' | 'tcp'): Uint8Array {
    this.messages += 1;
    const end = questionEnd(query);
    const type = ((query[end - 4] ?? 0) << 8) | (query[end - 3] ?? 0);
    const name = lowerName(query.subarray(12, end - 4));
    const recorded = answers.get(answerKey(address, name, type, transport)) ?? answers.get(answerKey(address, name, type, 'udp')) ?? referralFor(address, name, type, query.subarray(0, end));
    if (recorded === undefined) return refused(query, end);
    const answer = asAnswer(recorded.octets, query, end);
    if (this.#dice === null || this.#dice.oneIn(2)) return answer;
    this.spoilt += 1;
    // Records that are whole but not where they belong get further than broken octets.
    return this.#dice.oneIn(3) ? mutated(answer, this.#dice, { first: end, others: recordedOctets }) : rearranged(answer, end, recorded.records, this.#dice);
  }
}

function questionEnd(query: Uint8Array): number {
  let at = 12;
  while ((query[at] ?? 0) !== 0) at += (query[at] ?? 0) + 1;
  return at + 5;
}

/** DS at the cut itself is no matter of a referral (RFC 4035 §3.1.4.1). */
function referralFor(address: string, name: Uint8Array, type: number, question: Uint8Array): Recorded | undefined {
  const found = referrals.find((referral) => referral.address === address && isSubdomain(name, referral.cut) && !(type === RRTYPE.DS && sameName(name, referral.cut)));
  if (found === undefined) return undefined;
  const head = question.slice();
  head.set([0x80, 0, 0, 1, 0, 0, 0, found.authority.length, 0, found.additional.length + 1], 2);
  return { octets: concatBytes(head, ...[...found.authority, ...found.additional].map(recordOctets), OPT), records: found.authority };
}

const OPT = Uint8Array.of(0, 0, 41, 4, 208, 0, 0, 0x80, 0, 0, 0);

/** With the id and the letter case of the query. */
function asAnswer(octets: Uint8Array, query: Uint8Array, end: number): Uint8Array {
  const answer = octets.slice();
  answer.set(query.subarray(0, 2));
  answer.set(query.subarray(12, end), 12);
  return answer;
}

function refused(query: Uint8Array, end: number): Uint8Array {
  const answer = query.slice(0, end);
  answer.set([0x80, REFUSED_CODE], 2);
  answer.fill(0, 6, 12);
  return answer;
}

/** Records dropped, doubled, put in from elsewhere, changed in RDATA, owner or type; all in one section or the other. */
function rearranged(answer: Uint8Array, end: number, records: readonly ResourceRecord[], dice: Dice): Uint8Array {
  const changed = records.flatMap((record): ResourceRecord[] => {
    if (!dice.oneIn(3)) return [record];
    switch (dice.below(7)) {
      case 0: return [];
      case 1: return [record, dice.pick(recordedRecords)];
      case 2: return [{ ...record, rdata: mutated(record.rdata, dice, { others: recordedRdatas }) }];
      case 3: return [{ ...record, owner: dice.pick(recordedRecords).owner }];
      case 4: return [{ ...record, rdata: dice.pick(recordedRecords).rdata }];
      case 5: return [{ ...record, type: dice.pick(recordedRecords).type, ttl: dice.below(2 ** 31) }];
      default: return [record, { ...record, rdata: mutated(record.rdata, dice) }];
    }
  });
  const inAnswer = dice.oneIn(3) ? dice.below(changed.length + 1) : Math.min(((answer[6] ?? 0) << 8) | (answer[7] ?? 0), changed.length);
  const head = answer.slice(0, end);
  head.set([0, 1, inAnswer >> 8, inAnswer & 0xff, (changed.length - inAnswer) >> 8, (changed.length - inAnswer) & 0xff, 0, 1], 4);
  if (dice.oneIn(6)) head[3] = ((head[3] ?? 0) & 0xf0) | dice.pick([0, 3]);
  return concatBytes(head, ...changed.map(recordOctets), OPT).subarray(0, 65_535);
}

function recordOctets({ owner, type, class: rrclass, ttl, rdata }: ResourceRecord): Uint8Array {
  const head = new Uint8Array(10);
  const view = new DataView(head.buffer);
  view.setUint16(0, type);
  view.setUint16(2, rrclass);
  view.setUint32(4, ttl);
  view.setUint16(8, rdata.length);
  return concatBytes(owner, head, rdata);
}
