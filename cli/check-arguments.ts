/** The flags of `danescope check` as a value. Files are read and targets judged later. */
import { isIP } from 'node:net';
import { isEhloArgument } from '../core/api/ehlo-argument.ts';
import { resolverParts } from '../core/api/resolver-address.ts';
import type { ResolverAddress } from '../core/api/resolver-address.ts';
import type { RedactionChoice } from '../core/inspection/redaction-kinds.ts';
import type { Paper } from '../core/report/html-style.ts';
import type { TlsStart } from '../core/target/target.ts';
import { readFlags } from './flags.ts';
import type { Flags, FlagSpecs } from './flags.ts';
import { DOCUMENTS, paperOf, redactionOf } from './report-formats.ts';
import { UsageError } from './usage-error.ts';

export interface CheckArguments {
  readonly targets: readonly TargetArgument[];
  readonly format: (typeof FORMATS)[number];
  /** where a report that is a document goes; null: to standard output */
  readonly outputFile: string | null;
  readonly redaction: RedactionChoice;
  readonly paper: Paper;
  readonly lab: boolean;
  readonly rootHints: string | null;
  readonly trustAnchors: readonly string[];
  readonly resolvers: readonly ResolverAddress[];
  /** a named resolver that strips signatures or lies is gone round */
  readonly fallback: boolean;
  readonly allowSha1: boolean;
  readonly allServers: boolean;
  readonly minimise: boolean;
  readonly port: number | null;
  /** null: by the port (RFC 8314 §7.3) */
  readonly tls: TlsStart | null;
  readonly families: readonly (4 | 6)[];
  readonly helo: string | null;
  /** ms for each step; null: the defaults */
  readonly timeout: number | null;
  /** ms for the whole run; null: the default */
  readonly deadline: number | null;
  readonly probe: 'quick' | 'full' | 'intrusive';
  readonly save: string | null;
  /** --save may overwrite what is no run file */
  readonly force: boolean;
  readonly quiet: boolean;
  readonly colour: boolean;
}

/** `domain` and `host` say how the text is to be read; `any` leaves it to the text. */
export interface TargetArgument {
  readonly kind: 'any' | 'domain' | 'host';
  readonly text: string;
}

const FORMATS = ['text', 'json', 'ndjson', ...DOCUMENTS] as const;

const SPECS = {
  format: { type: 'string', example: 'json' },
  output: { type: 'string', example: 'example.org.html' },
  redact: { type: 'string', example: 'all' },
  paper: { type: 'string', example: 'letter' },
  lab: { type: 'boolean' },
  'root-hints': { type: 'string', example: 'root.hints' },
  'trust-anchor': { type: 'string', multiple: true, example: 'root.key' },
  resolver: { type: 'string', multiple: true, example: '192.0.2.53' },
  fallback: { type: 'boolean' },
  'allow-sha1': { type: 'boolean' },
  'all-servers': { type: 'boolean' },
  minimise: { type: 'boolean' },
  port: { type: 'string', example: '465' },
  'tls-on-connect': { type: 'boolean' },
  ipv4: { type: 'boolean', short: '4' },
  ipv6: { type: 'boolean', short: '6' },
  helo: { type: 'string', example: 'probe.example.org' },
  timeout: { type: 'string', example: '10' },
  deadline: { type: 'string', example: '600' },
  mx: { type: 'string', multiple: true, example: 'example.org' },
  host: { type: 'string', multiple: true, example: 'mx1.example.org' },
  probe: { type: 'string', example: 'full' },
  save: { type: 'string', example: 'example.org.run' },
  force: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  'no-color': { type: 'boolean' },
} satisfies FlagSpecs;

export function readCheckArguments(args: readonly string[], colourByDefault: boolean): CheckArguments {
  const flags = readFlags('check', args, SPECS);
  const families = ([['ipv4', 4], ['ipv6', 6]] as const).filter(([name]) => flags.has(name)).map(([, family]) => family);
  const tls = flags.has('tls-on-connect') ? 'on-connect' : null;
  const read: CheckArguments = {
    targets: targetsOf(flags),
    format: oneOf(flags, 'format', FORMATS) ?? 'text',
    outputFile: flags.text('output'),
    redaction: redactionOf(flags.text('redact')),
    paper: paperOf(flags.text('paper')),
    lab: flags.has('lab'),
    rootHints: flags.text('root-hints'),
    trustAnchors: flags.texts('trust-anchor'),
    resolvers: flags.texts('resolver').map(resolverOf),
    fallback: flags.has('fallback'),
    allowSha1: flags.has('allow-sha1'),
    allServers: flags.has('all-servers'),
    minimise: flags.has('minimise'),
    port: whole(flags, 'port', 1, 65_535),
    tls,
    families: families.length === 0 ? [4, 6] : families,
    helo: heloOf(flags),
    timeout: milliseconds(flags, 'timeout', 600),
    deadline: milliseconds(flags, 'deadline', 86_400),
    probe: oneOf(flags, 'probe', ['quick', 'full', 'intrusive']) ?? 'full',
    save: flags.text('save'),
    force: flags.has('force'),
    quiet: flags.has('quiet'),
    colour: colourByDefault && !flags.has('no-color'),
  };
  return withoutContradiction(read);
}

