/** The words and flags of `danescope trust-anchor` as a value. */
import { nearest, readFlags } from './flags.ts';
import type { Flags, FlagSpecs } from './flags.ts';
import { resolverOf } from './check-arguments.ts';
import type { ResolverAddress } from '../core/api/resolver-address.ts';
import { UsageError } from './usage-error.ts';

export type TrustAnchorArguments = { readonly format: 'text' | 'json' } & (
  | { readonly action: 'show'; readonly files: readonly string[]; readonly check: boolean } & Asking
  | { readonly action: 'replace'; readonly files: readonly string[] }
  | { readonly action: 'reset' }
  | { readonly action: 'refresh'; readonly from: { readonly xml: string; readonly signature: string } | 'IANA' }
  | { readonly action: 'observe' } & Asking
);

export interface Asking {
  readonly lab: boolean;
  readonly resolvers: readonly ResolverAddress[];
  readonly rootHints: string | null;
}

const FORMAT = { format: { type: 'string', example: 'json' } } satisfies FlagSpecs;
const ASKING = {
  resolver: { type: 'string', multiple: true, example: '192.0.2.53' }, 'root-hints': { type: 'string', example: 'root.hints' },
} satisfies FlagSpecs;
const SPECS = {
  show: { ...FORMAT, ...ASKING, check: { type: 'boolean' }, lab: { type: 'boolean' }, 'trust-anchor': { type: 'string', multiple: true, example: 'root.key' } },
  replace: FORMAT,
  reset: FORMAT,
  refresh: {
    ...FORMAT, ...ASKING, observe: { type: 'boolean' }, lab: { type: 'boolean' },
    xml: { type: 'string', example: 'root-anchors.xml' }, signature: { type: 'string', example: 'root-anchors.p7s' },
  },
} satisfies { readonly [action: string]: FlagSpecs };

type Action = keyof typeof SPECS;
const ACTIONS = Object.keys(SPECS) as Action[];

export function readTrustAnchorArguments(args: readonly string[]): TrustAnchorArguments {
  const [first] = args;
  const named = first !== undefined && !first.startsWith('-');
  const action = named ? actionOf(first) : 'show';
  const flags = readFlags(`trust-anchor ${action}`, named ? args.slice(1) : args, SPECS[action]);
  const format = flags.text('format') ?? 'text';
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format ${format} is not known`, 'it is one of text, json');
  if (action === 'replace') return { action, format, files: filesOf(flags) };
  const [surplus] = flags.words;
  if (surplus !== undefined) throw new UsageError(`trust-anchor ${action} takes no ${surplus}`, 'to use the anchors of a file: danescope trust-anchor replace FILE');
  switch (action) {
    case 'show': return { action, format, files: flags.texts('trust-anchor'), check: flags.has('check'), ...askingOf(flags) };
    case 'reset': return { action, format };
    case 'refresh': return flags.has('observe') ? { action: 'observe', format, ...observing(flags) } : { action, format, from: sourceOf(flags) };
  }
}

function actionOf(word: string): Action {
  const action = ACTIONS.find((candidate) => candidate === word);
  if (action !== undefined) return action;
  const near = nearest(word.slice(0, 64), ACTIONS);
  throw new UsageError(`trust-anchor ${word} is not known`, near === null ? `it is one of ${ACTIONS.join(', ')}` : `did you mean: danescope trust-anchor ${near}`);
}

function filesOf({ words }: Flags): readonly string[] {
  if (words.length === 0) throw new UsageError('trust-anchor replace needs a file', 'such as: danescope trust-anchor replace root.key');
  return words;
}

function askingOf(flags: Flags): Asking {
  const asking = { lab: flags.has('lab'), resolvers: flags.texts('resolver').map(resolverOf), rootHints: flags.text('root-hints') };
  if (asking.lab && (asking.resolvers.length > 0 || asking.rootHints !== null || flags.has('trust-anchor'))) {
    throw new UsageError('--lab excludes --resolver, --root-hints and --trust-anchor', '--lab brings its own root, resolver and trust anchor');
  }
  if (asking.rootHints !== null && asking.resolvers.length > 0) {
    throw new UsageError('--root-hints and --resolver exclude each other', 'root hints are for resolving from the root, a resolver for forwarding to it');
  }
  return asking;
}

function observing(flags: Flags): Asking {
  if (flags.has('lab')) throw new UsageError('--observe and --lab exclude each other', 'the keys of the practice lab must not become anchors for the Internet');
  if (flags.has('xml') || flags.has('signature')) throw new UsageError('--observe takes neither --xml nor --signature', 'observe the root, or read a document that IANA signed');
  return askingOf(flags);
}

function sourceOf(flags: Flags): { readonly xml: string; readonly signature: string } | 'IANA' {
  const [xml, signature] = [flags.text('xml'), flags.text('signature')];
  const stray = ['lab', 'resolver', 'root-hints'].find((name) => flags.has(name));
  if (stray !== undefined) throw new UsageError(`--${stray} is for --observe`, 'IANA’s document comes over HTTPS, or from --xml FILE --signature FILE');
  if (xml === null && signature === null) return 'IANA';
  if (xml === null || signature === null) throw new UsageError('--xml and --signature go together', 'such as: danescope trust-anchor refresh --xml root-anchors.xml --signature root-anchors.p7s');
  return { xml, signature };
}
