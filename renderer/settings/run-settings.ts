/** What the person wants of every run made here. It survives a restart; what was stored is checked. */
import { create } from 'zustand';
import { isEhloArgument } from '../../core/api/ehlo-argument.ts';
import type { InspectRequest } from '../../core/api/inspector-client.ts';
import { readResolverAddress, writtenResolver } from '../../core/api/resolver-address.ts';
import type { ResolverAddress } from '../../core/api/resolver-address.ts';

const KEY = 'danescope.run-settings';

export interface RunSettings {
  /** `full` looks for each key type that a server has */
  readonly probe: 'quick' | 'full';
  /** 4, 6 or both */
  readonly families: readonly (4 | 6)[];
  /** EHLO name; null for the one that the engine finds */
  readonly helo: string | null;
  /** asked for all names; null for the engine's own way */
  readonly resolver: ResolverAddress | null;
  /** whether every name server is asked; not where a resolver is */
  readonly allServers: boolean;
  /** whether runs are kept on this computer to be opened again */
  readonly keepRecent: boolean;
}

const USUAL: RunSettings = { probe: 'full', families: [4, 6], helo: null, resolver: null, allServers: false, keepRecent: true };

export const useRunSettings = create<RunSettings>()(() => readRunSettings(typeof localStorage === 'undefined' ? null : localStorage.getItem(KEY)));

export function setRunSettings(change: Partial<RunSettings>): void {
  useRunSettings.setState(change);
  localStorage.setItem(KEY, JSON.stringify(useRunSettings.getState()));
}

/** Only what differs from the engine's own ways is asked of it. */
export function requestFor(target: string): InspectRequest {
  const { probe, families, helo, resolver, allServers } = useRunSettings.getState();
  return {
    target, ...(probe === 'full' ? {} : { probe }), ...(families.length === 2 ? {} : { families }), ...(helo === null ? {} : { helo }),
    ...(resolver === null ? (allServers ? { allServers } : {}) : { resolver }),
  };
}

export function readRunSettings(text: string | null): RunSettings {
  const stored = parsed(text);
  const families = ([4, 6] as const).filter((family) => Array.isArray(stored['families']) && stored['families'].includes(family));
  const { helo } = stored;
  return {
    probe: stored['probe'] === 'quick' ? 'quick' : USUAL.probe,
    families: families.length === 0 ? USUAL.families : families,
    helo: typeof helo === 'string' && isEhloArgument(helo) ? helo : null,
    resolver: resolverOf(stored['resolver']),
    allServers: stored['allServers'] === true,
    keepRecent: stored['keepRecent'] !== false,
  };
}

function resolverOf(stored: unknown): ResolverAddress | null {
  const { address, port } = typeof stored === 'object' && stored !== null ? (stored as { readonly [name: string]: unknown }) : {};
  return typeof address === 'string' && typeof port === 'number' ? readResolverAddress(writtenResolver({ address, port })) : null;
}

function parsed(text: string | null): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
