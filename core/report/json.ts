/** The JSON report. Its fields are stable: they are added to, never renamed; what would break a reader gets a new schema version. */
import { endpointSubject } from '../base/subject.ts';
import type { Evidence, Finding, Remedy, Severity } from '../findings/finding.ts';
import type { Outcome } from '../dane/facts.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { Lookup, ServerComparison } from '../dns/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import { clockOffset } from '../inspection/clock-offset.ts';
import type { StepTimeouts } from '../inspection/events.ts';
import type { ConnectionState, ConsoleState, EndpointState, Run } from '../inspection/run.ts';
import type { CertificateFact, KeyType, StapleJudgement } from '../x509/facts.ts';
import type { Conclusions, SenderAction, SenderKind } from '../dane/senders.ts';
import { SENDER_KINDS } from '../dane/senders.ts';
import type { TlsrptResult } from '../dane/tlsrpt.ts';
import { channelWords } from './channel-words.ts';
import { anchorWarningTexts } from './anchor-words.ts';
import { notTested } from './circumstances.ts';
import { sendersOf } from './senders.ts';

export const SCHEMA_VERSION = 1;

export interface JsonReport {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  /** of the program that inspected */
  readonly version: string;
  /** as typed */
  readonly target: string;
  /** `finished`, or why the report is not whole */
  readonly state: Run['state'];
  /** ISO 8601 UTC; null in an empty run */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly outcome: Outcome;
  readonly headline: string;
  readonly rfc: string | null;
  readonly destination: { readonly kind: string; readonly domain: string; readonly mxStatus: SecurityStatus; readonly reason: string | null } | null;
  /** what becomes of mail for the domain, for each kind of sender */
  readonly senders: readonly JsonSender[];
  readonly hosts: readonly JsonHost[];
  readonly endpoints: readonly JsonEndpoint[];
  readonly lookups: readonly JsonLookup[];
  /** what every name server said; absent where the run did not ask them all */
  readonly comparisons?: readonly ServerComparison[];
  readonly findings: readonly JsonFinding[];
  /** commands were changed or left out by hand: not what a sender meets */
  readonly edited: boolean;
  /** what a person typed over channels of their own after the run; absent where there were none */
  readonly consoles?: readonly JsonConsole[];
  /** kinds of what was left out before the report was made; empty where nothing was */
  readonly redacted: readonly string[];
  /** sentences: what a reader might believe was tested, and was not */
  readonly notTested: readonly string[];
  /** what the result depends on besides the domain */
  readonly circumstances: {
    readonly resolver: string;
    /** of `resolver`, in the order in which they are asked: root servers, or those forwarded to */
    readonly resolverServers: readonly { readonly address: string; readonly port: number }[];
    /** whether every name server was to be asked, and names minimised (RFC 9156); null where the run file is older than the question */
    readonly allServers: boolean | null;
    readonly minimiseQueryNames: boolean | null;
    readonly trustAnchors: readonly { readonly keyTag: number; readonly algorithm: number; readonly source: string; readonly label: string | null; readonly since: string | null }[];
    readonly tlsLibrary: string; readonly helo: string; readonly families: readonly number[];
    /** addresses that packets left from, before any translator; empty where not told */
    readonly sources: readonly string[];
    /** what the DNS calls them (PTR); those without a name are not there */
    readonly sourceNames: readonly { readonly address: string; readonly name: string }[];
    readonly probe: string; readonly lab: string | null;
    /** ms a step */
    readonly timeouts: StepTimeouts;
    /** sentences; empty where the anchors do */
    readonly anchorWarnings: readonly string[];
    readonly clock: JsonClock;
  } | null;
}

/** How far the clock of the computer that inspected was from those of the name servers. No outcome rests on it. */
export interface JsonClock {
  /** positive where it was ahead; null where it is not known */
  readonly offsetSeconds: number | null;
  /** that agree, and their zones; 0 where it is not known */
  readonly servers: number;
  readonly zones: number;
  /** why it is not known */
  readonly reason: string | null;
}

export interface JsonSender {
  readonly sender: SenderKind;
  readonly action: SenderAction;
  readonly reason: string;
  readonly rfc: string;
  /** result type of RFC 8460 §4.3; null where there is nothing to report */
  readonly tlsrpt: TlsrptResult | null;
}

export interface JsonHost {
  readonly name: string;
  /** null for a host that no MX record names */
  readonly preference: number | null;
  readonly outcome: Outcome;
  readonly lookups: readonly JsonLookup[];
  readonly senders: readonly JsonSender[];
  readonly tlsaBaseDomain: string | null;
  readonly tlsa: string;
  readonly reason: string;
  readonly tlsaRecords: readonly { readonly usage: number; readonly selector: number; readonly matchingType: number; readonly data: string; readonly usable: boolean; readonly reason: string | null }[];
}

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

export interface JsonLookup {
  readonly name: string;
  readonly type: string;
  readonly status: SecurityStatus;
  readonly rcode: string;
  readonly reason: string | null;
}

