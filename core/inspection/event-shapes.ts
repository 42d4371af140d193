/** The shape of every event, as deep as the fold, the findings, the views and the reports read it; held against the facts by the compiler. */
import type { AnchorWarning } from '../anchors/facts.ts';
import type { FactBase, Reason } from '../base/subject.ts';
import type { Comparison, ComparisonCode, EndpointVerdict, VersionShown } from '../dane/facts.ts';
import type { Destination, DestinationHost, HostAddress, TlsaRecord } from '../destination/facts.ts';
import type { ComparedServer, DnsFailure, DnsNoticeCode, Lookup, LookupRecord, ServerAddress, ServerComparison, ServerTime } from '../dns/facts.ts';
import type { DenialCheck, DenialRecord, DigestCheck, DnskeyFact, DsFact, SignatureCheck, TrustAnchorFact, ZoneFact } from '../dnssec/facts.ts';
import type { SecurityStatus } from '../dnssec/status.ts';
import type { ConnectionFact, ConsoleEnd, DialogueLine, SmtpFailure, SmtpNoticeCode, SmtpPhase, StepDecision, TurnWait } from '../smtp/facts.ts';
import type { HostTarget, MailDomainTarget, Target, TlsStart } from '../target/target.ts';
import type { PresentedChain, TlsAlert, TlsAftermath, TlsFailure, TlsMessage, TlsOffer, TlsParameters } from '../tls/facts.ts';
import type { CertificateFact, KeyType, StapleJudgement } from '../x509/facts.ts';
import type { InspectionEvent, RunContext, SourceName, StepTimeouts } from './events.ts';
import type { RedactionKind } from './redaction-kinds.ts';
import { always, base64, count, flag, hex, list, milliseconds, name, object, octet, oneOf, optional, orNull, rrtype, sha256, subject, text, time, timeOrNone, u16, u32, variant, whole, type Shape } from './shape.ts';

const port = whole(1, 65_535);
const family = oneOf<4 | 6>({ 4: true, 6: true });
const status = oneOf<SecurityStatus>({ secure: true, insecure: true, bogus: true, indeterminate: true });
const keyType = oneOf<KeyType>({ RSA: true, ECDSA: true, EdDSA: true, other: true });
const reason = object<Reason>({ code: text, text, rfc: orNull(text), ede: orNull(count) });

const tls = oneOf<TlsStart>({ starttls: true, 'on-connect': true });
const target = variant<Target>('kind', {
  'mail-domain': object<MailDomainTarget>({ kind: oneOf({ 'mail-domain': true }), input: text, domain: name, unicode: orNull(text), port, tls }),
  host: object<HostTarget>({ kind: oneOf({ host: true }), input: text, host: name, unicode: orNull(text), literal: orNull(oneOf({ ipv4: true, ipv6: true })), port, tls }),
});
const server = object<ServerAddress>({ name: orNull(name), address: text, port });
const anchor = object<TrustAnchorFact>({ kind: oneOf({ DS: true, DNSKEY: true }), keyTag: u16, algorithm: octet, source: text, label: orNull(text), since: orNull(text) });
const context = object<RunContext>({
  target, startedAt: time, version: text, trustAnchors: list(anchor), tlsLibrary: text, helo: text, families: list(family), lab: orNull(text), sources: optional(list(text)), sourceNames: optional(list(object<SourceName>({ address: text, name: text }))), redacted: optional(list(text as Shape<RedactionKind>)),
  resolver: object<RunContext['resolver']>({ mode: oneOf({ iterative: true, forwarding: true }), servers: list(server), why: orNull(text) }),
  anchorWarnings: optional(list(object<AnchorWarning>({ code: oneOf({ 'promise-ended': true, 'no-usable-anchor': true, 'not-signing': true, 'ends-soon': true }), text }))),
  probe: oneOf({ quick: true, full: true, intrusive: true }), allServers: optional(flag), minimiseQueryNames: optional(flag),
  timeouts: object<StepTimeouts>({ connect: milliseconds, banner: milliseconds, reply: milliseconds, handshake: milliseconds, dns: milliseconds }),
});