function withoutContradiction(read: CheckArguments): CheckArguments {
  const lab = '--lab brings its own root, resolver and trust anchor';
  if (read.lab && read.resolvers.length > 0) throw new UsageError('--lab and --resolver exclude each other', lab);
  if (read.lab && read.rootHints !== null) throw new UsageError('--lab and --root-hints exclude each other', lab);
  if (read.lab && read.trustAnchors.length > 0) throw new UsageError('--lab and --trust-anchor exclude each other', lab);
  if (read.rootHints !== null && read.resolvers.length > 0) {
    throw new UsageError('--root-hints and --resolver exclude each other', 'root hints are for resolving from the root, a resolver for forwarding to it');
  }
  if (read.fallback && read.resolvers.length === 0) throw new UsageError('--fallback needs --resolver', 'without a named resolver names are resolved from the root wherever that can be reached');
  if (read.allServers && read.resolvers.length > 0 && !read.fallback) throw new UsageError('--all-servers asks the name servers itself', 'with --resolver it needs --fallback, which allows that');
  const isDocument = DOCUMENTS.some((format) => format === read.format);
  if (read.outputFile !== null && !isDocument) throw new UsageError(`--output belongs to ${DOCUMENTS.join(', ')}`, `${read.format} goes to standard output: danescope check … > FILE`);
  if (Object.values(read.redaction).includes(true) && !isDocument) throw new UsageError(`--redact belongs to ${DOCUMENTS.join(', ')}`, 'a saved run gives every format: danescope report --redact all --format json FILE');
  if ((read.format === 'html' || read.format === 'pdf') && read.targets.length > 1) throw new UsageError(`--format ${read.format} takes one run`, 'check one target at a time');
  if (read.save !== null && read.save === read.outputFile) throw new UsageError('--save and --output name the same file', 'the run and the report need a file each');
  if (read.save !== null && read.targets.length > 1) throw new UsageError('--save takes one run', 'check one target at a time to save it');
  return read;
}

function targetsOf(flags: Flags): readonly TargetArgument[] {
  const named = (kind: TargetArgument['kind'], texts: readonly string[]): TargetArgument[] => texts.map((text) => ({ kind, text }));
  const targets = [...named('domain', flags.texts('mx')), ...named('host', flags.texts('host')), ...named('any', flags.words)];
  if (targets.length === 0) throw new UsageError('check needs a target', 'such as: danescope check example.org');
  return targets;
}

function oneOf<const Choice extends string>(flags: Flags, name: string, choices: readonly Choice[]): Choice | null {
  const text = flags.text(name);
  if (text === null) return null;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new UsageError(`--${name} ${text} is not known`, `it is one of ${choices.join(', ')}`);
  return choice;
}

function whole(flags: Flags, name: string, least: number, most: number): number | null {
  const text = flags.text(name);
  return text === null ? null : wholeNumber(`--${name}`, text, least, most);
}

function wholeNumber(what: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${what} ${text} is not a number from ${String(least)} to ${String(most)}`, `such as: ${what} ${String(Math.max(least, Math.min(most, 53)))}`);
}

function milliseconds(flags: Flags, name: string, most: number): number | null {
  const text = flags.text(name);
  if (text === null) return null;
  const seconds = /^\d{1,5}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= most) return Math.ceil(seconds * 1000);
  throw new UsageError(`--${name} ${text} is not a number of seconds up to ${String(most)}`, `such as: --${name} 10`);
}

function heloOf(flags: Flags): string | null {
  const text = flags.text('helo');
  if (text === null || isEhloArgument(text)) return text;
  throw new UsageError(`--helo ${text} is neither a host name nor an address in brackets`, 'such as: --helo probe.example.org');
}

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53`, `[2001:db8::53]:5353` */
export function resolverOf(text: string): ResolverAddress {
  const { address, port } = resolverParts(text);
  if (isIP(address) === 0) {
    throw new UsageError(`--resolver ${text} is not an IP address`, 'such as: --resolver 192.0.2.53, or --resolver [2001:db8::53]:5353');
  }
  return { address, port: port === undefined ? 53 : wholeNumber('--resolver port', port, 1, 65_535) };
}
