/** Responses as a thing that can be changed: RRsets by section, and the way back to octets. */
import { concatBytes } from '../../core/base/bytes.ts';
import { parseMessage } from '../../core/dns/message.ts';
import type { Question, ResourceRecord, RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { rrsetsOf } from '../dnssec/zone-text.ts';

export interface Response {
  readonly question: Question;
  readonly rcode: number;
  readonly answer: readonly RRset[];
  readonly authority: readonly RRset[];
}

export function readResponse(octets: Uint8Array): Response {
  const parsed = parseMessage(octets);
  if (!parsed.ok) throw new Error('the server sent what cannot be read');
  const { questions, rcode, answer, authority } = parsed.value;
  const [question] = questions;
  if (question === undefined) throw new Error('a response without question');
  return { question, rcode, answer: rrsetsOf(answer), authority: rrsetsOf(authority) };
}

/** In reply to the query, whose id, question octets and OPT it keeps; nothing is compressed. */
export function writeResponse(response: Response, query: Uint8Array): Uint8Array {
  const questionEnd = endOfQuestion(query);
  const [answer, authority] = [response.answer.flatMap(recordsIn), response.authority.flatMap(recordsIn)];
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  head.set(query.subarray(0, 2));
  // QR, AA, RD as asked, RA, CD as asked: it plays a forwarder that is also the authority.
  view.setUint16(2, 0x8480 | ((query[2] as number) << 8 & 0x0100) | ((query[3] as number) & 0x10) | response.rcode);
  view.setUint16(4, 1);
  view.setUint16(6, answer.length);
  view.setUint16(8, authority.length);
  view.setUint16(10, 1);
  const option = Uint8Array.of(0, 0, RRTYPE.OPT, 0x10, 0, 0, 0, 0x80, 0, 0, 0);
  return concatBytes(head, query.subarray(12, questionEnd), ...[...answer, ...authority].map(recordOctets), option);
}

function endOfQuestion(query: Uint8Array): number {
  let offset = 12;
  while ((query[offset] ?? 0) !== 0) offset += (query[offset] as number) + 1;
  return offset + 5;
}

function recordsIn(rrset: RRset): ResourceRecord[] {
  const { owner, class: rrclass, ttl } = rrset;
  return [
    ...rrset.rdatas.map((rdata) => ({ owner, type: rrset.type, class: rrclass, ttl, rdata })),
    ...rrset.signatures.map((rdata) => ({ owner, type: RRTYPE.RRSIG, class: rrclass, ttl, rdata })),
  ];
}

function recordOctets({ owner, type, class: rrclass, ttl, rdata }: ResourceRecord): Uint8Array {
  const fixed = new Uint8Array(10);
  const view = new DataView(fixed.buffer);
  view.setUint16(0, type);
  view.setUint16(2, rrclass);
  view.setUint32(4, ttl);
  view.setUint16(8, rdata.length);
  return concatBytes(owner, fixed, rdata);
}
