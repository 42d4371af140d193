/** The circumstances of a run in words. */
import type { RunContext } from '../../../core/inspection/events.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { nameServerWords } from '../../../core/report/circumstances.ts';
import { clockWords } from '../../../core/report/clock-words.ts';
import { resolutionText, sourcesText } from '../../../core/report/vantage-words.ts';

export interface Circumstance {
  readonly label: string;
  readonly text: string;
}

/** Empty where no run began. */
export function circumstances(run: Run): readonly Circumstance[] {
  const { context } = run;
  if (context === null) return [];
  const { resolver, trustAnchors, families, target } = context;
  const anchors = new Set(trustAnchors.map(({ label, keyTag, source, since }) => `${label === null ? '' : `${label} `}${String(keyTag)} (${source}${since === null ? '' : `, since ${since}`})`));
  const nameServers = nameServerWords(context);
  return [
    { label: 'Resolved', text: resolutionText(resolver) },
    ...(nameServers === null ? [] : [{ label: 'Name servers', text: nameServers }]),
    { label: 'Trust anchors', text: [...anchors].join(', ') },
    { label: 'Clock offset', text: run.state === 'running' ? 'told when the run is over' : clockWords(run).whole },
    { label: 'TLS library', text: context.tlsLibrary },
    ...(context.lab === null ? [{ label: 'Seen from', text: seenFrom(context) }] : []),
    { label: 'EHLO name', text: context.helo },
    { label: 'Reached by', text: `${families.map((family) => `IPv${String(family)}`).join(' and ')}, port ${String(target.port)}, ${target.tls === 'starttls' ? 'STARTTLS' : 'TLS on connect'}` },
    { label: 'Key types', text: context.probe !== 'quick' ? 'each that the server has: RSA, ECDSA, EdDSA' : 'the one that the server prefers' },
    ...(context.lab === null ? [] : [{ label: 'Where', text: context.lab === 'practice lab' ? 'the practice lab on this computer' : `the practice lab on this computer (${context.lab})` }]),
    { label: 'Version', text: `Danescope ${context.version}` },
  ];
}

/** A result without it cannot be judged: what is blocked here may not be there. */
function seenFrom(context: RunContext): string {
  const sources = sourcesText(context);
  return sources === null ? 'not told' : `${sources}, before any translator`;
}
