/** The live text of a run: a line for each lookup, each line of the dialogue, each handshake and each verdict. */
import { waitWords } from '../core/report/wait-words.ts';
import { plainText } from '../core/base/plain-text.ts';
import type { EndpointVerdict } from '../core/dane/facts.ts';
import type { Destination, DestinationHost } from '../core/destination/facts.ts';
import type { Lookup, LookupRecord } from '../core/dns/facts.ts';
import type { InspectionEvent, RunContext } from '../core/inspection/events.ts';
import { OUTCOME_WORDS, STATUS_SIGNS } from '../core/report/style.ts';
import type { Style } from '../core/report/style.ts';
import { targetWords } from '../core/target/target-words.ts';
import type { ConnectionFact, DialogueLine, SmtpNoticeCode } from '../core/smtp/facts.ts';
import type { PresentedChain, TlsParameters } from '../core/tls/facts.ts';
import { versionWords } from '../core/tls/names.ts';
import type { CertificateFact } from '../core/x509/facts.ts';

type EventOf<Type> = Extract<InspectionEvent, { readonly type: Type }>;
type Lines = { readonly [Type in InspectionEvent['type']]?: (event: EventOf<Type>) => readonly string[] };

/** @returns what gives the lines for each event of one run, without line ends; everything from outside is escaped */
export function progress(style: Style): (event: InspectionEvent) => readonly string[] {
  const lines: Lines = { ...runLines(style), ...connectionLines(style) };
  return (event) => {
    const at = style('quiet', `${(event.at / 1000).toFixed(3).padStart(7)} `);
    const linesOf = lines[event.type] as ((event: InspectionEvent) => readonly string[]) | undefined;
    return (linesOf?.(event) ?? []).map((line) => `${at} ${line}`);
  };
}

/** Events that are neither here nor below are for the views, the run file and the report. */
const runLines = (style: Style): Lines => ({
  'run.started': ({ context }) => [startText(context)],
  'run.stopped': ({ text }) => [style('doubtful', `*** stopped: ${plainText(text)}`)],
  'run.failed': ({ text }) => [style('bad', `*** danescope failed: ${plainText(text)}`)],
  'dns.lookup.finished': ({ lookup }) => lookupLines(lookup, style),
  'smtp.waiting': ({ wait }) => [`=== ${waitWords(wait)}`],
  'dns.notice': ({ text }) => [`=== ${plainText(text)}`],
  'destination.found': ({ destination }) => destinationLines(destination),
  'destination.host': ({ host }) => [hostText(host)],
  'certificate.seen': ({ certificate }) => [certificateText(certificate)],
  'dane.endpoint': ({ endpoint }) => [endpointText(endpoint, style)],
});

/**
 * What happens on a connection carries its number, as several run at once. The connections that only ask for one more type of
 * key say the same again: their dialogue is in the run file, here is what came of them.
 */
function connectionLines(style: Style): Lines {
  const asking = new Map<number, ConnectionFact['purpose']>();
  const isFirst = (connection: number): boolean => (asking.get(connection) ?? 'default') === 'default';
  const on = (connection: number, text: string): readonly string[] => [`#${String(connection)} ${text}`];
  return {
    'smtp.connection': ({ connection }) => {
      asking.set(connection.number, connection.purpose);
      return on(connection.number, connectionText(connection));
    },
    'smtp.line': ({ connection, line }) => (isFirst(connection) ? on(connection, dialogueText(line, style)) : []),
    'smtp.notice': ({ connection, code, text }) => (isFirst(connection) || ABOUT_PROBING.has(code) ? on(connection, style('doubtful', `=== ${plainText(text)}`)) : []),
    // A failed handshake was told by the event before.
    'smtp.failed': ({ connection, failure }) => (failure.code === 'tls' ? [] : on(connection, style('bad', `*** ${plainText(failure.text)}`))),
    'tls.presented': ({ connection, presented }) => on(connection, `=== ${presentedText(presented)}`),
    'tls.established': ({ connection, parameters }) => on(connection, `=== ${handshakeText(parameters)}`),
    'tls.failed': ({ connection, failure }) =>
      on(connection, isFirst(connection) ? style('bad', `*** ${plainText(failure.text)}`) : `=== not with ${asking.get(connection) ?? ''}: ${plainText(failure.text)}`),
  };
}

