/** Handshake messages: cut from the stream of their fragments, and the fields of those that tell something (RFC 8446 §4, RFC 5246 §7.4). */
import { ByteReader } from './byte-reader.ts';

export const CLIENT_HELLO = 1;
export const SERVER_HELLO = 2;
export const NEW_SESSION_TICKET = 4;
export const ENCRYPTED_EXTENSIONS = 8;
export const CERTIFICATE = 11;
export const SERVER_KEY_EXCHANGE = 12;
export const CERTIFICATE_REQUEST = 13;
export const CERTIFICATE_VERIFY = 15;
export const FINISHED = 20;
export const CERTIFICATE_STATUS = 22;
export const KEY_UPDATE = 24;
export const COMPRESSED_CERTIFICATE = 25;

const NAMES: { readonly [type: number]: string } = {
  0: 'HelloRequest', 1: 'ClientHello', 2: 'ServerHello', 4: 'NewSessionTicket', 5: 'EndOfEarlyData', 8: 'EncryptedExtensions', 11: 'Certificate',
  12: 'ServerKeyExchange', 13: 'CertificateRequest', 14: 'ServerHelloDone', 15: 'CertificateVerify', 16: 'ClientKeyExchange', 20: 'Finished',
  21: 'CertificateURL', 22: 'CertificateStatus', 23: 'SupplementalData', 24: 'KeyUpdate', 25: 'CompressedCertificate',
};

export const handshakeName = (type: number): string => NAMES[type] ?? `handshake message ${String(type)}`;

export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
  /** header and body */
  readonly octets: Uint8Array;
  /** octets on the wire, with the header of four */
  readonly size: number;
}

const HEADER_LENGTH = 4;

/** Joins fragments and gives messages as they become complete. */
export class HandshakeAssembler {
  readonly #buffer: Uint8Array;
  #filled = 0;
  #taken = 0;

  /** @param capacity octets that can come in at most: the length of the stream */
  constructor(capacity: number) {
    this.#buffer = new Uint8Array(capacity);
  }

  add(fragment: Uint8Array): void {
    this.#buffer.set(fragment, this.#filled);
    this.#filled += fragment.length;
  }

