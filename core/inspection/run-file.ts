/** The run file: JSON Lines, a header with the version first, then one event a line. Any prefix opens. */
import { plainText } from '../base/plain-text.ts';
import { failed, success, type Result } from '../base/result.ts';
import type { InspectionEvent } from './events.ts';

export const RUN_FILE_VERSION = 1;
const FORMAT = 'danescope-run';
/** a run has some thousand events; a certificate is the longest line */
const LIMITS = { octets: 256 * 1024 * 1024, lineCharacters: 4 * 1024 * 1024, events: 1_000_000 };

export interface RunFileError {
  /** from 1; 0 where the whole file is meant */
  readonly line: number;
  readonly text: string;
}

export const runFileHeader = (): string => `${JSON.stringify({ format: FORMAT, version: RUN_FILE_VERSION })}\n`;

export const runFileLine = (event: InspectionEvent): string => `${JSON.stringify(event)}\n`;

export const writeRunFile = (events: Iterable<InspectionEvent>): string => runFileHeader() + [...events].map(runFileLine).join('');

/**
 * The events of a run file. A last line without its line ending is what a crash leaves behind: it is dropped where it is not
 * whole. Everything else that is wrong is told with its line.
 */
export function readRunFile(text: string): Result<InspectionEvent[], RunFileError> {
  if (text.length > LIMITS.octets) return wrong(0, `The file has ${text.length} characters; at most ${LIMITS.octets} are read.`);
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const header = readHeader(lines[0] ?? '');
  if (header !== null) return wrong(1, header);
  if (lines.length - 2 > LIMITS.events) return wrong(0, `The file has more than ${LIMITS.events} events.`);
  return readEvents(lines);
}

function readHeader(line: string): string | null {
  const header = line.length <= 1000 ? parseObject(line) : null;
  if (header?.['format'] !== FORMAT) return 'This is not a run file: its first line must be the header that Danescope writes.';
  if (header['version'] !== RUN_FILE_VERSION) return `The run file has version ${JSON.stringify(header['version'])?.slice(0, 20)}; this program reads version ${RUN_FILE_VERSION}.`;
  return null;
}

function readEvents(lines: readonly string[]): Result<InspectionEvent[], RunFileError> {
  const events: InspectionEvent[] = [];
  for (let index = 1; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').replace(/\r$/, '');
    const last = index === lines.length - 1;
    if (line === '' && last) break;
    if (line.length > LIMITS.lineCharacters) return wrong(index + 1, `The line has ${line.length} characters; at most ${LIMITS.lineCharacters} are read.`);
    const event = parseObject(line);
    if (event === null && last) break;
    const fault = event === null ? `This is not a JSON object: ${plainText(line, 60)}` : eventFault(event, events.length);
    if (fault !== null) return wrong(index + 1, fault);
    events.push(event as unknown as InspectionEvent);
  }
  return success(events);
}

/** What the fold and the views rely on; facts of their own are checked where they are shown. */
function eventFault(event: { readonly [key: string]: unknown }, expectedSeq: number): string | null {
  if (event['seq'] !== expectedSeq) return `The event number is ${JSON.stringify(event['seq'])?.slice(0, 20)}, but ${expectedSeq} comes next: a line is missing or doubled.`;
  if (typeof event['type'] !== 'string' || !KNOWN.has(event['type'])) return `Unknown event type ${plainText(JSON.stringify(event['type']) ?? 'undefined', 60)}.`;
  if (typeof event['at'] !== 'number' || !Number.isFinite(event['at'])) return 'The event has no time.';
  if (typeof event['subject'] !== 'string') return 'The event has no subject.';
  const missing = KNOWN.get(event['type'])?.find((path) => !isThere(event, path));
  return missing === undefined ? null : `The event ${event['type']} has no ${missing.replace('[]', '')}, or not of the right kind.`;
}