/** Told on whatever connection they come. */
const ABOUT_PROBING: ReadonlySet<SmtpNoticeCode> = new Set(['tried-again', 'probing-stopped', 'command-injection', 'command-discarded']);

function startText({ target, lab, resolver, helo }: RunContext): string {
  const how = resolver.mode === 'iterative' ? 'resolving from the root' : `forwarding to ${resolver.servers.map((server) => plainText(server.address)).join(', ')}`;
  const why = resolver.why === null ? '' : ` (${plainText(resolver.why)})`;
  return `=== ${targetWords(target)}${lab === null ? '' : ' in the practice lab'}, ${how}${why}, EHLO name ${plainText(helo)}`;
}

const LOOKUPS_SHOWN = new Set(['MX', 'A', 'AAAA', 'TLSA', 'CNAME']);

function lookupLines(lookup: Lookup, style: Style): readonly string[] {
  if (!LOOKUPS_SHOWN.has(lookup.rrtype)) return [];
  const [sign, tone] = STATUS_SIGNS[lookup.status];
  const nothing = lookup.records.length > 0 ? '' : `, ${lookup.rcode === 'NOERROR' ? 'no records' : plainText(lookup.rcode)}`;
  const reason = lookup.reason === null || lookup.status === 'secure' ? '' : `: ${plainText(lookup.reason.text)}`;
  const head = `${style(tone, sign)} ${plainText(lookup.name)} ${plainText(lookup.rrtype)} ${lookup.status}${nothing}${reason}`;
  return [head, ...lookup.records.map((record) => `    ${recordText(record)}`)];
}

/** Names come in the letter case of our question (0x20), which says nothing. */
const recordText = ({ type, text }: LookupRecord): string => `${plainText(type)} ${plainText(type === 'TLSA' ? text : text.toLowerCase(), 200)}`;

function destinationLines({ hosts, reason }: Destination): readonly string[] {
  return hosts.length > 0 || reason === null ? [] : [`=== ${plainText(reason.text)}`];
}

function hostText({ name, preference, reason }: DestinationHost): string {
  return `=== ${preference === null ? '' : `MX ${String(preference)} `}${plainText(name)}: ${plainText(reason.text)}`;
}

function certificateText({ sha256, malformed, dnsNames, commonName, subject, keyDescription, notAfter }: CertificateFact): string {
  const head = `=== certificate ${sha256.slice(0, 16)}…`;
  if (malformed !== null) return `${head}: ${plainText(malformed)}`;
  return `${head}: ${plainText(dnsNames[0] ?? commonName ?? subject, 255)}, ${plainText(keyDescription)}, until ${plainText(notAfter.slice(0, 10))}`;
}

function connectionText({ host, address, port, purpose, why }: ConnectionFact): string {
  return `=== ${plainText(host)} [${plainText(address)}]:${String(port)}${purpose === 'default' ? '' : `: ${plainText(why ?? purpose)}`}`;
}

function presentedText({ certificates, source, note }: PresentedChain): string {
  const count = `${String(certificates.length)} certificate${certificates.length === 1 ? '' : 's'} presented`;
  return `${count}${source === 'wire' ? '' : ' (the TLS library’s view)'}${note === null ? '' : `: ${plainText(note)}`}`;
}

function handshakeText({ protocol, cipher, group, handshakeMs }: TlsParameters): string {
  return [versionWords(protocol), cipher, ...(group === null ? [] : [group]), `${String(Math.round(handshakeMs))} ms`].map((part) => plainText(part)).join(', ');
}

/** The prefixes of swaks: `->` sent, `<-` received, `~` inside TLS, `*` unexpected. */
function dialogueText(line: DialogueLine, style: Style): string {
  if (line.from === 'note') return style('quiet', `=== ${plainText(line.text)}`);
  const stroke = line.protected ? '~' : '-';
  const tail = line.unexpected ? '*' : '';
  const prefix = line.from === 'client' ? ` ${stroke}>${tail}` : `<${stroke}${tail}`;
  const text = `${prefix.padEnd(3)} ${plainText(line.text, 1000)}`;
  return line.unexpected ? style('bad', text) : text;
}

function endpointText({ host, address, keyType, outcome, reason }: EndpointVerdict, style: Style): string {
  const [sign, tone] = OUTCOME_WORDS[outcome];
  return `${style(tone, sign)} ${plainText(host)} ${plainText(address)}${keyType === null ? '' : ` ${keyType}`}: ${style(tone, outcome)}. ${plainText(reason.text)}`;
}
