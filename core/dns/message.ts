/** DNS messages off the wire (RFC 1035 §4, RFC 6891 §6). Everything in them is hostile: a failure is a value, never an exception. */
import { type Result, failed, success } from '../base/result.ts';
import { ROOT } from './name.ts';
import { expandRdata } from './rdata-layout.ts';
import type { Edns, Message, Question, ResourceRecord } from './record.ts';
import { RRTYPE } from './rrtype.ts';
import { readWireName } from './wire-name.ts';

/** What is wrong with a message, for a person. */
export interface MalformedMessage {
  readonly text: string;
}

const HEADER_LENGTH = 12;
const RECORD_HEAD_LENGTH = 10;

/** Octets behind the last record are ignored, as all implementations do. */
export function parseMessage(bytes: Uint8Array): Result<Message, MalformedMessage> {
  if (bytes.length < HEADER_LENGTH) return malformed(`${bytes.length} octets are less than a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader: Reader = { bytes, view, offset: HEADER_LENGTH };
  const questions = readAll(reader, view.getUint16(4), readQuestion);
  if (questions === null) return malformed('the question section ends too early');
  const sections: ResourceRecord[][] = [];
  for (const [index, name] of ['answer', 'authority', 'additional'].entries()) {
    const records = readAll(reader, view.getUint16(6 + index * 2), readRecord);
    if (records === null) return malformed(`the ${name} section ends too early or has a broken name`);
    sections.push(records);
  }
  const [answer = [], authority = [], additional = []] = sections;
  return assemble(view, questions, { answer, authority, additional });
}

interface Reader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  offset: number;
}

/** A count that lies ends at the end of the octets. */
function readAll<Item>(reader: Reader, count: number, read: (reader: Reader) => Item | null): Item[] | null {
  const items: Item[] = [];
  for (let index = 0; index < count; index += 1) {
    const item = read(reader);
    if (item === null) return null;
    items.push(item);
  }
  return items;
}

function readQuestion(reader: Reader): Question | null {
  const read = readWireName(reader.bytes, reader.offset);
  if (read === null || read.end + 4 > reader.bytes.length) return null;
  reader.offset = read.end + 4;
  return { name: read.name, type: reader.view.getUint16(read.end), class: reader.view.getUint16(read.end + 2) };
}

function readRecord(reader: Reader): ResourceRecord | null {
  const { bytes, view } = reader;
  const read = readWireName(bytes, reader.offset);
  if (read === null || read.end + RECORD_HEAD_LENGTH > bytes.length) return null;
  const start = read.end + RECORD_HEAD_LENGTH;
  const end = start + view.getUint16(read.end + 8);
  if (end > bytes.length) return null;
  reader.offset = end;
  const type = view.getUint16(read.end);
  return { owner: read.name, type, class: view.getUint16(read.end + 2), ttl: view.getUint32(read.end + 4), rdata: expandRdata(bytes, type, start, end) };
}

interface Sections {
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
}

function assemble(view: DataView, questions: readonly Question[], sections: Sections): Result<Message, MalformedMessage> {
  const options = sections.additional.filter((record) => record.type === RRTYPE.OPT);
  // RFC 6891 §6.1.1: more than one OPT is a format error, and its owner is the root.
  if (options.length > 1) return malformed('more than one OPT record');
  const opt = options[0];
  if (opt !== undefined && opt.owner.length !== ROOT.length) return malformed('an OPT record that is not at the root');
  const flags = view.getUint16(2);
  return success({
    id: view.getUint16(0),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 0xf,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticatedData: (flags & 0x0020) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
    // RFC 6891 §6.1.3: the upper eight bits of the RCODE are in the TTL field of OPT.
    rcode: (flags & 0xf) | (opt === undefined ? 0 : (opt.ttl >>> 24) << 4),
    questions,
    answer: sections.answer.map(cappedTtl),
    authority: sections.authority.map(cappedTtl),
    additional: sections.additional.filter((record) => record !== opt).map(cappedTtl),
    edns: opt === undefined ? null : ednsOf(opt),
  });
}

/** RFC 2181 §8: a TTL with the most significant bit set is zero. */
const cappedTtl = (record: ResourceRecord): ResourceRecord => (record.ttl > 0x7fffffff ? { ...record, ttl: 0 } : record);

function ednsOf(opt: ResourceRecord): Edns {
  const options: { code: number; data: Uint8Array }[] = [];
  const view = new DataView(opt.rdata.buffer, opt.rdata.byteOffset, opt.rdata.byteLength);
  for (let offset = 0; offset + 4 <= opt.rdata.length; ) {
    const end = offset + 4 + view.getUint16(offset + 2);
    if (end > opt.rdata.length) break;
    options.push({ code: view.getUint16(offset), data: opt.rdata.slice(offset + 4, end) });
    offset = end;
  }
  return { udpPayloadSize: opt.class, version: (opt.ttl >>> 16) & 0xff, dnssecOk: (opt.ttl & 0x8000) !== 0, options };
}

const malformed = (text: string): { readonly ok: false; readonly failure: MalformedMessage } => failed({ text });
