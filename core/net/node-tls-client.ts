/** The `TlsClient` of the running system: Node's TLS for the handshake, the wire tap for what it was. */
import { connect } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { equalBytes } from '../base/bytes.ts';
import type { Clock, Connection, NetworkFailure } from '../base/ports.ts';
import { failed, success } from '../base/result.ts';
import { endsConnection } from '../tls/alert.ts';
import type { TlsClient, TlsHandshake, TlsRequest } from '../tls/client.ts';
import type { TlsAftermath, TlsParameters } from '../tls/facts.ts';
import { tlsFailure } from '../tls/failure.ts';
import { offerOf } from '../tls/offer.ts';
import { timestampsIn } from '../tls/handshake-message.ts';
import { readWire } from '../tls/tap.ts';
import type { WireView } from '../tls/tap.ts';
import { networkFailure } from './network-failure.ts';
import { connectionOptions } from './node-tls-offer.ts';
import { StreamConnection } from './stream-connection.ts';
import { TappedStream } from './tapped-stream.ts';
import { isBoringSsl, tlsLibrary } from './tls-library.ts';

export class NodeTlsClient implements TlsClient {
  readonly library = tlsLibrary();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** An abort of the signal ends the handshake with `aborted`, whatever the reason: a caller with a deadline knows better. */
  async handshake(connection: Connection, request: TlsRequest, signal: AbortSignal): Promise<TlsHandshake> {
    const started = this.#clock.monotonic();
    const attempt = new Attempt(connection, request, () => this.#clock.monotonic() - started);
    let end = await attempt.finished(signal);
    const handshakeMs = this.#clock.monotonic() - started;
    let view = attempt.view();
    if (end === 'established' && needsServerWord(view)) {
      end = await this.#serverWord(attempt, handshakeMs, signal);
      view = attempt.view();
    }
    const told = { offer: offerOf(request, this.library), presented: presentedBy(view, attempt.socket, end === 'established'), ocspStaple: view.ocspStaple };
    if (end === 'established') return { ...told, outcome: success({ parameters: parametersOf(view, attempt.socket, handshakeMs), channel: attempt.channel, afterwards: () => aftermath(attempt.view(), view) }) };
    attempt.socket.destroy();
    return { ...told, outcome: failed(tlsFailure({ ...attempt.end(end), view, elapsedMs: handshakeMs })) };
  }

  /** Waits until the server showed that it goes on without our certificate, refused, or said nothing for a while. */
  async #serverWord(attempt: Attempt, handshakeMs: number, signal: AbortSignal): Promise<End> {
    const patience = this.#clock.deadline(Math.min(2000, Math.max(150, handshakeMs * 2)), signal);
    const end = await attempt.failedOrHeard(patience.signal);
    patience.clear();
    return signal.aborted ? 'aborted' : end;
  }
}

/** In TLS 1.3 our side is done before the server saw that it gets no certificate: certificate_required comes later (RFC 8446 §4.4.2.4). */
const needsServerWord = (view: WireView): boolean => view.clientCertificateRequested && view.protocol === 'TLSv1.3' && view.tickets === 0;

type End = 'established' | 'aborted' | Error;

/** One TLS socket from its ClientHello to its end. */
class Attempt {
  readonly socket: TLSSocket;
  readonly channel: Connection;
  readonly #stream: TappedStream;
  readonly #keyLog: string[] = [];
  #failure: Error | null = null;

