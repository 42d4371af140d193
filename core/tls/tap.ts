/**
 * The wire tap: what a TLS handshake was, read afterwards from the octets of both directions and the secrets that our own
 * library logged. What the server presented is taken from here: libraries reorder chains, drop certificates and add their own.
 */
import { fromHex, toBase64, toHex } from '../base/bytes.ts';
import { readAlert } from './alert.ts';
import { cipherSuiteName } from './cipher-suite.ts';
import type { TlsAlert, TlsMessage } from './facts.ts';
import * as handshake from './handshake-message.ts';
import { RecordProtection } from './key-schedule.ts';
import { messageSummary } from './message-summary.ts';
import { Tls12Protection } from './tls12-protection.ts';
import { versionName } from './names.ts';
import { ALERT, APPLICATION_DATA, CHANGE_CIPHER_SPEC, HANDSHAKE, readRecords } from './record.ts';
import type { TlsRecord } from './record.ts';
import { ServerFlight, TLS13 } from './server-flight.ts';

/** One direction of the connection. */
export interface WireStream {
  readonly bytes: Uint8Array;
  /** where each piece ended, its place in the order of all pieces of both directions, and ms after the beginning; empty where that is not known */
  readonly marks: readonly WireMark[];
}

export interface WireMark {
  readonly end: number;
  readonly order: number;
  readonly afterMs?: number;
}

export interface WireView {
  /** the server's first octets, where they are no TLS record */
  readonly plaintext: Uint8Array | null;
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly group: string | null;
  readonly signatureScheme: string | null;
  readonly serverName: string | null;
  readonly alpnOffered: readonly string[];
  readonly alpn: string | null;
  readonly helloRetryRequest: boolean;
  /** exactly as sent, in that order; null where no Certificate message could be read */
  readonly certificates: readonly Uint8Array[] | null;
  readonly ocspStaple: Uint8Array | null;
  /** SignedCertificateTimestampList (RFC 6962 §3.3) */
  readonly signedCertificateTimestamps: Uint8Array | null;
  readonly clientCertificateRequested: boolean;
  readonly tickets: number;
  readonly resumed: boolean;
  readonly serverFinished: boolean;
  readonly alerts: readonly TlsAlert[];
  readonly messages: readonly TlsMessage[];
  /** the server's message that never became complete */
  readonly incomplete: { readonly name: string; readonly size: number } | null;
  /** what could not be read, in words */
  readonly notes: readonly string[];
}

type Side = 'client' | 'server';

const MAXIMUM_MESSAGES = 2000;
/** octets that are told of one message, and of all: a chain of two certificates is whole */
const TOLD_OCTETS = { message: 4096, all: 65_536 };

/** Never fails, whatever the octets are: what cannot be read is absent and noted. @param keyLog lines of the NSS key log format */
export function readWire(sent: WireStream, received: WireStream, keyLog: readonly string[]): WireView {
  return new WireReading(sent, received, keyLog).view();
}

const TLS12 = 0x0303;
const SERVER_NAME = 0;
const ALPN = 16;

interface Told<Value> {
  readonly order: number;
  readonly value: Value;
}

class WireReading {
  readonly #keyLog: readonly string[];
  readonly #alerts: Told<TlsAlert>[] = [];
  readonly #messages: Told<TlsMessage>[] = [];
  readonly #notes: string[] = [];
  readonly #clientHello: handshake.ClientHello | null;
  readonly #server: ServerFlight;
  #plaintext: Uint8Array | null = null;
  #told = 0;
  #serverFinished = false;
  #incomplete: WireView['incomplete'] = null;

  constructor(sent: WireStream, received: WireStream, keyLog: readonly string[]) {
    this.#keyLog = keyLog;
    // The client's hello names the secrets; the server's decides how everything after it is protected. So the client's
    // direction is read twice: its hello before, all of it after.
    this.#clientHello = this.#firstClientHello(sent);
    this.#server = new ServerFlight(this.#clientHello?.sessionId ?? new Uint8Array(0));
    this.#readDirection('server', received);
    this.#readDirection('client', sent);
  }

