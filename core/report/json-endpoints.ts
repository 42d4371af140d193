/** In the JSON report: each endpoint with its chain, its handshake, its comparisons and its dialogue; and the consoles of a person. */
import { endpointSubject } from '../base/subject.ts';
import type { Outcome } from '../dane/facts.ts';
import type { Conclusions } from '../dane/senders.ts';
import type { ConnectionState, ConsoleState, EndpointState, Run } from '../inspection/run.ts';
import type { CertificateFact, KeyType, StapleJudgement } from '../x509/facts.ts';
import { channelWords } from './channel-words.ts';
import { jsonSenders } from './json-hosts.ts';
import type { JsonSender } from './json-hosts.ts';

export interface JsonEndpoint {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly keyType: KeyType | null;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly rfc: string | null;
  readonly senders: readonly JsonSender[];
  readonly protocol: string | null;
  readonly cipher: string | null;
  readonly chain: readonly JsonCertificate[];
  /** the handshake that decided; null where none was begun */
  readonly tls: JsonHandshake | null;
  /** what the stapled OCSP response says of the leaf; null where there was none */
  readonly ocsp: { readonly status: string; readonly reason: string; readonly thisUpdate: string | null; readonly nextUpdate: string | null } | null;
  readonly matches: readonly { readonly record: number; readonly depth: number | null; readonly matched: boolean; readonly code: string; readonly reason: string }[];
  readonly dialogue: readonly { readonly at: number; readonly from: 'client' | 'server' | 'note'; readonly text: string; readonly protected: boolean }[];
  /** as findings name it, and the links to reports */
  readonly subject: string;
}

export interface JsonConsole {
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** in words, such as `TLS 1.3 · authenticated by 3 1 1 (record 1)`, as it was while it was open */
  readonly channel: string;
  readonly authenticated: boolean;
  /** null while it is open */
  readonly closed: string | null;
  readonly dialogue: JsonEndpoint['dialogue'];
}

/** What of a handshake that failed was not agreed is null. */
export interface JsonHandshake {
  readonly established: boolean;
  readonly library: string;
  readonly serverName: string | null;
  readonly group: string | null;
  readonly signatureScheme: string | null;
  readonly alpn: string | null;
  readonly helloRetryRequest: boolean;
  readonly resumed: boolean;
  readonly clientCertificateRequested: boolean;
  readonly sessionTickets: number;
  /** signed certificate timestamps that came in the handshake, not those in certificates */
  readonly certificateTimestamps: number;
  readonly handshakeMs: number | null;
  /** `wire` or `library`; null where no certificate was seen */
  readonly chainSource: string | null;
  readonly chainProven: boolean;
  readonly note: string | null;
  readonly messages: readonly { readonly from: 'client' | 'server'; readonly name: string; readonly octets: number }[];
  readonly alerts: readonly { readonly from: 'client' | 'server'; readonly level: string; readonly code: number | null; readonly name: string }[];
  readonly failure: { readonly code: string; readonly reason: string; readonly mayBeOurs: boolean } | null;
}

export interface JsonCertificate {
  /** 0 is the leaf */
  readonly depth: number;
  readonly subject: string;
  readonly issuer: string;
  readonly sans: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly spkiSha256: string;
  readonly certSha256: string;
  readonly keyType: KeyType;
  /** signed certificate timestamps in the certificate (RFC 6962 §3.3) */
  readonly certificateTimestamps: number;
  /** base64 */
  readonly der: string;
}

export function jsonEndpoint(run: Run, { verdict, comparisons }: EndpointState, senders: Conclusions | undefined): JsonEndpoint {
  const connection = run.connections.find((state) => state.connection.number === verdict.connection);
  return {
    host: verdict.host, address: verdict.address, port: verdict.port, keyType: verdict.keyType, outcome: verdict.outcome,
    reason: verdict.reason.text, rfc: verdict.reason.rfc, senders: jsonSenders(senders),
    protocol: connection?.parameters?.protocol ?? null, cipher: connection?.parameters?.cipher ?? null,
    chain: verdict.chain.flatMap((sha256, depth) => jsonCertificate(run.certificates[sha256], depth)),
    tls: connection === undefined ? null : jsonHandshake(connection),
    ocsp: jsonStaple(connection?.presented?.ocsp),
    matches: comparisons.map(({ record, depth, matched, reason }) => ({ record, depth, matched, code: reason.code, reason: reason.text })),
    dialogue: jsonLines(connection?.lines ?? []), subject: endpointSubject(verdict.host, verdict.address, verdict.keyType),
  };
}

export function jsonConsole(run: Run, console: ConsoleState): JsonConsole {
  const { connection: { host, address, port }, verdict, end, lines } = console;
  const { text } = channelWords(run, { ...console, state: verdict === null ? console.state : 'open' });
  return { host, address, port, channel: text, authenticated: verdict?.outcome === 'authenticated', closed: end === null ? null : channelWords(run, console).text, dialogue: jsonLines(lines) };
}

const jsonLines = (lines: ConnectionState['lines']): JsonEndpoint['dialogue'] =>
  lines.map((line) => ({ at: Math.round(line.at * 1000) / 1000, from: line.from, text: line.text, protected: line.protected }));

function jsonHandshake({ offer, parameters, presented, tlsFailure, afterwards }: ConnectionState): JsonHandshake | null {
  if (offer === null) return null;
  const alerts = [...parameters?.alerts ?? tlsFailure?.alerts ?? [], ...afterwards?.alerts ?? []];
  return {
    established: parameters !== null, library: offer.library, serverName: offer.serverName, group: parameters?.group ?? null, signatureScheme: parameters?.signatureScheme ?? null,
    alpn: parameters?.alpn ?? null, helloRetryRequest: parameters?.helloRetryRequest ?? false, resumed: parameters?.resumed ?? false,
    clientCertificateRequested: parameters?.clientCertificateRequested ?? false, sessionTickets: afterwards?.tickets ?? 0, certificateTimestamps: parameters?.timestamps ?? 0,
    handshakeMs: parameters === null ? null : Math.round(parameters.handshakeMs * 1000) / 1000, chainSource: presented?.source ?? null, chainProven: presented?.proven ?? false, note: presented?.note ?? null,
    messages: (parameters?.messages ?? tlsFailure?.messages ?? []).map(({ from, name, size }) => ({ from, name, octets: size })),
    alerts: alerts.map(({ from, level, code, name }) => ({ from, level, code, name })),
    failure: tlsFailure === null ? null : { code: tlsFailure.code, reason: tlsFailure.text, mayBeOurs: tlsFailure.mayBeOurs },
  };
}

const jsonStaple = (staple: StapleJudgement | null | undefined): JsonEndpoint['ocsp'] =>
  (staple == null ? null : { status: staple.status, reason: staple.text, thisUpdate: staple.thisUpdate, nextUpdate: staple.nextUpdate });

function jsonCertificate(certificate: CertificateFact | undefined, depth: number): JsonCertificate[] {
  if (certificate === undefined) return [];
  const { subject, issuer, dnsNames, otherNames, notBefore, notAfter, spkiSha256, sha256, keyType, timestamps, der } = certificate;
  return [{ depth, subject, issuer, sans: [...dnsNames, ...otherNames], notBefore, notAfter, spkiSha256, certSha256: sha256, keyType, certificateTimestamps: timestamps ?? 0, der }];
}