  constructor(connection: Connection, request: TlsRequest, afterMs: () => number) {
    this.#stream = new TappedStream(connection, request.early ?? new Uint8Array(0), afterMs);
    this.socket = connect({ socket: this.#stream, ...connectionOptions(request) });
    // Before any octet flows: the first secrets come with the ServerHello.
    this.socket.on('keylog', (line) => { this.#keyLog.push(line.toString('latin1').trim()); });
    this.socket.on('error', (error) => { this.#failure ??= error; });
    this.channel = new StreamConnection(this.socket, connection.localAddress, (error) => this.#describe(error));
  }

  view(): WireView {
    return readWire(this.#stream.sent, this.#stream.received, this.#keyLog);
  }

  finished(signal: AbortSignal): Promise<End> {
    return this.#settled(['secureConnect', 'error', 'close'], signal, () => 'aborted');
  }

  failedOrHeard(signal: AbortSignal): Promise<End> {
    return this.#settled(['session', 'data', 'error', 'close'], signal, () => 'established');
  }

  end(end: 'aborted' | Error): { readonly ended: TappedStream['ended']; readonly receivedOctets: number; readonly aborted: boolean; readonly libraryText: string; readonly narrowLibrary: boolean } {
    return {
      ended: this.#stream.ended, receivedOctets: this.#stream.received.bytes.length, aborted: end === 'aborted',
      libraryText: end === 'aborted' ? '' : end.message, narrowLibrary: isBoringSsl(),
    };
  }

  /** An alert that ended the connection is told as what it was, however late it came. */
  #describe(error: Error): NetworkFailure {
    const alert = this.view().alerts.findLast(endsConnection);
    if (alert === undefined) return networkFailure(error);
    return { code: 'other', text: `the ${alert.from} ended TLS with alert ${alert.name}` };
  }

  #settled(events: readonly string[], signal: AbortSignal, whenAborted: () => End): Promise<End> {
    return new Promise((resolve) => {
      const settle = (): void => {
        for (const event of events) this.socket.removeListener(event, settle);
        signal.removeEventListener('abort', settle);
        if (this.#failure !== null) resolve(this.#failure);
        else if (this.socket.destroyed) resolve(new Error('the connection ended'));
        else resolve(signal.aborted ? whenAborted() : 'established');
      };
      for (const event of events) this.socket.once(event, settle);
      signal.addEventListener('abort', settle);
      if (signal.aborted || this.socket.destroyed) settle();
    });
  }
}

const DISAGREE = 'the TLS library names another leaf than the bytes on the wire; its view is shown';
const UNREADABLE = 'the Certificate message could not be read from the wire; the TLS library’s view is shown';

/** TLS 1.2 sends the chain in clear and TLS 1.3 before the server proved its key: only a completed handshake proves it. */
function presentedBy(view: WireView, socket: TLSSocket, proven: boolean): TlsHandshake['presented'] {
  const library = proven && !view.resumed ? libraryChain(socket) : [];
  const [wireLeaf, libraryLeaf] = [view.certificates?.[0], library[0]];
  const agree = libraryLeaf === undefined || (wireLeaf !== undefined && equalBytes(wireLeaf, libraryLeaf));
  if (view.certificates !== null && agree) return { certificates: view.certificates, proven, source: 'wire', note: view.notes.length > 0 ? view.notes.join('; ') : null };
  if (library.length === 0) return null;
  return { certificates: library, proven, source: 'library', note: view.certificates === null ? [UNREADABLE, ...view.notes].join(': ') : DISAGREE };
}

const MAXIMUM_WALK = 256;

/** Walks the raw chain of the library. Only once a socket: on some versions of Node a second call finds nothing. */
function libraryChain(socket: TLSSocket): readonly Uint8Array[] {
  const chain: Uint8Array[] = [];
  for (let certificate = socket.getPeerX509Certificate(); certificate !== undefined && chain.length < MAXIMUM_WALK; certificate = certificate.issuerCertificate) {
    chain.push(new Uint8Array(certificate.raw));
  }
  return chain;
}

const aftermath = (now: WireView, handshake: WireView): TlsAftermath => ({ tickets: now.tickets, alerts: now.alerts.slice(handshake.alerts.length) });

function parametersOf(view: WireView, socket: TLSSocket, handshakeMs: number): TlsParameters {
  const { group, signatureScheme, serverName, alpn, clientCertificateRequested, helloRetryRequest, alerts, messages } = view;
  return {
    protocol: view.protocol ?? socket.getProtocol() ?? 'unknown', cipher: view.cipher ?? socket.getCipher().standardName, group, signatureScheme, serverName, alpn,
    timestamps: timestampsIn(view.signedCertificateTimestamps), resumed: view.resumed, ocspStaple: view.ocspStaple !== null, clientCertificateRequested, helloRetryRequest, alerts, handshakeMs, messages,
  };
}