const dnsFailure = object<DnsFailure>({ code: oneOf({ timeout: true, refused: true, unreachable: true, reset: true, malformed: true, mismatch: true, rcode: true, aborted: true }), text });
const serverTime = object<ServerTime>({ stamped: u32, received: count });
const lookup = object<Lookup>({
  name, rrtype, status, rcode: text, noData: flag, reason: orNull(reason), canonicalName: name, ttl: u32, zones: list(name), elapsedMs: milliseconds, fromCache: flag,
  aliases: list(object<Lookup['aliases'][number]>({ owner: name, target: name, status, synthesised: flag })),
  records: list(object<LookupRecord>({ owner: name, type: rrtype, ttl: u32, text, rdata: hex })),
});
const compared = object<ComparedServer>({
  server, failure: orNull(dnsFailure), rcode: orNull(text), records: list(text), serial: orNull(u32), group: orNull(count),
  signatures: list(object<ComparedServer['signatures'][number]>({ typeCovered: rrtype, keyTag: u16, inception: u32, expiration: u32 })),
});
const serverComparison = object<ServerComparison>({ name, rrtype, zone: orNull(name), servers: list(compared) });

const key = object<DnskeyFact>({ keyTag: u16, algorithm: octet, algorithmName: text, flags: u16, sep: flag, zoneKey: flag, revoked: flag, bits: orNull(count), publicKey: base64, trustAnchor: flag });
const ds = object<DsFact>({ keyTag: u16, algorithm: octet, digestType: octet, digest: hex });
const zone = object<ZoneFact>({ zone: name, parent: orNull(name), status, reason: orNull(reason), keys: list(key), ds: list(ds) });
const digest = object<DigestCheck>({
  zone: name, keyTag: u16, algorithm: octet, digestType: octet, published: hex, computed: orNull(hex),
  result: oneOf<DigestCheck['result']>({ match: true, mismatch: true, 'no-such-dnskey': true, 'unknown-digest': true, 'unknown-algorithm': true, 'not-allowed': true, 'key-not-usable': true, 'work-limit': true }),
});
const signature = object<SignatureCheck>({
  zone: name, owner: name, rrtype, signer: name, keyTag: u16, algorithm: octet, labels: octet, originalTtl: u32, inception: u32, expiration: u32, signature: base64, records: count, wildcard: orNull(name),
  result: oneOf<SignatureCheck['result']>({
    valid: true, 'bad-signature': true, expired: true, 'not-yet-valid': true, 'no-such-dnskey': true, 'unknown-algorithm': true, 'not-allowed': true, 'signer-not-zone': true,
    'bad-labels': true, 'key-not-usable': true, malformed: true, 'work-limit': true,
  }),
});
const denialRecord = object<DenialRecord>({
  owner: name, next: text, types: list(text), optOut: flag, iterations: optional(u16),
  role: oneOf<DenialRecord['role']>({ 'matches-name': true, 'covers-name': true, 'matches-closest-encloser': true, 'covers-next-closer': true, 'matches-wildcard': true, 'covers-wildcard': true, unused: true }),
});
const denial = object<DenialCheck>({
  zone: name, name, rrtype, method: oneOf({ NSEC: true, NSEC3: true, none: true }), records: list(denialRecord), reason: orNull(reason),
  claim: oneOf<DenialCheck['claim']>({ 'name-error': true, 'no-data': true, 'no-ds': true, 'wildcard-expansion': true, 'wildcard-no-data': true, 'insecure-delegation': true }),
  result: oneOf<DenialCheck['result']>({ proved: true, 'proved-opt-out': true, 'not-proved': true, 'insecure-parameters': true }),
});

const destination = object<Destination>({
  domain: name, mxStatus: status, reason: orNull(reason), hosts: list(object<Destination['hosts'][number]>({ name, preference: orNull(u16) })),
  kind: oneOf<Destination['kind']>({ mx: true, 'implicit-mx': true, 'null-mx': true, host: true, 'address-literal': true, 'domain-does-not-exist': true, 'no-mail-host': true, 'lookup-failed': true }),
});
const host = object<DestinationHost>({
  name, preference: orNull(u16), mxStatus: status, addressStatus: status, canonicalName: name, tlsaCandidates: list(text), tlsaBaseDomain: orNull(name), tlsaTtl: u32, referenceIdentifiers: list(text), reason,
  addresses: list(object<HostAddress>({ address: text, family, status })),
  tlsa: oneOf<DestinationHost['tlsa']>({ usable: true, unusable: true, absent: true, insecure: true, 'lookup-failed': true, 'not-applicable': true }),
  records: list(object<TlsaRecord>({ index: count, usage: octet, selector: octet, matchingType: octet, data: hex, usable: flag, reason: orNull(reason) })),
});

