/** What the messages of a server tell, one after another (RFC 8446 §4, RFC 5246 §7.4). */
import { equalBytes } from '../base/bytes.ts';
import { ByteReader } from './byte-reader.ts';
import { cipherSuiteName } from './cipher-suite.ts';
import * as handshake from './handshake-message.ts';
import { groupName, schemeName } from './names.ts';

export const TLS13 = 0x0304;

const STATUS_REQUEST = 5;
const ALPN = 16;
const SCT = 18;
const PRE_SHARED_KEY = 41;
const KEY_SHARE = 51;

export class ServerFlight {
  hello: handshake.ServerHello | null = null;
  group: string | null = null;
  signatureScheme: string | null = null;
  alpn: string | null = null;
  helloRetryRequest = false;
  certificates: readonly Uint8Array[] | null = null;
  ocspStaple: Uint8Array | null = null;
  signedCertificateTimestamps: Uint8Array | null = null;
  clientCertificateRequested = false;
  tickets = 0;
  resumed = false;
  finished = false;
  /** what could not be read, in words */
  readonly notes: string[] = [];
  readonly #sessionId: Uint8Array;

  /** @param sessionId of the ClientHello */
  constructor(sessionId: Uint8Array) {
    this.#sessionId = sessionId;
  }

  read({ type, body }: handshake.HandshakeMessage): void {
    // Before its ServerHello, and between a HelloRetryRequest and it, a server has nothing else to say (RFC 8446 §2.1).
    if (type !== handshake.SERVER_HELLO && (this.hello === null || this.hello.isRetryRequest)) return;
    switch (type) {
      case handshake.SERVER_HELLO: return this.#readHello(body);
      case handshake.ENCRYPTED_EXTENSIONS: return this.#readEncryptedExtensions(body);
      case handshake.CERTIFICATE: return this.#readCertificate(body);
      case handshake.COMPRESSED_CERTIFICATE: return void this.notes.push('the Certificate message is compressed (RFC 8879) and was not read');
      case handshake.CERTIFICATE_STATUS: return void (this.ocspStaple = handshake.readCertificateStatus(body));
      case handshake.SERVER_KEY_EXCHANGE: return this.#readKeyExchange(body);
      case handshake.CERTIFICATE_REQUEST: return void (this.clientCertificateRequested = true);
      case handshake.CERTIFICATE_VERIFY: return void (this.signatureScheme = schemeName(new ByteReader(body).number(2)));
      case handshake.NEW_SESSION_TICKET: return void (this.tickets += 1);
      case handshake.FINISHED: return void (this.finished = true);
      default:
    }
  }

  #readHello(body: Uint8Array): void {
    const hello = handshake.readServerHello(body);
    if (hello === null) return void this.notes.push('the ServerHello is malformed');
    const share = hello.extensions.get(KEY_SHARE);
    if (share !== undefined) this.group = groupName(new ByteReader(share).number(2));
    if (hello.isRetryRequest) this.helloRetryRequest = true;
    this.hello = hello;
    this.alpn = chosenProtocol(hello.extensions);
    this.signedCertificateTimestamps = copyOf(hello.extensions.get(SCT));
    // TLS 1.2 resumes by echoing the session id (RFC 5246 §7.4.1.3), TLS 1.3 by choosing a pre-shared key (RFC 8446 §4.2.11).
    this.resumed = hello.version === TLS13 ? hello.extensions.has(PRE_SHARED_KEY) : this.#sessionId.length > 0 && equalBytes(this.#sessionId, hello.sessionId);
  }

  #readEncryptedExtensions(body: Uint8Array): void {
    this.alpn = chosenProtocol(handshake.readEncryptedExtensions(body));
  }

  #readCertificate(body: Uint8Array): void {
    // One Certificate message a handshake; a second one is not the chain of this handshake.
    if (this.certificates !== null) return void this.notes.push('a second Certificate message was ignored');
    const message = handshake.readCertificate(body, this.hello?.version === TLS13);
    if (message === null) return void this.notes.push('the Certificate message is malformed');
    this.certificates = message.certificates;
    const status = message.leafExtensions.get(STATUS_REQUEST);
    if (status !== undefined) this.ocspStaple = handshake.readCertificateStatus(status);
    this.signedCertificateTimestamps ??= copyOf(message.leafExtensions.get(SCT));
  }

  #readKeyExchange(body: Uint8Array): void {
    if (this.hello === null) return;
    const { cipherSuite, version } = this.hello;
    const { group, scheme } = handshake.readServerKeyExchange(body, cipherSuiteName(cipherSuite), version);
    this.group = typeof group === 'number' ? groupName(group) : group;
    this.signatureScheme = scheme === null ? null : schemeName(scheme);
  }
}

const copyOf = (bytes: Uint8Array | undefined): Uint8Array | null => (bytes === undefined ? null : Uint8Array.from(bytes));

const chosenProtocol = (extensions: handshake.Extensions): string | null => handshake.protocolNames(extensions.get(ALPN))[0] ?? null;
