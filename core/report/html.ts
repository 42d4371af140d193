/** The report as one HTML file: no script, nothing loaded from anywhere, readable on paper. Everything from outside is escaped. */
import { plainText } from '../base/plain-text.ts';
import { certificateSubject, endpointSubject, tlsaSubject, type SubjectId } from '../base/subject.ts';
import type { Finding } from '../findings/finding.ts';
import type { PlacedGraph } from '../graph/layout.ts';
import { element, markupText, styleElement, type Markup } from '../graph/markup.ts';
import { graphSentences, graphSummary } from '../graph/sentences.ts';
import { svgImage } from '../graph/svg.ts';
import type { Run } from '../inspection/run.ts';
import { EDITED_BY_HAND } from './dialogue.ts';
import { circumstances } from './html-circumstances.ts';
import { answers, certificates, connectionId, consoles, deliveryMatrix, dialogues, findingsList, tlsaGrids } from './html-evidence.ts';
import { Anchors, marked, outside, section, table } from './html-parts.ts';
import { REPORT_STYLE } from './html-style.ts';
import { senderRows, sendersOf } from './senders.ts';
import { OUTCOME_WORDS } from './style.ts';

/** Inline styles are the only thing that the file itself may use. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** @param placed the trust graph of the run, laid out; null leaves the picture out, not its words */
export function htmlReport(run: Run, findings: readonly Finding[], placed: PlacedGraph | null): string {
  const title = `${plainText(targetOf(run), 200)}: ${plainText(run.outcome.headline, 200)}`;
  const anchors = new Anchors(subjectsOf(run, placed));
  const head = element('head', {},
    element('meta', { charset: 'utf-8' }), element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }), element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }), element('title', {}, title), styleElement(REPORT_STYLE));
  const body = element('body', {}, header(run), element('main', {},
    section('senders', 'What senders do', senders(run)),
    section('matrix', 'Endpoints', deliveryMatrix(run, anchors)),
    section('findings', 'Findings', findingsList(findings, anchors)),
    section('tlsa', 'TLSA records against certificates', ...tlsaGrids(run, anchors)),
    section('certificates', 'Certificates', ...certificates(run, anchors)),
    section('trust', 'Chain of trust', ...trust(run, placed, anchors)),
    section('answers', 'DNS answers', answers(run)),
    section('dialogues', 'SMTP dialogues', ...dialogues(run, anchors)),
    ...(run.consoles.length === 0 ? [] : [section('consoles', 'Console', ...consoles(run))]),
    section('circumstances', 'Circumstances', ...circumstances(run))));
  return `<!DOCTYPE html>\n${markupText(element('html', { lang: 'en' }, head, body))}\n`;
}

const targetOf = (run: Run): string => run.context?.target.input ?? 'No run';

function header(run: Run): Markup {
  const [sign, tone] = OUTCOME_WORDS[run.outcome.outcome];
  const rfc = run.outcome.rfc === null ? '' : ` (${run.outcome.rfc})`;
  const incomplete = run.state === 'finished' ? null : element('p', { class: 'tone-doubtful' }, 'The run is not whole: ', outside(run.failure ?? run.state));
  const when = run.context === null ? null : element('p', { class: 'quiet' }, 'Checked ', outside(run.context.startedAt, 40), ' by Danescope ', outside(run.context.version, 40), run.context.lab === null ? null : ' in the practice lab', '.');
  return element('header', {}, element('h1', {}, outside(targetOf(run), 300)), element('p', { class: 'headline' }, marked(tone, sign, ''), outside(`${run.outcome.headline}${rfc}`, 600)), incomplete, run.edited ? element('p', { class: 'tone-doubtful' }, EDITED_BY_HAND) : null, when);
}

function senders(run: Run): Markup {
  if (run.destination === null) return element('p', {}, 'Not known: no mail host was looked up.');
  const rows = senderRows(sendersOf(run).domain).map(({ sender, example, does, text, rfc, tlsrpt }) => ({ cells: [`${sender} (${example})`, does, outside(text, 600), rfc, tlsrpt ?? '–'] }));
  return table('Mail for the domain, by kind of sender', ['Sender', 'Does', 'Why', 'Rule', 'Reports (RFC 8460)'], rows);
}

function trust(run: Run, placed: PlacedGraph | null, anchors: Anchors): Markup[] {
  if (placed === null) return [element('p', {}, 'No picture was made.')];
  const { graph } = placed;
  const picture = element('div', { class: 'picture wide', role: 'group', tabindex: 0, 'aria-label': 'Picture of the chain of trust' }, svgImage(placed, graphSummary(graph)));
  const nodes = graph.nodes.map(({ subject, status, lines, marks, detail }) => element('li', { id: anchors.claim(subject) },
    marked(status.code, status.sign, status.word), ' ', outside(lines.join(' ')), marks.length === 0 ? null : ` (${marks.join(', ')})`, detail === '' ? null : ': ', detail === '' ? null : outside(detail)));
  return [picture, element('h3', {}, 'The same in words'), element('p', {}, ...graphSentences(graph, run).flatMap((sentence) => [outside(sentence, 800), ' '])), element('h3', {}, 'Everything in the picture'), nodes.length === 0 ? element('p', {}, 'Nothing.') : element('ul', {}, ...nodes)];
}

function subjectsOf(run: Run, placed: PlacedGraph | null): readonly SubjectId[] {
  return [
    ...run.endpoints.map(({ verdict }) => endpointSubject(verdict.host, verdict.address, verdict.keyType)), ...Object.keys(run.certificates).map(certificateSubject),
    ...run.hosts.flatMap(({ name, records }) => records.map(({ index }) => tlsaSubject(name, index))), ...run.connections.map((connection) => connectionId(run, connection)),
    ...(placed === null ? [] : placed.graph.nodes.map(({ subject }) => subject)),
  ];
}