const phase = oneOf<SmtpPhase>({ connect: true, banner: true, ehlo: true, starttls: true, handshake: true, 'ehlo-protected': true, quit: true });
const connection = object<ConnectionFact>({ number: count, host: name, address: text, port, purpose: text as Shape<ConnectionFact['purpose']>, why: optional(text) });
const visitor = oneOf<TurnWait['waits']>({ run: true, console: true });
const wait = object<TurnWait>({ host: name, address: text, waits: visitor, behind: visitor });
const line = object<DialogueLine>({ from: oneOf({ client: true, server: true, note: true }), text, bytes: base64, ending: oneOf({ crlf: true, lf: true, none: true }), protected: flag, unexpected: flag, redacted: optional(always) });
const consoleEnd = oneOf<ConsoleEnd>({ person: true, server: true, stopped: true });
const smtpFailure = object<SmtpFailure>({
  code: oneOf<SmtpFailure['code']>({
    'connect-refused': true, 'connect-timeout': true, 'connect-unreachable': true, 'no-route': true, closed: true, reset: true, 'reply-timeout': true, rejected: true, 'try-later': true,
    'starttls-not-offered': true, 'starttls-refused': true, 'reply-malformed': true, limit: true, 'response-injection': true, 'not-smtp': true, tls: true, aborted: true, 'by-hand': true,
  }),
  phase, text, replyCode: orNull(count), elapsedMs: milliseconds, octetsReceived: count,
});

const staple = object<StapleJudgement>({ status: text as Shape<StapleJudgement['status']>, text, rfc: text, thisUpdate: orNull(time), nextUpdate: orNull(time), revokedAt: orNull(time) });
const offer = object<TlsOffer>({ serverName: orNull(text), versions: list(text), keyTypes: list(oneOf({ RSA: true, ECDSA: true, EdDSA: true })), library: text });
const presented = object<PresentedChain>({ certificates: list(sha256), proven: flag, source: oneOf({ wire: true, library: true }), note: orNull(text), ocsp: optional(orNull(staple)) });
const alert = object<TlsAlert>({ from: oneOf({ client: true, server: true }), level: oneOf({ warning: true, fatal: true, unknown: true }), code: orNull(octet), name: text, afterMs: optional(milliseconds) });
const message = object<TlsMessage>({
  from: oneOf({ client: true, server: true }), name: text, size: count, afterMs: optional(milliseconds), bytes: optional(base64), summary: optional(text),
});
const parameters = object<TlsParameters>({
  protocol: text, cipher: text, group: orNull(text), signatureScheme: orNull(text), serverName: orNull(text), alpn: orNull(text), resumed: flag, ocspStaple: flag,
  clientCertificateRequested: flag, helloRetryRequest: flag, alerts: list(alert), handshakeMs: milliseconds, messages: list(message), timestamps: optional(count),
});
const afterwards = object<TlsAftermath>({ tickets: count, alerts: list(alert) });
const tlsFailure = object<TlsFailure>({
  code: oneOf<TlsFailure['code']>({
    'alert-from-server': true, 'alert-from-client': true, closed: true, reset: true, timeout: true, 'not-tls': true, 'protocol-version': true, 'chain-too-large': true, 'local-limit': true,
    aborted: true, other: true,
  }),
  text, alert: orNull(alert), elapsedMs: milliseconds, messages: list(message), mayBeOurs: flag, alerts: optional(list(alert)),
});
const certificate = object<CertificateFact>({
  sha256, der: base64, subject: text, issuer: text, commonName: orNull(text), dnsNames: list(text), otherNames: list(text), serial: text, notBefore: timeOrNone, notAfter: timeOrNone, keyType,
  keyDescription: text, signatureAlgorithm: text, isCa: flag, selfIssued: flag, spkiSha256: hex, spkiSha512: hex, certSha512: hex, malformed: orNull(text),
  timestamps: optional(count),
});