  view(): WireView {
    const { hello, group, signatureScheme, alpn, helloRetryRequest, certificates, ocspStaple, signedCertificateTimestamps, clientCertificateRequested, tickets, resumed } = this.#server;
    return {
      plaintext: this.#plaintext,
      protocol: hello === null ? null : versionName(hello.version),
      cipher: hello === null ? null : cipherSuiteName(hello.cipherSuite),
      group, signatureScheme, alpn, helloRetryRequest, certificates, ocspStaple, signedCertificateTimestamps, clientCertificateRequested, tickets, resumed,
      serverName: handshake.hostNameOf(this.#clientHello?.extensions.get(SERVER_NAME)),
      alpnOffered: handshake.protocolNames(this.#clientHello?.extensions.get(ALPN)),
      serverFinished: this.#serverFinished || this.#server.finished,
      alerts: inOrder(this.#alerts), messages: inOrder(this.#messages), incomplete: this.#incomplete, notes: [...this.#server.notes, ...this.#notes],
    };
  }

  #firstClientHello(sent: WireStream): handshake.ClientHello | null {
    const assembler = new handshake.HandshakeAssembler(sent.bytes.length);
    for (const record of readRecords(sent.bytes).records) {
      if (record.type !== HANDSHAKE) return null;
      assembler.add(record.fragment);
      const message = assembler.next();
      if (message !== null) return message.type === handshake.CLIENT_HELLO ? handshake.readClientHello(message.body) : null;
    }
    return null;
  }

  #readDirection(side: Side, stream: WireStream): void {
    const { records, rest, state } = readRecords(stream.bytes);
    const direction = new Direction(side, stream);
    for (const record of records) {
      if (!this.#readRecord(direction, record)) break;
      if (this.#messages.length >= MAXIMUM_MESSAGES) return void this.#notes.push(`more than ${String(MAXIMUM_MESSAGES)} messages; the rest was not read`);
    }
    const announced = direction.assembler.announced();
    if (side === 'server' && announced !== null) this.#incomplete = { name: handshake.handshakeName(announced.type), size: announced.size };
    if (state !== 'not-tls') return;
    if (side === 'server' && rest === 0) this.#plaintext = stream.bytes;
    else this.#notes.push(`from octet ${String(rest)} on, what the ${side} sent is not TLS`);
  }

  /** @returns false where nothing after this record can be read */
  #readRecord(direction: Direction, record: TlsRecord): boolean {
    const mark = direction.markOf(record.end);
    if (record.type === CHANGE_CIPHER_SPEC) {
      // In TLS 1.3 it means nothing (RFC 8446 §5); before, all after it is encrypted under keys that the tap does not derive.
      if (this.#server.hello?.version !== TLS13) direction.opaque = true;
      return true;
    }
    if (direction.opaque) return this.#readOpaque(direction, record, mark);
    if (record.type === HANDSHAKE && this.#mustBeProtected(direction)) {
      this.#notes.push('a handshake message of the server in clear after its ServerHello was not read');
      return false;
    }
    if (record.type !== APPLICATION_DATA) return this.#readContent(direction, record.type, record.fragment, mark);
    if (this.#server.hello?.version !== TLS13) return false;
    direction.protection ??= this.#protection(direction.side, 'HANDSHAKE_TRAFFIC_SECRET');
    const opened = direction.protection?.open(record) ?? null;
    if (opened === null) {
      this.#notes.push(`a record of the ${direction.side} could not be decrypted`);
      return false;
    }
    return opened.type === APPLICATION_DATA || this.#readContent(direction, opened.type, opened.content, mark);
  }

  /** TLS 1.2 after ChangeCipherSpec: the kind of record is all that is looked at, but for alerts, where the suite is an AEAD. */
  #readOpaque(direction: Direction, record: TlsRecord, mark: Mark): boolean {
    const from = direction.side;
    if (record.type === ALERT) this.#tellAlert(readAlert(from, this.#tls12Protection(from)?.open(record, direction.sealed) ?? new Uint8Array(0)), mark);
    direction.sealed += 1;
    if (record.type !== HANDSHAKE || direction.finished) return true;
    direction.finished = true;
    if (from === 'server') this.#serverFinished = true;
    this.#tellMessage({ from, name: 'Finished', size: record.fragment.length, summary: 'encrypted' }, record.fragment, mark);
    return true;
  }

  #readContent(direction: Direction, type: number, content: Uint8Array, mark: Mark): boolean {
    if (type === ALERT) this.#tellAlert(readAlert(direction.side, content), mark);
    if (type !== HANDSHAKE) return true;
    direction.assembler.add(content);
    for (let message = direction.assembler.next(); message !== null; message = direction.assembler.next()) {
      if (this.#messages.length >= MAXIMUM_MESSAGES) return false;
      if (direction.protection === null && this.#mustBeProtected(direction)) return false;
      this.#readMessage(direction, message, mark);
    }
    return true;
  }

  /** In TLS 1.3 all handshake messages after the ServerHello are encrypted (RFC 8446 §2): one in clear is not the server's chain. */
  #mustBeProtected(direction: Direction): boolean {
    return direction.side === 'server' && this.#server.hello?.version === TLS13 && !this.#server.hello.isRetryRequest;
  }

  #readMessage(direction: Direction, message: handshake.HandshakeMessage, mark: Mark): void {
    const from = direction.side;
    const retry = from === 'server' && message.type === handshake.SERVER_HELLO && handshake.readServerHello(message.body)?.isRetryRequest === true;
    if (from === 'server') this.#server.read(message);
    const name = retry ? 'HelloRetryRequest' : handshake.handshakeName(message.type);
    this.#tellMessage({ from, name, size: message.size, summary: messageSummary(message, from, this.#server.hello) }, message.octets, mark);
    if (message.type === handshake.FINISHED && direction.protection !== null) direction.protection = this.#protection(from, 'TRAFFIC_SECRET_0');
    if (message.type === handshake.KEY_UPDATE) direction.protection = direction.protection?.next() ?? null;
  }

  #tls12Protection(side: Side): Tls12Protection | null {
    const [client, server] = [this.#clientHello, this.#server.hello];
    if (client === null || server === null || server.version !== TLS12) return null;
    const secret = this.#secret(`CLIENT_RANDOM ${toHex(client.random)} `);
    const names = { suite: cipherSuiteName(server.cipherSuite), clientRandom: client.random, serverRandom: server.random };
    return /^(?:[0-9a-f]{2}){48}$/i.test(secret) ? Tls12Protection.of(side, { ...names, masterSecret: fromHex(secret) }) : null;
  }

  #secret(prefix: string): string {
    return this.#keyLog.find((line) => line.startsWith(prefix))?.slice(prefix.length).trim() ?? '';
  }

  #tellMessage(message: TlsMessage, octets: Uint8Array, { order, afterMs }: Mark): void {
    const told = octets.subarray(0, Math.min(TOLD_OCTETS.message, TOLD_OCTETS.all - this.#told));
    this.#told += told.length;
    this.#messages.push({ order, value: { ...message, ...timeOf(afterMs), ...(told.length === 0 ? {} : { bytes: toBase64(told) }) } });
  }

  #tellAlert(alert: TlsAlert, { order, afterMs }: Mark): void {
    this.#alerts.push({ order, value: { ...alert, ...timeOf(afterMs) } });
  }

  /** @param label the rest of the label after `CLIENT_` or `SERVER_` */
  #protection(side: Side, label: string): RecordProtection | null {
    if (this.#clientHello === null || this.#server.hello === null) return null;
    const secret = this.#secret(`${side.toUpperCase()}_${label} ${toHex(this.#clientHello.random)} `);
    return /^(?:[0-9a-f]{2}){32,48}$/i.test(secret) ? RecordProtection.of(this.#server.hello.cipherSuite, fromHex(secret)) : null;
  }
}

type Mark = Omit<WireMark, 'end'>;

const timeOf = (afterMs: number | undefined): { readonly afterMs?: number } => (afterMs === undefined ? {} : { afterMs });

const inOrder = <Value>(told: readonly Told<Value>[]): Value[] => told.toSorted((left, right) => left.order - right.order).map(({ value }) => value);

class Direction {
  readonly side: Side;
  readonly assembler: handshake.HandshakeAssembler;
  protection: RecordProtection | null = null;
  /** TLS 1.2 after ChangeCipherSpec */
  opaque = false;
  /** records since then */
  sealed = 0;
  finished = false;
  readonly #marks: WireStream['marks'];
  #mark = 0;

  constructor(side: Side, stream: WireStream) {
    this.side = side;
    this.assembler = new handshake.HandshakeAssembler(stream.bytes.length);
    this.#marks = stream.marks;
  }

  /** The piece in which the record that ends there became complete. Asked in ascending order. */
  markOf(end: number): Mark {
    while (this.#mark < this.#marks.length && (this.#marks[this.#mark]?.end ?? 0) < end) this.#mark += 1;
    return this.#marks[this.#mark] ?? { order: Number.MAX_SAFE_INTEGER };
  }
}
