/** Finds in a run what tells of the person who made it: where from, under which name, what was typed. */
import { canonicalIpv6, isIpv4, isLocalAddress } from '../target/address.ts';
import type { InspectionEvent, RunContext } from './events.ts';
import type { RedactionKind } from './redaction-kinds.ts';

export interface PersonalText {
  readonly kind: Exclude<RedactionKind, 'typed'>;
  readonly text: string;
  readonly replacement: string;
  /** global; matches the text where it stands alone. A text that is too long for an expression is looked for as it is. */
  readonly pattern: RegExp | string;
  /** `dialogue`: what is inspected has the same name, and it would lose it elsewhere */
  readonly places: readonly ('everywhere' | 'dialogue')[];
  /** the members that are looked at; null for all */
  readonly keys: ReadonlySet<string> | null;
}

export function personalTexts(events: readonly InspectionEvent[], own: readonly string[]): PersonalText[] {
  const context = events.find((event) => event.type === 'run.started')?.context ?? null;
  if (context === null) return [];
  const inspected = inspectedTexts(events, context);
  return [...addresses(events, context, inspected), ...names(context, own, inspected), ...users(context), ...paths(events, context)];
}

function addresses(events: readonly InspectionEvent[], context: RunContext, inspected: ReadonlySet<string>): PersonalText[] {
  const resolvers = context.resolver.servers.map(({ address }) => address).filter((address) => isLocalAddress(address));
  const literal = /^\[(?:IPv6:)?([\da-f:.]+)\]$/i.exec(context.helo)?.[1];
  // Servers greet with the address they see: "250 mx1.example.org Hello probe.example.org [203.0.113.9]".
  const greeted = events.flatMap((event) => (event.type === 'smtp.line' && event.line.from === 'server' ? addressesIn(event.line.text) : []));
  // Of an address that is inspected, we are no user.
  const foreign = greeted.filter((address) => isLocalAddress(address) || !inspected.has(address.toLowerCase()));
  const all = [...new Set([...context.sources ?? [], ...resolvers, ...(literal === undefined ? [] : [literal]), ...foreign].map(withoutCase))];
  return all.map((text, index) => ({
    kind: 'addresses', text, replacement: `redacted-address-${String(index + 1)}`, pattern: alone(text, [String.raw`(?<![\w:.])`, String.raw`(?![\w:]|\.\d)`]),
    places: [inspected.has(text) ? 'dialogue' : 'everywhere'], keys: null,
  }));
}

const addressesIn = (text: string): string[] =>
  (text.match(/(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,4}(?::[\da-f]{0,4}){2,7})(?![\w:]|\.\d)/gi) ?? []).filter((word) => isIpv4(word) || canonicalIpv6(word) !== null);

function names({ helo, sourceNames = [] }: RunContext, own: readonly string[], inspected: ReadonlySet<string>): PersonalText[] {
  // A name of one letter would take every word of one letter with it.
  const all = [...new Set([helo, ...own, ...sourceNames.map(({ name }) => name)].map(withoutCase).filter((name) => name.length > 1 && !name.startsWith('[')))];
  return all.map((text, index) => ({
    kind: 'names', text, replacement: index === 0 ? 'redacted-name' : `redacted-name-${String(index + 1)}`, pattern: alone(text, [String.raw`(?<![\w.-])`, String.raw`(?![\w-]|\.[a-z\d])`]),
    places: [inspected.has(text) ? 'dialogue' : 'everywhere'], keys: inspected.has(text) || !text.includes('.') ? HELO : null,
  }));
}

/** A word without a dot may be a word of ours: it is looked for where names of this computer are said. */
const HELO: ReadonlySet<string> = new Set(['helo', 'text', 'bytes', 'command', 'sent']);

/** The local part of the address that was typed; its domain is what is inspected. */
function users({ target }: RunContext): PersonalText[] {
  const local = /^\s*(?:mailto:)?(.+)@[^@]+$/i.exec(target.input)?.[1];
  return local === undefined ? [] : [{ kind: 'users', text: local, replacement: 'redacted-user@', pattern: alone(`${local}@`, [String.raw`(?<![\w.+-])`, '']), places: ['everywhere'], keys: null }];
}

