/** Name servers whose answers a test writes as zone-file lines; every byte goes through the real codec. */
import type { Connection, Network, NetworkFailure } from '../../core/base/ports.ts';
import { concatBytes } from '../../core/base/bytes.ts';
import { type Result, failed, success } from '../../core/base/result.ts';
import { nameText } from '../../core/dns/name.ts';
import { readWireName } from '../../core/dns/wire-name.ts';
import type { ResourceRecord } from '../../core/dns/record.ts';
import { RRTYPE, rrtypeName } from '../../core/dns/rrtype.ts';
import { readZoneFile } from '../../core/dns/zone-file.ts';

export interface Script {
  readonly rcode?: number;
  readonly truncated?: boolean;
  readonly authoritative?: boolean;
  readonly recursionAvailable?: boolean;
  /** default true */
  readonly edns?: boolean;
  /** zone-file lines */
  readonly answer?: string;
  readonly authority?: string;
  readonly additional?: string;
  /** whole message in place of all that; the id is set */
  readonly bytes?: Uint8Array;
  /** echoes the question in lower case */
  readonly lowerCase?: boolean;
}

export interface Asked {
  readonly address: string;
  readonly transport: 'udp' | 'tcp';
  /** in lower case */
  readonly name: string;
  readonly type: string;
  readonly edns: boolean;
  readonly flags: number;
}

/** null: no answer, as if the datagram was lost */
export type Server = (asked: Asked) => Script | null;

export class ScriptedNetwork implements Network {
  readonly asked: Asked[] = [];
  readonly #servers: Readonly<Record<string, Server>>;

  constructor(servers: Readonly<Record<string, Server>>) {
    this.#servers = servers;
  }

  async exchangeUdp(address: string, _port: number, query: Uint8Array, options: { readonly accept: (answer: Uint8Array) => boolean }): Promise<Result<Uint8Array, NetworkFailure>> {
    const answer = this.#answer(address, 'udp', query);
    if (answer === null || !options.accept(answer)) return failed({ code: 'timeout', text: 'no answer in time' });
    return success(answer);
  }

  async connectTcp(address: string): Promise<Result<Connection, NetworkFailure>> {
    let answer: Uint8Array | null = null;
    return success({
      localAddress: null,
      read: async () => {
        const bytes = answer;
        answer = null;
        return success(bytes);
      },
      write: async (bytes) => {
        const reply = this.#answer(address, 'tcp', bytes.subarray(2));
        if (reply !== null) answer = concatBytes(Uint8Array.of(reply.length >> 8, reply.length & 0xff), reply);
        return success(undefined);
      },
      close: () => {},
    });
  }

  #answer(address: string, transport: 'udp' | 'tcp', query: Uint8Array): Uint8Array | null {
    const name = readWireName(query, 12);
    if (name === null) throw new Error('the query has no name');
    const type = ((query[name.end] as number) << 8) | (query[name.end + 1] as number);
    const asked: Asked = {
      address, transport, name: nameText(name.name).toLowerCase(), type: rrtypeName(type), edns: query[11] === 1,
      flags: ((query[2] as number) << 8) | (query[3] as number),
    };
    this.asked.push(asked);
    const script = this.#servers[address]?.(asked) ?? null;
    return script === null ? null : encodeAnswer(query.subarray(0, name.end + 4), script);
  }
}

export function encodeAnswer(head: Uint8Array, script: Script): Uint8Array {
  if (script.bytes !== undefined) return concatBytes(head.subarray(0, 2), script.bytes.subarray(2));
  const sections = [script.answer, script.authority, script.additional].map((text) => records(text ?? ''));
  const opt = script.edns === false ? [] : [Uint8Array.of(0, 0, RRTYPE.OPT, 4, 208, 0, 0, 0x80, 0, 0, 0)];
  const header = Uint8Array.from(head.subarray(0, 12));
  const view = new DataView(header.buffer);
  view.setUint16(2, 0x8000 | (script.authoritative === false ? 0 : 0x0400) | (script.truncated === true ? 0x0200 : 0) | (script.recursionAvailable === true ? 0x0080 : 0) | (script.rcode ?? 0));
  sections.forEach((section, index) => { view.setUint16(6 + index * 2, section.length + (index === 2 ? opt.length : 0)); });
  const question = script.lowerCase === true ? head.slice(12).map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet)) : head.subarray(12);
  return concatBytes(header, question, ...sections.flat().map(encodeRecord), ...opt);
}

function records(text: string): readonly ResourceRecord[] {
  const read = readZoneFile(`$TTL 300\n${text.split('\n').map((line) => line.trim()).join('\n')}`);
  if (!read.ok) throw new Error(`line ${read.failure.line}: ${read.failure.text}`);
  return read.value;
}

function encodeRecord({ owner, type, class: rrclass, ttl, rdata }: ResourceRecord): Uint8Array {
  const head = new Uint8Array(10);
  const view = new DataView(head.buffer);
  view.setUint16(0, type);
  view.setUint16(2, rrclass);
  view.setUint32(4, ttl);
  view.setUint16(8, rdata.length);
  return concatBytes(owner, head, rdata);
}
