/** How long everything took, and what each name server answered, in the HTML report. */
import { rrsetSubject } from '../base/subject.ts';
import { element, type Child, type Markup } from '../graph/markup.ts';
import type { DnsExchange, Run } from '../inspection/run.ts';
import type { SmtpPhase } from '../smtp/facts.ts';
import { isNarrower } from '../smtp/purpose.ts';
import { codeOf, firstOf, list, marked, outside, securityStatus, tables, word, type Anchors } from './html-parts.ts';
import { serversText } from './servers.ts';

/** A run file may hold any number of anything. */
export const MOST_ANSWERS = 300;

const PHASES: readonly (readonly [phase: SmtpPhase, title: string])[] = [
  ['connect', 'Connect'], ['banner', 'Banner'], ['ehlo', 'EHLO'], ['starttls', 'STARTTLS'], ['handshake', 'TLS'], ['ehlo-protected', 'EHLO in TLS'], ['quit', 'QUIT'],
];

export function* timing({ connections }: Run): Generator<Markup> {
  if (connections.length === 0) yield element('p', {}, 'No connection was made.');
  yield* tables(`Each connection; times in ms${firstOf(MOST_ANSWERS, connections.length)}`, ['Connection', 'Offer', 'Began at', ...PHASES.map(([, title]) => title)], connections.slice(0, MOST_ANSWERS), ({ connection, startedAt, phases }) => ({ cells: [
    outside(`${connection.host} ${connection.address}`), connection.purpose === 'default' ? 'the usual offer' : outside(connection.purpose, 40), String(Math.round(startedAt)), ...PHASES.map(([phase]) => took(phases[phase], phase === 'handshake' && isNarrower(connection.purpose))),
  ] }));
}

/** @param mayFail it asked for what the server need not have */
function took(phase: { readonly state: 'started' | 'done' | 'failed'; readonly elapsedMs: number } | undefined, mayFail: boolean): Child {
  if (phase === undefined) return '–';
  const time = String(Math.round(phase.elapsedMs));
  if (phase.state === 'done') return time;
  if (phase.state === 'failed' && mayFail) return marked('quiet', '–', `declined after ${time}`);
  return phase.state === 'failed' ? marked('bad', '✖', `failed after ${time}`) : marked('quiet', '⋯', 'not finished');
}

export function* answers(run: Run, anchors: Anchors): Generator<Markup> {
  const { lookups } = run;
  if (lookups.length === 0) return yield element('p', {}, 'None.');
  yield* tables(`Each question that was asked for${firstOf(MOST_ANSWERS, lookups.length)}`, ['Question', 'Status', 'Answer', 'ms', 'Records', 'Why'], lookups.slice(0, MOST_ANSWERS), ({ name, rrtype, lookup }) => ({
    id: anchors.claim(rrsetSubject(name, rrtype)),
    cells: [
      outside(`${name} ${rrtype}`), securityStatus(lookup?.status), word(lookup?.rcode ?? 'pending'), lookup === null ? '–' : String(Math.round(lookup.elapsedMs)),
      lookup === null || lookup.records.length === 0 ? '–' : list(lookup.records.slice(0, 30).map(({ type, text }) => codeOf(`${type} ${text}`, 300))), lookup?.reason == null ? '–' : outside(lookup.reason.text, 600),
    ],
  }));
  yield* compared(run);
  yield* servers(run);
}

function* compared(run: Run): Generator<Markup> {
  const [title, ...lines] = serversText(run);
  if (title === undefined) return;
  yield element('h3', {}, title.replace(/:$/, ''));
  yield element('pre', { role: 'group', tabindex: 0, 'aria-label': title }, ...lines.slice(0, MOST_ANSWERS).flatMap((line) => [outside(line, 600), '\n']));
}

const servers = ({ exchanges }: Run): Iterable<Markup> =>
  tables(`Each message to each name server${firstOf(MOST_ANSWERS, exchanges.length)}`, ['Question', 'Name server', 'Zone', 'By', 'Answer', 'ms', 'Octets'], exchanges.slice(0, MOST_ANSWERS), (exchange) => ({ cells: [
    outside(`${exchange.name} ${exchange.rrtype}`), outside(serverOf(exchange)), outside(exchange.zone ?? '–', 300), exchange.transport.toUpperCase(), ...answered(exchange),
  ] }));

const serverOf = ({ server }: DnsExchange): string => (server.name === null ? server.address : `${server.name} ${server.address}`);

function answered({ answer, failure }: DnsExchange): readonly Child[] {
  if (answer === null) return [failure === null ? marked('quiet', '⋯', 'no answer yet') : marked('bad', '✖', failure.code), '–', '–'];
  const flags = [answer.authoritative ? 'AA' : '', answer.truncated ? 'TC' : '', answer.authenticatedData ? 'AD' : ''].filter((flag) => flag !== '');
  return [word([answer.rcode, ...flags].join(' ')), String(Math.round(answer.rttMs)), String(answer.size)];
}