const outcome = oneOf<EndpointVerdict['outcome']>({ authenticated: true, 'tls-required-unauthenticated': true, opportunistic: true, refused: true, 'lookup-failed': true, 'not-determined': true, pending: true });
const depth = orNull(octet);
const comparisonReason = object<Comparison['reason']>({
  text, rfc: orNull(text), ede: orNull(count),
  code: oneOf<ComparisonCode>({
    matched: true, 'digest-differs': true, 'data-differs': true, 'not-usable': true, 'usage-not-usable': true, 'not-this-depth': true, 'ignored-by-agility': true, 'anchor-not-sent': true,
    'sent-but-not-an-issuer': true, 'name-mismatch': true, expired: true, 'not-yet-valid': true, 'path-invalid': true, 'anchor-signed-nothing': true, 'certificate-malformed': true,
  }),
});
const comparison = object<Comparison>({ endpoint: subject, record: count, depth, certificate: orNull(sha256), matched: flag, reason: comparisonReason, protocol: optional(text) });
const version = object<VersionShown>({ protocol: text, connection: count, chain: list(sha256), outcome, reason });
const endpoint = object<EndpointVerdict>({
  host: name, address: text, port, keyType: orNull(keyType), connection: orNull(count), outcome, reason, chain: list(sha256), dates: oneOf<EndpointVerdict['dates']>({ valid: true, expired: true, 'not-yet-valid': true, unknown: true }),
  matched: orNull(object<NonNullable<EndpointVerdict['matched']>>({ record: count, depth })),
  names: orNull(object<NonNullable<EndpointVerdict['names']>>({ tried: list(text), presented: list(text), matched: orNull(text) })),
  notes: optional(list(reason)), protocol: optional(text), versions: optional(list(version)), edited: optional(always),
});

/** The event without what all events have. */
type Body<Type extends InspectionEvent['type']> = Omit<Extract<InspectionEvent, { type: Type }>, keyof FactBase | 'seq' | 'type'>;

export const EVENT_SHAPES: { readonly [Type in InspectionEvent['type']]: Shape<Body<Type>> } = {
  'run.started': object({ context }), 'run.finished': object({}), 'run.stopped': object({ text }), 'run.failed': object({ text }),
  'dns.lookup.started': object({ name, rrtype }),
  'dns.queried': object({ exchange: count, zone: orNull(name), server, transport: oneOf({ udp: true, tcp: true }), name, rrtype, query: base64 }),
  'dns.answered': object<Body<'dns.answered'>>({ exchange: count, rttMs: milliseconds, rcode: text, authoritative: flag, truncated: flag, authenticatedData: flag, size: count, response: base64, serverTime: optional(serverTime) }),
  'dns.failed': object({ exchange: count, failure: dnsFailure }), 'dns.notice': object({ code: text as Shape<DnsNoticeCode>, text }),
  'dns.lookup.finished': object({ lookup }), 'dns.compared': object({ comparison: serverComparison }),
  'dnssec.anchor': object({ zone: name, anchors: list(anchor) }), 'dnssec.zone': object({ zone }), 'dnssec.digest': object({ check: digest }),
  'dnssec.signature': object({ check: signature }), 'dnssec.denial': object({ check: denial }),
  'destination.found': object({ destination }), 'destination.host': object({ host }),
  'smtp.waiting': object({ wait }), 'smtp.connection': object({ connection }),
  'smtp.phase': object({ connection: count, phase, state: oneOf({ started: true, done: true, failed: true }), elapsedMs: milliseconds }),
  'smtp.line': object({ connection: count, line }), 'smtp.capabilities': object({ connection: count, protected: flag, keywords: list(text) }),
  'smtp.failed': object({ connection: count, failure: smtpFailure }), 'smtp.notice': object({ connection: count, code: text as Shape<SmtpNoticeCode>, text }),
  'smtp.paused': object({ connection: count, pause: count, command: text }),
  'smtp.decided': object({ connection: count, pause: count, command: text, decision: oneOf<StepDecision>({ sent: true, edited: true, skipped: true, stopped: true }), sent: orNull(text) }),
  'smtp.idle': object({ connection: count, idleMs: milliseconds }),
  'smtp.console': variant<Body<'smtp.console'>>('state', { open: object({ connection: count, state: oneOf({ open: true }) }), closed: object({ connection: count, state: oneOf({ closed: true }), by: consoleEnd, text }) }),
  'tls.started': object({ connection: count, offer }), 'tls.presented': object({ connection: count, presented }),
  'tls.established': object({ connection: count, parameters }), 'tls.failed': object({ connection: count, failure: tlsFailure }),
  'tls.ended': object({ connection: count, afterwards }),
  'certificate.seen': object({ certificate }), 'dane.compared': object({ comparison }), 'dane.endpoint': object({ endpoint }), 'dane.channel': object({ connection: count, endpoint }),
};
