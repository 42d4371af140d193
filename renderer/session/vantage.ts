/** From where a run was made, as the run tells it; before the first one, from where those to come will be. A run from a file was made elsewhere, or on another day. */
import type { Runtime } from '../../core/api/inspector-client.ts';
import type { RunContext } from '../../core/inspection/events.ts';
import { anchorsText, resolutionText } from '../../core/report/vantage-words.ts';

export interface ShownVantage {
  readonly lab: boolean;
  /** addresses; empty where there is no network, null where the run does not tell */
  readonly from: string | null;
  readonly resolution: string;
  readonly trustAnchors: string;
  readonly tlsLibrary: string;
}

export const vantageOfRun = ({ lab, sources, resolver, trustAnchors, tlsLibrary }: RunContext): ShownVantage => ({
  lab: lab !== null, from: sources?.join(', ') ?? null, resolution: resolutionText(resolver), trustAnchors: anchorsText(trustAnchors), tlsLibrary,
});

export const vantageToCome = ({ lab, sources, trustAnchors, tlsLibrary }: Runtime, resolution: string): ShownVantage => ({ lab, from: sources.join(', '), resolution, trustAnchors, tlsLibrary });
