/**
 * Names the thing that an event, a finding, a table row or a graph node is about. Linked selection, report anchors and
 * the comparison of two runs all use it; no view knows another view.
 */
export type SubjectId = `${SubjectKind}:${string}`;

export type SubjectKind =
  | 'run' | 'domain' | 'zone' | 'dnskey' | 'ds' | 'server' | 'rrset' | 'mx' | 'tlsa' | 'address' | 'connection' | 'endpoint' | 'cert';

/** `mx:mx1.example.org` */
export const mxSubject = (host: string): SubjectId => `mx:${host}`;
/** `domain:example.org` */
export const domainSubject = (domain: string): SubjectId => `domain:${domain}`;
/** `zone:example.org` (the root is `zone:.`) */
export const zoneSubject = (zone: string): SubjectId => `zone:${zone}`;
/** `dnskey:example.org/13/12345` : zone, algorithm, key tag */
export const dnskeySubject = (zone: string, algorithm: number, keyTag: number): SubjectId => `dnskey:${part(zone)}/${algorithm}/${keyTag}`;
/** `ds:example.org/13/12345/2` : zone, algorithm, key tag, digest type */
export const dsSubject = (zone: string, algorithm: number, keyTag: number, digestType: number): SubjectId =>
  `ds:${part(zone)}/${algorithm}/${keyTag}/${digestType}`;
/** `rrset:_25._tcp.mx1.example.org/TLSA` */
export const rrsetSubject = (owner: string, type: string): SubjectId => `rrset:${part(owner)}/${type}`;
/** `tlsa:mx1.example.org/0` : MX host and index of the record in its RRset as listed in the run */
export const tlsaSubject = (host: string, index: number): SubjectId => `tlsa:${part(host)}/${index}`;
/** `address:mx1.example.org/192.0.2.10` */
export const addressSubject = (host: string, address: string): SubjectId => `address:${part(host)}/${address}`;
/** `connection:mx1.example.org/192.0.2.10/1` : nth connection to that address in this run, from 1 */
export const connectionSubject = (host: string, address: string, number: number): SubjectId => `connection:${part(host)}/${address}/${number}`;
/** `endpoint:mx1.example.org/192.0.2.10/ecdsa`; `any` where no certificate was seen */
export const endpointSubject = (host: string, address: string, keyType: string | null): SubjectId =>
  `endpoint:${part(host)}/${address}/${(keyType ?? 'any').toLowerCase()}`;
/** What an endpoint's subject names; the key type in lower case, or `any`. */
export function endpointParts(subject: string): { readonly host: string; readonly address: string; readonly keyType: string } {
  const [, address = '', keyType = ''] = subject.slice(subject.indexOf(':') + 1).split('/');
  return { host: hostOfSubject(subject), address, keyType };
}

/** The name that the subject of a connection, an endpoint, an address or a TLSA record begins with. */
export const hostOfSubject = (subject: string): string => whole(subject.slice(subject.indexOf(':') + 1).split('/')[0] ?? '');

/** A label may hold a slash, and `/` parts a subject: it is escaped as RFC 1035 §5.1 has it. */
const part = (name: string): string => name.replaceAll('/', '\\047');

/** Escapes are read from the left: `\\047` is a backslash and three digits. */
const whole = (escaped: string): string => escaped.replaceAll(/\\(?:\d{3}|[^])/g, (escape) => (escape === '\\047' ? '/' : escape));

/** `cert:<sha256 of the DER, lower-case hex>` */
export const certificateSubject = (sha256: string): SubjectId => `cert:${sha256}`;

/** Every fact says when it happened and what it is about. */
export interface FactBase {
  /** ms since the run began, from the port's monotonic clock */
  readonly at: number;
  readonly subject: SubjectId;
}

/** Why something is as it is: a stable code, the sentence a person reads, the section that decides it. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  /** such as `RFC 4035 §5.3.1` */
  readonly rfc: string | null;
  /** extended DNS error code (RFC 8914), where one fits */
  readonly ede: number | null;
}

export type Base64 = string;
export type Hex = string;
