/** The live text of a run: a line for each lookup, each line of each dialogue, each handshake and each verdict. */
import { plainText } from '../core/base/plain-text.ts';
import type { Lookup } from '../core/dns/facts.ts';
import type { InspectionEvent, RunContext } from '../core/inspection/events.ts';
import type { ConnectionFact, DialogueLine } from '../core/smtp/facts.ts';
import type { PresentedChain, TlsParameters } from '../core/tls/facts.ts';
import type { CertificateFact } from '../core/x509/facts.ts';
import type { Destination, DestinationHost } from '../core/destination/facts.ts';
import type { EndpointVerdict } from '../core/dane/facts.ts';
import { OUTCOME_SIGNS, STATUS_SIGNS } from './style.ts';
import type { Paint } from './style.ts';

const LOOKUPS_SHOWN = new Set(['MX', 'A', 'AAAA', 'TLSA', 'CNAME']);

/** @returns the lines to show for an event, without line ends; everything from outside is escaped */
export function progressLines(event: InspectionEvent, paint: Paint): readonly string[] {
  const at = paint('quiet', `${(event.at / 1000).toFixed(3).padStart(7)} `);
  return eventLines(event, paint).map((line) => `${at} ${line}`);
}

type EventOf<Type> = Extract<InspectionEvent, { readonly type: Type }>;
type Lines = { readonly [Type in InspectionEvent['type']]?: (event: EventOf<Type>, paint: Paint) => readonly string[] };

/** What happens on a connection carries its number, as connections to several addresses run at once. */
const onConnection = (connection: number, text: string): readonly string[] => [`#${String(connection)} ${text}`];

/** Events that are not here are for the views, the run file and the report. */
const LINES: Lines = {
  'run.started': ({ context }) => [startText(context)],
  'run.stopped': ({ text }, paint) => [paint('doubtful', `*** stopped: ${plainText(text)}`)],
  'run.failed': ({ text }, paint) => [paint('bad', `*** danescope failed: ${plainText(text)}`)],
  'dns.lookup.finished': ({ lookup }, paint) => lookupLines(lookup, paint),
  'dns.notice': ({ text }) => [`=== ${plainText(text)}`],
  'destination.found': ({ destination }) => destinationLines(destination),
  'destination.host': ({ host }) => [hostText(host)],
  'certificate.seen': ({ certificate }) => [certificateText(certificate)],
  'dane.endpoint': ({ endpoint }, paint) => [endpointText(endpoint, paint)],
  'smtp.connection': ({ connection }) => onConnection(connection.number, connectionText(connection)),
  'smtp.line': ({ connection, line }, paint) => onConnection(connection, dialogueText(line, paint)),
  'smtp.failed': ({ connection, failure }, paint) => onConnection(connection, paint('bad', `*** ${plainText(failure.text)}`)),
  'smtp.notice': ({ connection, text }, paint) => onConnection(connection, paint('doubtful', `=== ${plainText(text)}`)),
  'tls.presented': ({ connection, presented }) => onConnection(connection, `=== ${presentedText(presented)}`),
  'tls.established': ({ connection, parameters }) => onConnection(connection, `=== ${handshakeText(parameters)}`),
  'tls.failed': ({ connection, failure }, paint) => onConnection(connection, paint('bad', `*** ${plainText(failure.text)}`)),
};

function eventLines(event: InspectionEvent, paint: Paint): readonly string[] {
  const lines = LINES[event.type] as ((event: InspectionEvent, paint: Paint) => readonly string[]) | undefined;
  return lines?.(event, paint) ?? [];
}

function connectionText({ host, address, port, purpose }: ConnectionFact): string {
  return `=== ${plainText(host)} [${plainText(address)}]:${String(port)}${purpose === 'default' ? '' : `, ${purpose} certificate wanted`}`;
}