  /** null while the next message is not complete */
  next(): HandshakeMessage | null {
    const announced = this.announced();
    if (announced === null || this.#filled - this.#taken < announced.size) return null;
    const octets = this.#buffer.subarray(this.#taken, this.#taken + announced.size);
    this.#taken += announced.size;
    return { ...announced, octets, body: octets.subarray(HEADER_LENGTH) };
  }

  /** The header of the message that is to come next, where it is there. */
  announced(): { readonly type: number; readonly size: number } | null {
    if (this.#filled - this.#taken < HEADER_LENGTH) return null;
    const [type = 0, high = 0, middle = 0, low = 0] = this.#buffer.subarray(this.#taken, this.#taken + HEADER_LENGTH);
    return { type, size: HEADER_LENGTH + high * 65_536 + middle * 256 + low };
  }
}

export type Extensions = ReadonlyMap<number, Uint8Array>;

const MAXIMUM_EXTENSIONS = 128;

function readExtensions(reader: ByteReader): Extensions {
  const extensions = new Map<number, Uint8Array>();
  if (reader.remaining === 0) return extensions;
  const list = new ByteReader(reader.vector(2));
  while (list.remaining > 0 && list.sound && extensions.size < MAXIMUM_EXTENSIONS) {
    const type = list.number(2);
    const body = list.vector(2);
    if (list.sound) extensions.set(type, body);
  }
  return extensions;
}

export interface ClientHello {
  readonly random: Uint8Array;
  readonly sessionId: Uint8Array;
  readonly extensions: Extensions;
}

export function readClientHello(body: Uint8Array): ClientHello | null {
  const reader = new ByteReader(body);
  reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  reader.vector(2);
  reader.vector(1);
  const hello = { random, sessionId, extensions: readExtensions(reader) };
  return reader.sound ? hello : null;
}

export interface ServerHello {
  readonly version: number;
  readonly random: Uint8Array;
  readonly cipherSuite: number;
  readonly sessionId: Uint8Array;
  readonly extensions: Extensions;
  readonly isRetryRequest: boolean;
}

const SUPPORTED_VERSIONS = 43;

/** SHA-256 of "HelloRetryRequest": a ServerHello with this random is one (RFC 8446 §4.1.3) */
const RETRY_RANDOM = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

export function readServerHello(body: Uint8Array): ServerHello | null {
  const reader = new ByteReader(body);
  const legacyVersion = reader.number(2);
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  const cipherSuite = reader.number(2);
  reader.number(1);
  const extensions = readExtensions(reader);
  if (!reader.sound) return null;
  const selected = extensions.get(SUPPORTED_VERSIONS);
  const version = selected === undefined ? legacyVersion : new ByteReader(selected).number(2);
  return { version, random, cipherSuite, sessionId, extensions, isRetryRequest: hex(random) === RETRY_RANDOM };
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** EncryptedExtensions and CertificateRequest begin differently; this is the former. */
export function readEncryptedExtensions(body: Uint8Array): Extensions {
  return readExtensions(new ByteReader(body));
}

export interface CertificateMessage {
  /** DER in the order of the server */
  readonly certificates: readonly Uint8Array[];
  /** of the leaf (TLS 1.3) */
  readonly leafExtensions: Extensions;
}

/** A list longer than this is no chain; what a 100 kB message can hold beyond it is not shown. */
export const MAXIMUM_CERTIFICATES = 256;

/** @returns null for a message that is not well-formed to its last octet, or whose list exceeds `MAXIMUM_CERTIFICATES` */
export function readCertificate(body: Uint8Array, tls13: boolean): CertificateMessage | null {
  const reader = new ByteReader(body);
  if (tls13) reader.vector(1);
  const list = new ByteReader(reader.vector(3));
  if (!reader.sound || reader.remaining > 0) return null;
  const certificates: Uint8Array[] = [];
  let leafExtensions: Extensions = new Map();
  while (list.remaining > 0 && list.sound && certificates.length < MAXIMUM_CERTIFICATES) {
    certificates.push(Uint8Array.from(list.vector(3)));
    if (!tls13) continue;
    const extensions = new ByteReader(list.vector(2));
    if (certificates.length === 1) leafExtensions = readExtensionList(extensions);
  }
  return list.sound && list.remaining === 0 ? { certificates, leafExtensions } : null;
}

/** The list without a length in front of it. */
function readExtensionList(reader: ByteReader): Extensions {
  const extensions = new Map<number, Uint8Array>();
  while (reader.remaining > 0 && reader.sound && extensions.size < MAXIMUM_EXTENSIONS) {
    const type = reader.number(2);
    const body = reader.vector(2);
    if (reader.sound) extensions.set(type, body);
  }
  return extensions;
}

const OCSP = 1;

/** How many a SignedCertificateTimestampList holds (RFC 6962 §3.3). */
export function timestampsIn(list: Uint8Array | null): number {
  if (list === null) return 0;
  const reader = new ByteReader(new ByteReader(list).vector(2));
  let count = 0;
  while (reader.remaining > 0 && reader.sound && count < MAXIMUM_EXTENSIONS) if (reader.vector(2).length > 0) count += 1;
  return count;
}

/** The DER of the OCSP response in a CertificateStatus (RFC 6066 §8; RFC 8446 §4.4.2.1). */
export function readCertificateStatus(body: Uint8Array): Uint8Array | null {
  const reader = new ByteReader(body);
  const type = reader.number(1);
  const response = reader.vector(3);
  return type === OCSP && reader.sound && response.length > 0 ? Uint8Array.from(response) : null;
}

const NAMED_CURVE = 3;

/** Group and signature scheme of TLS 1.2 (RFC 8422 §5.4; RFC 5246 §7.4.3). @param suite IANA name: it says which form the message has */
export function readServerKeyExchange(body: Uint8Array, suite: string, version: number): { readonly group: number | string | null; readonly scheme: number | null } {
  const reader = new ByteReader(body);
  let group: number | string | null = null;
  if (suite.includes('_ECDHE_')) {
    const curveType = reader.number(1);
    group = curveType === NAMED_CURVE ? reader.number(2) : null;
    if (group === null) return { group, scheme: null };
    reader.vector(1);
  } else if (suite.includes('_DHE_')) {
    group = `DHE ${String(reader.vector(2).length * 8)}`;
    reader.vector(2);
    reader.vector(2);
  } else return { group: null, scheme: null };
  const scheme = version >= 0x0303 ? reader.number(2) : null;
  return reader.sound ? { group, scheme } : { group: null, scheme: null };
}

const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** The host_name of a server_name extension (RFC 6066 §3). */
export function hostNameOf(extension: Uint8Array | undefined): string | null {
  if (extension === undefined) return null;
  const list = new ByteReader(new ByteReader(extension).vector(2));
  list.number(1);
  const name = list.vector(2);
  return list.sound && name.length > 0 ? latin1(name) : null;
}

const MAXIMUM_PROTOCOLS = 32;

/** ProtocolNameList (RFC 7301 §3.1) */
export function protocolNames(extension: Uint8Array | undefined): readonly string[] {
  if (extension === undefined) return [];
  const list = new ByteReader(new ByteReader(extension).vector(2));
  const names: string[] = [];
  while (list.remaining > 0 && list.sound && names.length < MAXIMUM_PROTOCOLS) names.push(latin1(list.vector(1)));
  return list.sound ? names : [];
}
