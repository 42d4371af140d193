/** Under which circumstances a report came to be, and what was not tested. */
import { element, type Child, type Markup } from '../graph/markup.ts';
import type { RunContext } from '../inspection/events.ts';
import type { Run } from '../inspection/run.ts';
import { anchorWarningTexts } from './anchor-words.ts';
import { facts, list, outside, separated } from './html-parts.ts';

export function circumstances(run: Run): Markup[] {
  const { context } = run;
  if (context === null) return [element('p', {}, 'No run.')];
  const missing = notTested(run);
  return [
    facts([
      ['Target', outside(context.target.input)], ['Asked for', askedFor(context)], ['Started (UTC)', outside(context.startedAt, 40)], ['Ended (UTC)', outside(endOf(context, run.elapsedMs), 40)],
      ['Program', outside(`Danescope ${context.version}`, 60)], ['Seen from', vantage(context)], ['Resolver', resolver(context)], ['Trust anchors', anchorFacts(run)],
      ['TLS library', outside(context.tlsLibrary, 100)], ['Probing', context.probe === 'full' ? 'one handshake for each key type' : 'one handshake for each address'],
      ['Limits (ms)', Object.entries(context.timeouts).map(([step, limit]) => `${step} ${String(Number(limit))}`).join(', ')],
    ]),
    element('h3', {}, 'Not tested'), missing.length === 0 ? element('p', {}, 'Nothing was left out.') : list(missing),
  ];
}

const askedFor = ({ target }: RunContext): Child => (target.kind === 'mail-domain' ? 'mail domain' : `one host, port ${String(target.port)}${target.tls === 'on-connect' ? ', TLS on connect' : ''}`);

function endOf({ startedAt }: RunContext, elapsedMs: number): string {
  const end = new Date(Date.parse(startedAt) + elapsedMs);
  return Number.isNaN(end.getTime()) ? 'unknown' : end.toISOString();
}

const vantage = ({ helo, families, lab }: RunContext): Markup => outside(`${lab === null ? 'this computer' : lab}, EHLO ${helo}, ${families.map((family) => `IPv${String(family)}`).join(' and ')}`);

function resolver({ resolver: { mode, servers, why } }: RunContext): Markup {
  const text = mode === 'iterative' ? 'resolved from the root, asking the authoritative name servers' : `forwarded to ${servers.map(({ address, port }) => `${address} port ${String(port)}`).join(', ')}; validated here`;
  return outside(why === null ? text : `${text} (${why})`, 600);
}

function anchorFacts(run: Run): Markup {
  const told = new Set(run.anchors.map(({ keyTag, label, kind, source, since }) => `${label === null ? '' : `${label} `}${String(keyTag)} (${kind} from ${source}${since === null ? ', date not known' : `, since ${since}`})`));
  const warnings = run.context === null ? [] : anchorWarningTexts(run.context);
  return separated([...told, ...warnings].map((text) => outside(text, 600)), '; ');
}

/** What a reader might believe was tested, with the reason why it was not. */
function notTested(run: Run): Child[] {
  const { context, endpoints, hosts, connections } = run;
  const without = hosts.filter(({ name }) => !endpoints.some(({ verdict }) => verdict.host === name));
  const untold = endpoints.filter(({ verdict }) => verdict.outcome === 'not-determined' || verdict.outcome === 'pending');
  return [
    ...(run.state === 'finished' ? [] : [outside(`All that would have come later: the run is ${run.state}${run.failure === null ? '' : `: ${run.failure}`}.`)]),
    ...([4, 6] as const).filter((family) => context !== null && !context.families.includes(family)).map((family) => `IPv${String(family)}: left out by option or not there.`),
    ...(context?.probe === 'quick' ? ['Other key types than the one each server chose: quick probing.'] : []),
    ...without.map(({ name, reason }) => outside(`${name}: ${reason.text}`, 600)),
    ...untold.map(({ verdict }) => outside(`${verdict.host} ${verdict.address}: ${verdict.reason.text}`, 600)),
    ...connections.flatMap(({ connection, notices }) => notices.filter(({ code }) => code === 'probing-stopped').map(({ text }) => outside(`${connection.host} ${connection.address}: ${text}`, 600))),
  ].slice(0, 200);
}
