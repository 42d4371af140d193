/** What those who mend this program need of a fault of ours. It names no target: the run, which does, is saved apart. */
import { useSession } from '../session/session-store.ts';
import { copyText } from './clipboard.ts';

/**
 * @param where such as `TLS handshake with mx1`, or `the view Trust`
 * @param text of the fault, with its place in our code where that is known
 */
export function copyBugReport(where: string, text: string): Promise<boolean> {
  const { runtime, run, events, target } = useSession.getState();
  const last = events.at(-1);
  // The longest first: the domain is a part of its hosts' names.
  const named = [target ?? '', ...run.hosts.map(({ name }) => name)].filter((name) => name !== '').toSorted((left, right) => right.length - left.length);
  const nameless = (line: string): string => named.reduce((told, name) => told.replaceAll(name, '(a name)'), line);
  return copyText([
    `Danescope ${runtime?.version ?? run.context?.version ?? ''} failed at ${nameless(where)}`,
    ...text.split('\n').slice(0, LINES).map(nameless),
    `Shell: ${runtime?.shell ?? 'unknown'}; TLS library: ${runtime?.tlsLibrary ?? 'unknown'}; ${navigator.userAgent}`,
    `Run: ${run.state}, ${String(events.length)} events${last === undefined ? '' : `, the last ${last.type}`}`,
  ], 'the report');
}

/** of a stack: the places nearest to the fault */
const LINES = 20;
