/** The trust anchors of a run in the words of a report: which, from where, and whether they still do. */
import type { TrustAnchorFact } from '../dnssec/facts.ts';
import type { RunContext } from '../inspection/events.ts';

/** such as `KSK-2017 since 2017-02-02, KSK-2024 since 2024-07-18 (built-in)`; each key once for each source */
export function anchorWords(anchors: readonly TrustAnchorFact[]): string {
  const sources = [...new Set(anchors.map(({ source }) => source))];
  const keysOf = (source: string): string => [...new Set(anchors.filter((anchor) => anchor.source === source).map(dated))].join(', ');
  return sources.length === 0 ? 'none' : sources.map((source) => `${keysOf(source)} (${source})`).join(', ');
}

const dated = ({ label, keyTag, since }: TrustAnchorFact): string => `${label ?? String(keyTag)} ${since === null ? 'of unknown date' : `since ${since}`}`;

/** Sentences; a run file need not have the field, and may have anything in it. */
export function anchorWarningTexts({ anchorWarnings }: RunContext): readonly string[] {
  return Array.isArray(anchorWarnings) ? (anchorWarnings as readonly unknown[]).flatMap(textOf) : [];
}

function textOf(warning: unknown): readonly string[] {
  return typeof warning === 'object' && warning !== null && 'text' in warning && typeof warning.text === 'string' ? [warning.text] : [];
}
