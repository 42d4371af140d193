/** What a handshake message says, in a few words for a line of the dialogue. Names in it are the peer's: they are escaped where they are shown. */
import { ByteReader } from './byte-reader.ts';
import { cipherSuiteName } from './cipher-suite.ts';
import * as handshake from './handshake-message.ts';
import { groupName, schemeName, versionName } from './names.ts';
import { TLS13 } from './server-flight.ts';

const SERVER_NAME = 0;
const SUPPORTED_VERSIONS = 43;
const KEY_SHARE = 51;

/** @param hello the ServerHello, where it came before; empty where there is nothing to say */
export function messageSummary({ type, body }: handshake.HandshakeMessage, from: 'client' | 'server', hello: handshake.ServerHello | null): string {
  switch (type) {
    case handshake.CLIENT_HELLO: return clientHello(body);
    case handshake.SERVER_HELLO: return serverHello(body);
    case handshake.ENCRYPTED_EXTENSIONS: return counted(handshake.readEncryptedExtensions(body).size, 'extension');
    case handshake.CERTIFICATE: return certificates(body, hello);
    case handshake.CERTIFICATE_REQUEST: return 'asks for a client certificate';
    case handshake.CERTIFICATE_STATUS: return `OCSP response, ${kilo(handshake.readCertificateStatus(body)?.length ?? 0)}`;
    case handshake.CERTIFICATE_VERIFY: return schemeName(new ByteReader(body).number(2));
    case handshake.SERVER_KEY_EXCHANGE: return hello === null || from === 'client' ? '' : keyExchange(body, hello);
    case handshake.NEW_SESSION_TICKET: return lifetime(body);
    default: return '';
  }
}

/** RFC 8446 §4.1.2, §4.2.1; RFC 6066 §3 */
function clientHello(body: Uint8Array): string {
  const hello = handshake.readClientHello(body);
  if (hello === null) return 'malformed';
  const name = handshake.hostNameOf(hello.extensions.get(SERVER_NAME));
  const versions = offeredVersions(hello.extensions.get(SUPPORTED_VERSIONS)) ?? `up to ${versionName(new ByteReader(body).number(2))}`;
  return `${versions}, ${name === null ? 'no server name' : `to ${name.slice(0, 255)}`}`;
}

/** Values that no version has are sprinkled in by some clients (RFC 8701): they say nothing. */
const isGrease = (version: number): boolean => (version & 0x0f0f) === 0x0a0a;

function offeredVersions(extension: Uint8Array | undefined): string | null {
  if (extension === undefined) return null;
  const list = new ByteReader(new ByteReader(extension).vector(1));
  const versions: string[] = [];
  while (list.remaining > 0 && list.sound && versions.length < 8) {
    const version = list.number(2);
    if (!isGrease(version)) versions.push(versionName(version));
  }
  return versions.join(' ');
}

/** RFC 8446 §4.1.3, §4.2.8: in a HelloRetryRequest the key share is the group that is asked for. */
function serverHello(body: Uint8Array): string {
  const hello = handshake.readServerHello(body);
  if (hello === null) return 'malformed';
  const share = hello.extensions.get(KEY_SHARE);
  return [versionName(hello.version), cipherSuiteName(hello.cipherSuite), ...(share === undefined ? [] : [groupName(new ByteReader(share).number(2))])].join(', ');
}

function certificates(body: Uint8Array, hello: handshake.ServerHello | null): string {
  const message = handshake.readCertificate(body, hello?.version === TLS13);
  if (message === null) return 'malformed';
  const octets = message.certificates.reduce((sum, der) => sum + der.length, 0);
  return message.certificates.length === 0 ? 'no certificate' : `${counted(message.certificates.length, 'certificate')}, ${kilo(octets)}`;
}

function keyExchange(body: Uint8Array, { cipherSuite, version }: handshake.ServerHello): string {
  const { group, scheme } = handshake.readServerKeyExchange(body, cipherSuiteName(cipherSuite), version);
  return [typeof group === 'number' ? groupName(group) : group, scheme === null ? null : schemeName(scheme)].filter((part) => part !== null).join(', ');
}

/** RFC 8446 §4.6.1, RFC 5077 §3.3: both begin with the lifetime in seconds. */
function lifetime(body: Uint8Array): string {
  const reader = new ByteReader(body);
  const seconds = reader.number(2) * 65_536 + reader.number(2);
  return reader.sound ? `valid for ${String(seconds)} s` : 'malformed';
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;

const kilo = (octets: number): string => (octets < 1000 ? `${String(octets)} octets` : `${(octets / 1000).toFixed(1)} kB`);
