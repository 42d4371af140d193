/** Asks every name server of a zone at every address for one RRset, and tells which answer differently. */
import { parallel } from '../base/parallel.ts';
import type { Clock } from '../base/ports.ts';
import { rrsetSubject } from '../base/subject.ts';
import { addressText } from '../dns/classify.ts';
import type { Delegation } from '../dns/delegation.ts';
import { type DnsClient, serverKey } from '../dns/exchange.ts';
import type { ComparedServer, ServerAddress, ServerComparison } from '../dns/facts.ts';
import { type Name, nameKey, nameText, sameName } from '../dns/name.ts';
import { rdataText } from '../dns/presentation.ts';
import type { Message, ResourceRecord } from '../dns/record.ts';
import { coveredType } from '../dns/rrset.ts';
import { RCODE, RRCLASS, RRTYPE, rcodeName, rrtypeName } from '../dns/rrtype.ts';
import { readWireName } from '../dns/wire-name.ts';
import type { ResolverFact, Telling } from './effort.ts';
import type { Engine } from './engine.ts';
import { parseRrsig } from './rrsig.ts';

export interface ComparerOptions {
  /** resolves from the root */
  readonly engine: Engine;
  /** the closest zone above a name whose servers are known */
  readonly closest: (name: Name) => Delegation | null;
  readonly client: DnsClient;
  readonly clock: Clock;
}

/** name servers of a zone, and addresses of all of them, that are asked; more is no honest zone's need */
const MAXIMUM_SERVERS = 16;
const MAXIMUM_ADDRESSES = 40;
const AT_ONCE = 8;

export class ServerComparer {
  readonly #options: ComparerOptions;
  /** by zone: its servers, found once */
  readonly #servers = new Map<string, readonly ServerAddress[]>();
  readonly #serials = new Map<string, number | null>();

  constructor(options: ComparerOptions) {
    this.#options = options;
  }

  async *compare(name: Name, type: number): Telling<ServerComparison> {
    yield* this.#options.engine.follow(name, type);
    const zone = this.#options.closest(name)?.zone ?? null;
    const servers = zone === null ? [] : yield* this.#serversOf(zone);
    const answers = yield* parallel<ResolverFact, Answered>(servers.map((server) => this.#ask(server, zone as Name, name, type)), AT_ONCE);
    const comparison: ServerComparison = {
      name: nameText(name), rrtype: rrtypeName(type), zone: zone === null ? null : nameText(zone), servers: grouped(answers),
    };
    yield { at: this.#options.clock.monotonic(), subject: rrsetSubject(comparison.name, comparison.rrtype), type: 'dns.compared', comparison };
    return comparison;
  }

  /** Those that the parent names and those that the zone names itself: a sender may meet either. */
  async *#serversOf(zone: Name): Telling<readonly ServerAddress[]> {
    const known = this.#servers.get(nameKey(zone));
    if (known !== undefined) return known;
    const own = yield* this.#records(zone, RRTYPE.NS);
    const delegated = this.#options.closest(zone)?.servers ?? [];
    const names = new Map([...delegated.flatMap((server) => server.name ?? []), ...own.flatMap((record) => readWireName(record.rdata, 0)?.name ?? [])].map((name) => [nameKey(name), name]));
    const found = yield* parallel([...names.values()].slice(0, MAXIMUM_SERVERS).map((name) => this.#addresses(name)), AT_ONCE);
    const all = [...found.flat(), ...delegated.flatMap((server) => server.addresses)];
    const distinct = all.filter((server, index) => all.findIndex((other) => serverKey(other) === serverKey(server)) === index).slice(0, MAXIMUM_ADDRESSES);
    this.#servers.set(nameKey(zone), distinct);
    return distinct;
  }

  async *#addresses(name: Name): Telling<ServerAddress[]> {
    const records = [...(yield* this.#records(name, RRTYPE.A)), ...(yield* this.#records(name, RRTYPE.AAAA))];
    return records.flatMap((record) => addressText(record) ?? []).map((address) => ({ name: nameText(name), address, port: 53 }));
  }

  async *#records(name: Name, type: number): Telling<ResourceRecord[]> {
    const { end } = yield* this.#options.engine.follow(name, type);
    return end.rrsets.filter((rrset) => rrset.type === type).flatMap(({ owner, ttl, rdatas }) => rdatas.map((rdata) => ({ owner, type, class: RRCLASS.IN, ttl, rdata })));
  }

  async *#ask(server: ServerAddress, zone: Name, name: Name, type: number): Telling<Answered> {
    const answer = yield* this.#options.client.ask({ server, question: { name, type, class: RRCLASS.IN }, zone, mayQuery: () => true });
    if (!answer.ok) return { server, failure: answer.failure, message: null, serial: null, name };
    return { server, failure: null, message: answer.value.message, serial: yield* this.#serial(server, zone), name };
  }

  async *#serial(server: ServerAddress, zone: Name): Telling<number | null> {
    const key = `${nameKey(zone)} ${serverKey(server)}`;
    const known = this.#serials.get(key);
    if (known !== undefined) return known;
    const answer = yield* this.#options.client.ask({ server, question: { name: zone, type: RRTYPE.SOA, class: RRCLASS.IN }, zone, mayQuery: () => true });
    const soa = answer.ok ? answer.value.message.answer.find((record) => record.type === RRTYPE.SOA && sameName(record.owner, zone)) : undefined;
    const serial = soa === undefined ? null : serialOf(soa.rdata);
    this.#serials.set(key, serial);
    return serial;
  }
}

interface Answered {
  readonly server: ServerAddress;
  readonly failure: ComparedServer['failure'];
  readonly message: Message | null;
  readonly serial: number | null;
  readonly name: Name;
}

/** SERIAL is the first of the five numbers at the end (RFC 1035 §3.3.13). */
function serialOf(rdata: Uint8Array): number | null {
  return rdata.length < 22 ? null : new DataView(rdata.buffer, rdata.byteOffset, rdata.byteLength).getUint32(rdata.length - 20);
}

/** Servers that give the same RCODE and records, signed or not, are of one group; signatures may be of different age. */
function grouped(answers: readonly Answered[]): ComparedServer[] {
  const groups = new Map<string, number>();
  return answers.map(({ server, failure, message, serial, name }) => {
    if (message === null) return { server, failure, rcode: null, records: [], signatures: [], serial, group: null };
    const records = message.answer.filter((record) => record.type !== RRTYPE.RRSIG && sameName(record.owner, name)).map(({ type, rdata }) => `${rrtypeName(type)} ${rdataText(type, rdata)}`).sort();
    const signatures = signaturesOf(message, name);
    const key = JSON.stringify([message.rcode, records, signatures.length > 0]);
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    return { server, failure: null, rcode: rcodeName(message.rcode), records, signatures, serial, group: isAnswer(message) ? group : null };
  });
}

const isAnswer = ({ rcode }: Message): boolean => rcode === RCODE.NOERROR || rcode === RCODE.NXDOMAIN;

/** Over the records, or where there are none over what denies them. */
function signaturesOf({ answer, authority }: Message, name: Name): ComparedServer['signatures'] {
  const own = answer.filter((record) => record.type === RRTYPE.RRSIG && sameName(record.owner, name));
  const used = own.length > 0 ? own : authority.filter((record) => record.type === RRTYPE.RRSIG);
  return used.flatMap(({ rdata }) => {
    const rrsig = parseRrsig(rdata);
    return rrsig === null ? [] : [{ typeCovered: rrtypeName(coveredType(rdata) ?? 0), keyTag: rrsig.keyTag, inception: rrsig.inception, expiration: rrsig.expiration }];
  });
}
