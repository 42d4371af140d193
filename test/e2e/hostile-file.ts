/** A run file in which everything that a server, a zone or a certificate says is hostile; made of a run of the lab. */
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { writeRunFile } from '../../core/inspection/run-file.ts';

/** Escape sequences (title, erase, clipboard, end of a bracketed paste), markup, quotes, bidirectional controls, what is invisible, line endings, NUL, half a surrogate pair. */
export const HOSTILE = '\u001B]0;owned\u0007\u001B[2J\u001B]52;c;b3duZWQ=\u0007\u001B[201~\u009B31m<script>window.owned=1</script><img src=x onerror="window.owned=1">"\'</style></title>&amp;'
  + '\u202Egnol\u2066\u200B\u200D\u00AD\u061C\u3164\uFEFF\u{E0041}\u0085\u2028\u2029\u0000\uD800\r\nQUIT\r\nZ';
const MARKS = '\u0301'.repeat(200);
const [LONG, LONGEST] = [5000, 100_000];

/** members whose texts come from outside, wherever they stand in an event */
const FOREIGN = new Set(['subject', 'issuer', 'commonName', 'text', 'summary', 'note', 'helo', 'tlsLibrary', 'input', 'serial', 'keyDescription', 'rcode', 'cipher', 'serverName', 'alpn', 'version', 'label']);
const LISTS = new Set(['dnsNames', 'otherNames', 'keywords', 'presented', 'tried', 'types']);
/** octets in base64 */
const OCTETS = new Set(['query', 'response']);

/** A host name with an escape, a quote and a tag in it, as names are written (RFC 1035 §5.1). */
export const HOST = String.raw`mx1\027\000\226\128\174<script>`;
const NAME = 'mx1.tlsa-mismatch.example';

export function hostileRunFile(events: readonly InspectionEvent[]): string {
  const named = writeRunFile(events).replaceAll(NAME, JSON.stringify(NAME.replace('mx1', HOST)).slice(1, -1));
  const [header = '', ...lines] = named.split('\n').filter((line) => line !== '');
  const met = new Set<string>();
  return [header, ...lines.map((line) => JSON.stringify(hostile(JSON.parse(line), met)))].join('\n').concat('\n');
}

/** @param met the members so far: the first of each kind of event is the longest, so that the file has some megabytes and not hundreds */
function hostile(event: unknown, met: Set<string>): unknown {
  const type = String((event as { readonly type?: unknown }).type);
  return spoilt(event, (text, key) => {
    const length = met.has(`${type} ${key}`) ? LONG : LONGEST;
    met.add(`${type} ${key}`);
    return `${text} ${HOSTILE}${MARKS}${'x'.repeat(length)}`;
  });
}

type Spoil = (text: string, key: string) => string;

function spoilt(value: unknown, spoil: Spoil, key = '', depth = 0): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => (LISTS.has(key) && typeof one === 'string' ? spoil(one, key) : spoilt(one, spoil, key, depth + 1)));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilt(one, spoil, name, depth + 1)]));
  if (typeof value !== 'string') return value;
  if (OCTETS.has(key)) return hostileMessage(value);
  if (key === 'bytes') return Buffer.concat([Buffer.from(HOSTILE), Buffer.from(value, 'base64')]).toString('base64');
  // The subject of an event says what it is about, and is ours.
  return FOREIGN.has(key) && !(key === 'subject' && depth === 1) ? spoil(value, key) : value;
}

/** The host's label in each DNS message is an escape, a C1 control and a delete. */
function hostileMessage(base64: string): string {
  const octets = Buffer.from(base64, 'base64').toString('latin1');
  return Buffer.from(octets.replaceAll(/\u0003mx1/gi, '\u0003\u001B\u009B\u007F'), 'latin1').toString('base64');
}
