/** Under which circumstances a report came to be, and what was not tested: the same in every format. Nothing is escaped here. */
import type { RunContext } from '../inspection/events.ts';
import { redactedWords } from '../inspection/redaction-kinds.ts';
import type { Run } from '../inspection/run.ts';
import { targetWords } from '../target/target-words.ts';
import { waitWords } from './wait-words.ts';
import { anchorWarningTexts } from './anchor-words.ts';
import { clockWords } from './clock-words.ts';
import { sourcesText } from './vantage-words.ts';

export type Circumstance = readonly [name: string, text: string];

/** Empty where no run began. Texts from outside are among them: escape before showing. */
export function circumstanceRows(run: Run): readonly Circumstance[] {
  const { context } = run;
  if (context === null) return [];
  return [
    ['Target', targetWords(context.target)], ['Asked for', askedFor(context)], ['Started (UTC)', context.startedAt], ['Ended (UTC)', endedAt(run)],
    ['Program', `Danescope ${context.version}`], ['Seen from', vantage(context)], ['Resolver', resolver(context)], ...nameServerRow(context), ['Trust anchors', anchors(run)],
    ['TLS library', context.tlsLibrary], ['Clock offset', clockWords(run).whole], ['Probing', PROBES[context.probe]],
    ['Limits (ms)', Object.entries(context.timeouts).map(([step, limit]) => `${step} ${String(Number(limit))}`).join(', ')],
    ['Redacted', redactedWords(context.redacted) ?? 'nothing'],
  ];
}

const PROBES: { readonly [Depth in RunContext['probe']]: string } = {
  quick: 'one handshake for each address', full: 'one handshake for each key type, with TLS 1.3 and 1.2', intrusive: 'one handshake for each key type, with TLS 1.3 and 1.2, and a command behind STARTTLS',
};

const askedFor = ({ target }: RunContext): string => (target.kind === 'mail-domain' ? 'mail domain' : 'one host') + (target.port === 25 && target.tls === 'starttls' ? '' : `, port ${String(target.port)}${target.tls === 'on-connect' ? ', TLS on connect' : ''}`);

/** Of the last event, where the run is not over. */
export function endedAt({ context, elapsedMs, state }: Run): string {
  const end = new Date(Date.parse(context?.startedAt ?? '') + elapsedMs);
  const text = Number.isNaN(end.getTime()) ? 'unknown' : end.toISOString();
  return state === 'running' ? `not yet; last event ${text}` : text;
}

function vantage(context: RunContext): string {
  const sources = sourcesText(context);
  return `${context.lab ?? 'this computer'}${sources === null ? '' : ` at ${sources}, before any translator`}, EHLO ${context.helo}, ${context.families.map((family) => `IPv${String(family)}`).join(' and ')}`;
}

function resolver({ resolver: { mode, servers, why } }: RunContext): string {
  const text = mode === 'iterative' ? 'resolved from the root, asking the authoritative name servers' : `forwarded to ${servers.map(({ address, port }) => `${address} port ${String(port)}`).join(', ')}; validated here`;
  return why === null ? text : `${text} (${why})`;
}

/** How many name servers of a zone were asked, and whether they saw whole names; null where the run file is older than the words. */
export function nameServerWords({ allServers, minimiseQueryNames = false }: RunContext): string | null {
  if (allServers === undefined) return null;
  const asked = allServers ? 'every one asked at every address, and their answers compared' : 'as many asked as it took for an answer; not compared';
  return `${asked}${minimiseQueryNames ? '; each told no more of a name than it needs (RFC 9156)' : ''}`;
}

function nameServerRow(context: RunContext): readonly Circumstance[] {
  const words = nameServerWords(context);
  return words === null ? [] : [['Name servers', words]];
}

function anchors(run: Run): string {
  const told = new Set(run.anchors.map(({ keyTag, label, kind, source, since }) => `${label === null ? '' : `${label} `}${String(keyTag)} (${kind} from ${source}${since === null ? ', date not known' : `, since ${since}`})`));
  return [...told, ...(run.context === null ? [] : anchorWarningTexts(run.context))].join('; ');
}

/** Why the run told no more, as the end of a sentence. */
function notWhole({ state, failure }: Run): string {
  if (state === 'running') return 'the run goes on';
  if (state === 'stopped') return failure ?? 'stopped';
  return `the run failed${failure === null ? '' : `: ${failure}`}`;
}

const MOST = 200;

/** What a reader might believe was tested, with the reason why it was not. */
export function notTested(run: Run): readonly string[] {
  const { context, endpoints, hosts, connections } = run;
  const without = hosts.filter(({ name }) => !endpoints.some(({ verdict }) => verdict.host === name));
  const untold = endpoints.filter(({ verdict }) => verdict.outcome === 'not-determined' || verdict.outcome === 'pending');
  return [
    ...(run.state === 'finished' ? [] : [`All that would have come later: ${notWhole(run)}.`]),
    ...([4, 6] as const).filter((family) => context !== null && !context.families.includes(family)).map((family) => `IPv${String(family)}: left out by option or not there.`),
    ...(context?.probe === 'quick' ? ['Other key types than the one each server chose: quick probing.'] : []),
    ...(run.waiting ?? []).flatMap((wait) => (wait.waits === 'run' ? [waitWords(wait)] : [])),
    ...without.map(({ name, addresses, reason }) => `${name}: ${run.state !== 'finished' && addresses.length > 0 ? 'no address was looked at before the run ended.' : reason.text}`),
    ...untold.map(({ verdict }) => `${verdict.host} ${verdict.address}: ${verdict.reason.text}`),
    ...connections.flatMap(({ connection, notices }) => notices.filter(({ code }) => code === 'probing-stopped').map(({ text }) => `${connection.host} ${connection.address}: ${text}`)),
  ].slice(0, MOST);
}