const PATH = /(?:file:\/\/)?(?:(?<![\w.:/\\~-])~?\/[^\s/:'"()<>]+(?:\/[^\s/:'"()<>]+)+\/?|\b[a-z]:\\[^\s:'"()<>]+|\\\\[^\s:'"()<>]+)/gi;
const PATH_KEYS: ReadonlySet<string> = new Set(['text', 'source', 'why']);

/** In the words of a bug of ours, and where files of this computer are named. */
function paths(events: readonly InspectionEvent[], { anchorWarnings = [], trustAnchors, resolver }: RunContext): PersonalText[] {
  const texts = [
    ...events.flatMap((event) => (event.type === 'run.failed' || event.type === 'run.stopped' ? [event.text] : event.type === 'dnssec.anchor' ? event.anchors.map(({ source }) => source) : [])),
    ...anchorWarnings.map(({ text }) => text), ...trustAnchors.map(({ source }) => source), resolver.why ?? '',
  ];
  const all = [...new Set(texts.flatMap((text) => text.match(PATH) ?? []))].toSorted((left, right) => right.length - left.length);
  return all.map((text) => ({ kind: 'paths', text, replacement: 'redacted-path', pattern: text, places: ['everywhere'], keys: PATH_KEYS }));
}

/** Names and addresses that the run is about. */
function inspectedTexts(events: readonly InspectionEvent[], { target, resolver }: RunContext): ReadonlySet<string> {
  const forwarders = new Set(resolver.servers.map(({ address }) => address));
  const about = events.flatMap((event): readonly (string | null)[] => {
    if (event.type === 'destination.found') return [event.destination.domain, ...event.destination.hosts.map(({ name }) => name)];
    if (event.type === 'destination.host') return [event.host.name, event.host.canonicalName, ...event.host.addresses.map(({ address }) => address)];
    if (event.type === 'dns.lookup.started') return [event.name];
    if (event.type === 'dns.queried') return forwarders.has(event.server.address) ? [event.name, event.zone] : [event.name, event.zone, event.server.name, event.server.address];
    return event.type === 'smtp.connection' ? [event.connection.host, event.connection.address] : [];
  });
  return new Set([target.kind === 'host' ? target.host : target.domain, ...about].flatMap((text) => (text === null ? [] : [text.toLowerCase()])));
}

export interface TypedEvent {
  /** what was typed; null for what the server answered to it */
  readonly whole: string | null;
  /** what stays: the code of a reply (RFC 5321 §4.2) */
  readonly keep: string;
}

/** Events that hold what a person typed, or what was answered to it, by their number. */
export function typedEvents(events: readonly InspectionEvent[]): ReadonlyMap<number, TypedEvent> {
  const found = new Map<number, TypedEvent>();
  const consoles = new Set<number>();
  const edited = new Map<number, string>();
  for (const event of events) {
    if (event.type === 'smtp.console') {
      if (event.state === 'open') consoles.add(event.connection);
      else found.set(event.seq, { whole: null, keep: '' });
    } else if (event.type === 'smtp.decided' && event.decision === 'edited' && event.sent !== null) {
      edited.set(event.connection, event.sent);
      found.set(event.seq, { whole: null, keep: '' });
    } else if (event.type === 'smtp.failed' && consoles.has(event.connection)) found.set(event.seq, { whole: null, keep: '' });
    else if (event.type === 'smtp.line') {
      const { connection, line: { from, text } } = event;
      const isEdited = from === 'client' && edited.get(connection) === text;
      if (isEdited) edited.delete(connection);
      if (consoles.has(connection) || isEdited) found.set(event.seq, from === 'server' ? { whole: null, keep: /^\d{3}[ -]?/.exec(text)?.[0] ?? '' } : { whole: from === 'client' ? text : null, keep: '' });
    }
  }
  return found;
}

/** characters; more than any name, address or path of a system has, and few enough for an expression */
const LONGEST = 4096;

/** What is longer is no name, and is looked for as it stands. */
const withoutCase = (text: string): string => (text.length > LONGEST ? text : text.toLowerCase());

function alone(text: string, [before, after]: readonly [before: string, after: string]): RegExp | string {
  return text.length > LONGEST ? text : new RegExp(`${before}${quoted(text)}${after}`, 'gi');
}

const quoted = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