/** `a.b` must be there, `a.b[]` must be a list, `a.b{}` must be an object. */
function isThere(event: unknown, path: string): boolean {
  const keys = path.replace(/\[\]$|\{\}$/, '').split('.');
  const value = keys.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as { readonly [key: string]: unknown })[key] : undefined), event);
  if (path.endsWith('[]')) return Array.isArray(value);
  if (path.endsWith('{}')) return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Every event type with the fields that the fold, the findings and the reports cannot do without. */
const REQUIRED: { readonly [Type in InspectionEvent['type']]: readonly string[] } = {
  'run.started': ['context.startedAt', 'context.target.kind', 'context.target.input', 'context.target.port', 'context.trustAnchors[]', 'context.resolver.servers[]', 'context.families[]', 'context.timeouts{}'],
  'run.finished': [], 'run.stopped': ['text'], 'run.failed': ['text'],
  'dns.lookup.started': ['name', 'rrtype'], 'dns.queried': ['exchange', 'server.address', 'name', 'rrtype', 'query'], 'dns.answered': ['exchange', 'rcode', 'response'],
  'dns.failed': ['exchange', 'failure.code', 'failure.text'], 'dns.notice': ['code', 'text'],
  'dns.lookup.finished': ['lookup.name', 'lookup.rrtype', 'lookup.status', 'lookup.rcode', 'lookup.canonicalName', 'lookup.records[]', 'lookup.aliases[]', 'lookup.zones[]'],
  'dns.compared': ['comparison.name', 'comparison.rrtype', 'comparison.servers[]'],
  'dnssec.anchor': ['zone', 'anchors[]'], 'dnssec.zone': ['zone.zone', 'zone.status', 'zone.keys[]', 'zone.ds[]'], 'dnssec.digest': ['check.zone', 'check.result'],
  'dnssec.signature': ['check.zone', 'check.result', 'check.owner', 'check.rrtype'], 'dnssec.denial': ['check.zone', 'check.result', 'check.records[]'],
  'destination.found': ['destination.kind', 'destination.domain', 'destination.mxStatus', 'destination.hosts[]'],
  'destination.host': ['host.name', 'host.canonicalName', 'host.tlsa', 'host.addresses[]', 'host.tlsaCandidates[]', 'host.records[]', 'host.referenceIdentifiers[]', 'host.reason.code', 'host.reason.text'],
  'smtp.connection': ['connection.number', 'connection.host', 'connection.address', 'connection.purpose'], 'smtp.phase': ['connection', 'phase', 'state'],
  'smtp.line': ['connection', 'line.from', 'line.text', 'line.bytes'], 'smtp.capabilities': ['connection', 'keywords[]'],
  'smtp.failed': ['connection', 'failure.code', 'failure.phase', 'failure.text'], 'smtp.notice': ['connection', 'code', 'text'],
  'tls.started': ['connection', 'offer.versions[]', 'offer.keyTypes[]'], 'tls.presented': ['connection', 'presented.certificates[]'],
  'tls.established': ['connection', 'parameters.protocol', 'parameters.cipher', 'parameters.alerts[]', 'parameters.messages[]'], 'tls.failed': ['connection', 'failure.code', 'failure.text'],
  'certificate.seen': ['certificate.sha256', 'certificate.der', 'certificate.subject', 'certificate.dnsNames[]', 'certificate.otherNames[]', 'certificate.spkiSha256'],
  'dane.compared': ['comparison.endpoint', 'comparison.record', 'comparison.matched', 'comparison.reason.code', 'comparison.reason.text'],
  'dane.endpoint': ['endpoint.host', 'endpoint.address', 'endpoint.port', 'endpoint.outcome', 'endpoint.reason.code', 'endpoint.reason.text', 'endpoint.chain[]'],
};
const KNOWN: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(REQUIRED));

function parseObject(line: string): { readonly [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: unknown }) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const wrong = (line: number, text: string): Result<never, RunFileError> => failed({ line, text });
