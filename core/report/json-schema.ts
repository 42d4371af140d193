/** The JSON report as a schema; `docs/report-schema.json` is made of it. Readers must let members pass that they do not know: reports are added to. */
import { z } from 'zod';
import type { JsonReport } from './json.ts';

const text = z.string();
const textOrNull = text.nullable();
const flag = z.boolean();
const count = z.int().min(0);
const outcome = z.enum(['authenticated', 'tls-required-unauthenticated', 'opportunistic', 'refused', 'lookup-failed', 'not-determined', 'pending']);
const status = z.enum(['secure', 'insecure', 'bogus', 'indeterminate']);
const keyType = z.enum(['RSA', 'ECDSA', 'EdDSA', 'other']);
const side = z.enum(['client', 'server']);
const time = textOrNull.describe('ISO 8601, UTC');

const sender = z.looseObject({
  sender: z.enum(['opportunistic-dane', 'mandatory-dane', 'without-dane']),
  action: z.enum(['delivers-authenticated', 'delivers-encrypted', 'delivers-perhaps-in-clear', 'tries-next-host', 'defers', 'bounces', 'not-determined']),
  reason: text, rfc: text, tlsrpt: textOrNull.describe('result type of RFC 8460 §4.3'),
});
const lookup = z.looseObject({ name: text, type: text, status, rcode: text, reason: textOrNull });
const dialogue = z.array(z.looseObject({ at: z.number().describe('ms since the run began'), from: z.enum(['client', 'server', 'note']), text, protected: flag.describe('inside TLS') }));

const host = z.looseObject({
  name: text, preference: count.nullable(), outcome, lookups: z.array(lookup), senders: z.array(sender), tlsaBaseDomain: textOrNull, tlsa: text, reason: text,
  tlsaRecords: z.array(z.looseObject({ usage: count, selector: count, matchingType: count, data: text.describe('hex'), usable: flag, reason: textOrNull })),
});

const certificate = z.looseObject({
  depth: count.describe('0 is the leaf'), subject: text, issuer: text, sans: z.array(text), notBefore: text, notAfter: text, spkiSha256: text, certSha256: text, keyType,
  certificateTimestamps: count, der: text.describe('base64'),
});

const handshake = z.looseObject({
  established: flag, library: text, serverName: textOrNull, group: textOrNull, signatureScheme: textOrNull, alpn: textOrNull, helloRetryRequest: flag, resumed: flag, clientCertificateRequested: flag,
  sessionTickets: count, certificateTimestamps: count, handshakeMs: z.number().nullable(), chainSource: textOrNull, chainProven: flag, note: textOrNull,
  messages: z.array(z.looseObject({ from: side, name: text, octets: count })), alerts: z.array(z.looseObject({ from: side, level: text, code: count.nullable(), name: text })),
  failure: z.looseObject({ code: text, reason: text, mayBeOurs: flag }).nullable(),
});

const endpoint = z.looseObject({
  host: text, address: text, port: count, keyType: keyType.nullable(), outcome, reason: text, rfc: textOrNull, senders: z.array(sender), protocol: textOrNull, cipher: textOrNull,
  chain: z.array(certificate), tls: handshake.nullable(), ocsp: z.looseObject({ status: text, reason: text, thisUpdate: time, nextUpdate: time }).nullable(),
  matches: z.array(z.looseObject({ record: count, depth: count.nullable(), matched: flag, code: text, reason: text })), dialogue, subject: text.describe('as findings name it'),
});

const finding = z.looseObject({
  code: text.describe('docs/findings.md'), severity: z.enum(['error', 'warning', 'info']), subject: text, message: text, rfc: text, remedy: z.looseObject({ text, copy: textOrNull }).nullable(),
  evidence: z.array(z.looseObject({ label: text, subject: text, seq: count.nullable() })),
});

const comparison = z.looseObject({ name: text, rrtype: text, zone: textOrNull, servers: z.array(z.looseObject({ group: count.nullable() })) });

const circumstances = z.looseObject({
  resolver: text, resolverServers: z.array(z.looseObject({ address: text, port: count })).optional().describe('in the order in which they are asked: root servers, or those forwarded to'),
  allServers: flag.nullable().optional().describe('whether every name server was to be asked; null where the run file does not tell'), minimiseQueryNames: flag.nullable().optional().describe('RFC 9156'),
  tlsLibrary: text, helo: text, sources: z.array(text), sourceNames: z.array(z.looseObject({ address: text, name: text })).optional().describe('what the DNS calls the sources (PTR)'), families: z.array(count), probe: text, lab: textOrNull, anchorWarnings: z.array(text),
  trustAnchors: z.array(z.looseObject({ keyTag: count, algorithm: count, source: text, label: textOrNull, since: textOrNull })),
  clock: z.looseObject({ offsetSeconds: z.int().nullable().describe('positive where the clock of the computer that inspected was ahead; null where it is not known'), servers: count, zones: count, reason: textOrNull }),
  timeouts: z.looseObject({ connect: z.number(), banner: z.number(), reply: z.number(), handshake: z.number(), dns: z.number() }),
});

export const jsonReportSchema = z.looseObject({
  schemaVersion: z.literal(1), version: text.describe('of the program that inspected'), target: text.describe('as typed'), state: z.enum(['empty', 'running', 'finished', 'stopped', 'failed']), startedAt: time, finishedAt: time,
  outcome, headline: text, rfc: textOrNull, destination: z.looseObject({ kind: text, domain: text, mxStatus: status, reason: textOrNull }).nullable(),
  senders: z.array(sender), hosts: z.array(host), endpoints: z.array(endpoint), lookups: z.array(lookup), comparisons: z.array(comparison).optional(), findings: z.array(finding), edited: flag,
  consoles: z.array(z.looseObject({ host: text, address: text, port: count, channel: text, authenticated: flag, closed: textOrNull, dialogue })).optional(),
  redacted: z.array(text), notTested: z.array(text), circumstances: circumstances.nullable(),
});

/** Whatever the report has, the schema knows: the compiler sees a member that is missing here. */
type Unknown = Exclude<keyof JsonReport, keyof typeof jsonReportSchema.shape>;
export const NOTHING_IS_UNKNOWN: [Unknown] extends [never] ? true : Unknown = true;

export const jsonSchemaDocument = (): string => `${JSON.stringify({ title: 'Danescope report', ...z.toJSONSchema(jsonReportSchema) }, null, 2)}\n`;