export interface JsonFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly subject: string;
  readonly message: string;
  readonly rfc: string;
  readonly remedy: Remedy | null;
  readonly evidence: readonly Evidence[];
}

export function jsonReport(run: Run, findings: readonly Finding[]): JsonReport {
  const { context, destination, outcome } = run;
  const senders = sendersOf(run);
  return {
    schemaVersion: SCHEMA_VERSION, version: context?.version ?? '', target: context?.target.input ?? '', state: run.state,
    startedAt: context?.startedAt ?? null, finishedAt: finishedAt(run), outcome: outcome.outcome, headline: outcome.headline, rfc: outcome.rfc,
    destination: destination === null ? null : { kind: destination.kind, domain: destination.domain, mxStatus: destination.mxStatus, reason: destination.reason?.text ?? null },
    senders: jsonSenders(senders.domain),
    hosts: run.hosts.map((host, index) => jsonHost(run, host, senders.hosts[index]?.senders)),
    endpoints: run.endpoints.map((endpoint, index) => jsonEndpoint(run, endpoint, senders.endpoints[index]?.senders)),
    lookups: finished(run).map(jsonLookup),
    ...(run.comparisons === undefined ? {} : { comparisons: run.comparisons.map(({ name, rrtype, zone, servers }) => ({ name, rrtype, zone, servers })) }),
    findings: findings.map(({ code, severity, subject, message, rfc, remedy, evidence }) => ({ code, severity, subject, message, rfc, remedy, evidence })),
    edited: run.edited, ...(run.consoles.length === 0 ? {} : { consoles: run.consoles.map((console) => jsonConsole(run, console)) }),
    redacted: context?.redacted ?? [], notTested: notTested(run),
    circumstances: circumstances(run),
  };
}

function finishedAt({ state, context, elapsedMs }: Run): string | null {
  if (context === null || state === 'running' || state === 'empty') return null;
  return new Date(Date.parse(context.startedAt) + elapsedMs).toISOString();
}

function circumstances(run: Run): JsonReport['circumstances'] {
  const { context, anchors } = run;
  if (context === null) return null;
  const { resolver, allServers = null, minimiseQueryNames = null, tlsLibrary, helo, families, sources = [], sourceNames = [], probe, lab, timeouts: { connect, banner, reply, handshake, dns } } = context;
  const servers = resolver.servers.map(({ address }) => address).join(', ');
  return {
    resolver: resolver.mode === 'iterative' ? 'iterative from the root' : `forwarding to ${servers}`, tlsLibrary, helo, sources, sourceNames: sourceNames.map(({ address, name }) => ({ address, name })), families, probe, lab,
    resolverServers: resolver.servers.map(({ address, port }) => ({ address, port })), allServers, minimiseQueryNames, timeouts: { connect, banner, reply, handshake, dns },
    anchorWarnings: anchorWarningTexts(context), clock: jsonClock(run),
    trustAnchors: anchors.map(({ keyTag, algorithm, source, label, since }) => ({ keyTag, algorithm, source, label, since })),
  };
}

function jsonClock(run: Run): JsonClock {
  const offset = clockOffset(run);
  if (offset.state === 'not-measured') return { offsetSeconds: null, servers: 0, zones: 0, reason: offset.reason };
  return { offsetSeconds: offset.seconds, servers: offset.servers, zones: offset.zones, reason: null };
}

const finished = (run: Run): Lookup[] => run.lookups.flatMap(({ lookup }) => (lookup === null ? [] : [lookup]));

const jsonLookup = ({ name, rrtype, status, rcode, reason }: Lookup): JsonLookup => ({ name, type: rrtype, status, rcode, reason: reason?.text ?? null });

const jsonSenders = (conclusions: Conclusions | undefined): JsonSender[] =>
  SENDER_KINDS.flatMap((sender) => {
    const concluded = conclusions?.[sender];
    return concluded === undefined ? [] : [{ sender, action: concluded.action, reason: concluded.text, rfc: concluded.rfc, tlsrpt: concluded.tlsrpt }];
  });

function jsonHost(run: Run, host: DestinationHost, senders: Conclusions | undefined): JsonHost {
  const asked = finished(run).filter(({ name, rrtype }) => (rrtype === 'TLSA' ? host.tlsaCandidates.includes(name) : name === host.name && rrtype !== 'MX'));
  return {
    name: host.name, preference: host.preference, outcome: run.outcome.hosts.find(({ name }) => name === host.name)?.outcome ?? 'pending',
    senders: jsonSenders(senders), lookups: asked.map(jsonLookup), tlsaBaseDomain: host.tlsaBaseDomain, tlsa: host.tlsa, reason: host.reason.text,
    tlsaRecords: host.records.map(({ usage, selector, matchingType, data, usable, reason }) => ({ usage, selector, matchingType, data, usable, reason: reason?.text ?? null })),
  };
}

function jsonEndpoint(run: Run, { verdict, comparisons }: EndpointState, senders: Conclusions | undefined): JsonEndpoint {
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

function jsonConsole(run: Run, console: ConsoleState): JsonConsole {
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