function presentedText({ certificates, source, note }: PresentedChain): string {
  const count = `${String(certificates.length)} certificate${certificates.length === 1 ? '' : 's'} presented`;
  return `${count}${source === 'wire' ? '' : ' (the TLS library’s view)'}${note === null ? '' : `: ${plainText(note)}`}`;
}

function startText(context: RunContext): string {
  const where = context.lab === null ? '' : ` in the practice lab`;
  const { mode, servers, why } = context.resolver;
  const how = mode === 'iterative' ? 'resolving from the root' : `forwarding to ${servers.map((server) => plainText(server.address)).join(', ')}`;
  return `=== ${plainText(context.target.input)}${where}, ${how}${why === null ? '' : ` (${plainText(why)})`}, EHLO name ${plainText(context.helo)}`;
}

function lookupLines(lookup: Lookup, paint: Paint): readonly string[] {
  if (!LOOKUPS_SHOWN.has(lookup.rrtype)) return [];
  const [sign, tone] = STATUS_SIGNS[lookup.status];
  const count = lookup.records.length === 0 ? (lookup.rcode === 'NOERROR' ? 'no records' : plainText(lookup.rcode)) : null;
  const reason = lookup.reason === null || lookup.status === 'secure' ? '' : `: ${plainText(lookup.reason.text)}`;
  const head = `${paint(tone, sign)} ${plainText(lookup.name)} ${plainText(lookup.rrtype)} ${lookup.status}${count === null ? '' : `, ${count}`}${reason}`;
  return [head, ...lookup.records.map((record) => `    ${plainText(record.owner)} ${plainText(record.type)} ${plainText(record.text, 200)}`)];
}

function destinationLines(destination: Destination): readonly string[] {
  if (destination.hosts.length > 0 || destination.reason === null) return [];
  return [`=== ${plainText(destination.reason.text)}`];
}

function hostText(host: DestinationHost): string {
  const rank = host.preference === null ? '' : `${String(host.preference)} `;
  return `=== ${rank}${plainText(host.name)}: ${plainText(host.reason.text)}`;
}

function certificateText(certificate: CertificateFact): string {
  if (certificate.malformed !== null) return `=== certificate ${certificate.sha256.slice(0, 16)}…: ${plainText(certificate.malformed)}`;
  const name = certificate.dnsNames[0] ?? certificate.commonName ?? certificate.subject;
  return `=== certificate ${certificate.sha256.slice(0, 16)}…: ${plainText(name, 255)}, ${plainText(certificate.keyDescription)}, until ${certificate.notAfter.slice(0, 10)}`;
}

function handshakeText(parameters: TlsParameters): string {
  const group = parameters.group === null ? '' : `, ${plainText(parameters.group)}`;
  return `${plainText(parameters.protocol)}, ${plainText(parameters.cipher)}${group}, ${String(Math.round(parameters.handshakeMs))} ms`;
}

/** The prefixes of swaks: `->` sent, `<-` received, `~` inside TLS, `*` unexpected. */
function dialogueText(line: DialogueLine, paint: Paint): string {
  if (line.from === 'note') return paint('quiet', `=== ${plainText(line.text)}`);
  const stroke = line.protected ? '~' : '-';
  const tail = line.unexpected ? '*' : '';
  const prefix = line.from === 'client' ? ` ${stroke}>${tail}` : `<${stroke}${tail}`;
  const text = `${prefix.padEnd(3)} ${plainText(line.text, 1000)}`;
  return line.unexpected ? paint('bad', text) : text;
}

function endpointText(endpoint: EndpointVerdict, paint: Paint): string {
  const [sign, tone] = OUTCOME_SIGNS[endpoint.outcome];
  const key = endpoint.keyType === null ? '' : ` ${endpoint.keyType}`;
  return `${paint(tone, sign)} ${plainText(endpoint.host)} ${plainText(endpoint.address)}${key}: ${paint(tone, endpoint.outcome)}, ${plainText(endpoint.reason.text)}`;
}
