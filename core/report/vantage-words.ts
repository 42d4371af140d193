/** From where, with which resolver and anchors: short, for a status bar. Of a run that was made elsewhere as of those made here. Nothing is escaped. */
import type { ServerAddress } from '../dns/facts.ts';
import type { TrustAnchorFact } from '../dnssec/facts.ts';
import type { RunContext, SourceName } from '../inspection/events.ts';

/** How names are or were resolved; by which servers where a resolver is asked. */
interface ToldResolution {
  readonly mode: 'iterative' | 'forwarding';
  readonly servers?: readonly ServerAddress[];
  readonly why: string | null;
}

export function resolutionText({ mode, servers = [], why }: ToldResolution): string {
  const reason = why === null ? '' : ` (${why})`;
  if (mode === 'iterative') return `iterative from the root${reason}`;
  return `forwarding to ${servers.map(({ address, port }) => (port === 53 ? address : `${address} port ${String(port)}`)).join(', ')}${reason}`;
}

/** Each key once, with label and date. */
export function anchorsText(anchors: readonly Pick<TrustAnchorFact, 'keyTag' | 'label' | 'since' | 'source'>[]): string {
  const texts = anchors.map(({ keyTag, label, since, source }) => `${String(keyTag)} ${label ?? `(${source})`}${since === null ? '' : ` since ${since}`}${label === null || source === 'built-in' ? '' : ` from ${source}`}`);
  return texts.length === 0 ? 'none' : [...new Set(texts)].join(', ');
}

/** `192.0.2.77 (probe.example.org)`: as the servers that look the name up saw who asked; null where the run does not tell */
export function sourcesText({ sources = [], sourceNames = [] }: Pick<RunContext, 'sources' | 'sourceNames'>): string | null {
  return sources.length === 0 ? null : sources.map((source) => named(source, sourceNames)).join(', ');
}

function named(source: string, names: readonly SourceName[]): string {
  const found = names.find(({ address }) => address === source);
  return found === undefined ? source : `${source} (${found.name})`;
}
