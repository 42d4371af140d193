/** The report as one HTML file: no script, nothing loaded from anywhere, readable on paper. Everything from outside is escaped. */
import { plainText } from '../base/plain-text.ts';
import { addressSubject, certificateSubject, domainSubject, endpointSubject, mxSubject, rrsetSubject, tlsaSubject, type SubjectId } from '../base/subject.ts';
import type { Finding } from '../findings/finding.ts';
import { chainTree, type TreeNode } from '../graph/chain-tree.ts';
import type { PlacedGraph } from '../graph/layout.ts';
import { element, markupText, styleElement, together, type Markup } from '../graph/markup.ts';
import { graphSentences, graphSummary } from '../graph/sentences.ts';
import { svgImage } from '../graph/svg.ts';
import { redactedWords } from '../inspection/redaction-kinds.ts';
import type { Run } from '../inspection/run.ts';
import { EDITED_BY_HAND } from './dialogue.ts';
import { circumstances } from './html-circumstances.ts';
import { certificates, consoles, deliveryMatrix, dialogues, findingsList, MOST, MOST_DIALOGUES, tlsaGrids } from './html-evidence.ts';
import { Anchors, list, marked, outside, section, sentence, table } from './html-parts.ts';
import { PAPER_STYLE, REPORT_STYLE, type Paper } from './html-style.ts';
import { answers, MOST_ANSWERS, timing } from './html-timing.ts';
import { senderRows, sendersOf } from './senders.ts';
import { OUTCOME_WORDS, STATUS_SIGNS } from './style.ts';

/** Inline styles are the only thing that the file itself may use. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const REPORT_SECTIONS = ['senders', 'matrix', 'findings', 'tlsa', 'certificates', 'trust', 'timing', 'answers', 'dialogues'] as const;
export type ReportSection = (typeof REPORT_SECTIONS)[number];

export const SECTION_TITLES: { readonly [Section in ReportSection]: string } = {
  senders: 'What senders do', matrix: 'Endpoints', findings: 'Findings', tlsa: 'TLSA records against certificates', certificates: 'Certificates as presented', trust: 'Chain of trust',
  timing: 'Timing', answers: 'DNS answers', dialogues: 'SMTP dialogues',
};

export interface HtmlOptions {
  /** what is told; the headline and the circumstances always are */
  readonly sections?: ReadonlySet<ReportSection>;
  /** for a file that is printed without being asked; null leaves it to who prints */
  readonly paper?: Paper | null;
}

/** @param placed the trust graph of the run, laid out; null leaves the picture out, not its words */
export function htmlReport(run: Run, findings: readonly Finding[], placed: PlacedGraph | null, options: HtmlOptions = {}): string {
  const steps = htmlReportSteps(run, findings, placed, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same section by section, between which a window can answer. */
export function* htmlReportSteps(run: Run, findings: readonly Finding[], placed: PlacedGraph | null, { sections = new Set(REPORT_SECTIONS), paper = null }: HtmlOptions = {}): Generator<undefined, string> {
  const title = `${plainText(targetOf(run), 200)}: ${plainText(run.outcome.headline, 200)}`;
  const anchors = new Anchors(subjectsOf(run, placed, sections));
  const head = element('head', {},
    element('meta', { charset: 'utf-8' }), element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }), element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }), element('title', {}, title), styleElement(paper === null ? REPORT_STYLE : `${REPORT_STYLE}${PAPER_STYLE[paper]}`));
  const shown = REPORT_SECTIONS.filter((name) => sections.has(name));
  const top = header(run, anchors);
  const told: Markup[] = [];
  for (const name of shown) {
    yield;
    told.push(section(name, SECTION_TITLES[name], ...CONTENTS[name]({ run, findings, placed, anchors })));
  }
  yield;
  const body = element('body', {}, top, contents(shown, run), element('main', {},
    ...told,
    ...(run.consoles.length === 0 || !sections.has('dialogues') ? [] : [section('consoles', 'Console', ...consoles(run))]),
    section('circumstances', 'Circumstances', ...circumstances(run))));
  return `<!DOCTYPE html>\n${markupText(element('html', { lang: 'en' }, head, body))}\n`;
}

interface Told {
  readonly run: Run;
  readonly findings: readonly Finding[];
  readonly placed: PlacedGraph | null;
  readonly anchors: Anchors;
}

const CONTENTS: { readonly [Section in ReportSection]: (told: Told) => readonly Markup[] } = {
  senders: ({ run }) => [senders(run)],
  matrix: ({ run, anchors }) => [deliveryMatrix(run, anchors)],
  findings: ({ findings, anchors }) => [findingsList(findings, anchors)],
  tlsa: ({ run, anchors }) => tlsaGrids(run, anchors),
  certificates: ({ run, anchors }) => certificates(run, anchors),
  trust: ({ run, placed, anchors }) => trust(run, placed, anchors),
  timing: ({ run }) => [timing(run)],
  answers: ({ run, anchors }) => answers(run, anchors),
  dialogues: ({ run, anchors }) => dialogues(run, anchors),
};

/** Whoever reads it on a screen goes where they want; on paper it would say nothing. */
const contents = (shown: readonly ReportSection[], run: Run): Markup => element('nav', { 'aria-label': 'Contents' }, list([
  ...shown.map((name) => element('a', { href: `#${name}` }, SECTION_TITLES[name])),
  ...(run.consoles.length === 0 || !shown.includes('dialogues') ? [] : [element('a', { href: '#consoles' }, 'Console')]), element('a', { href: '#circumstances' }, 'Circumstances'),
]));

const targetOf = (run: Run): string => run.context?.target.input ?? 'No run';

function header(run: Run, anchors: Anchors): Markup {
  const [sign, tone] = OUTCOME_WORDS[run.outcome.outcome];
  const words = run.outcome.outcome === 'tls-required-unauthenticated' ? 'TLS required, unauthenticated' : run.outcome.outcome.replaceAll('-', ' ');
  const rfc = run.outcome.rfc === null ? '' : ` (${run.outcome.rfc})`;
  const { context } = run;
  const domain = domainOf(run);
  const redacted = redactedWords(context?.redacted);
  return element('header', {},
    element('h1', { id: domain === null ? null : anchors.claim(domain) }, outside(targetOf(run), 300)),
    element('p', { class: 'headline' }, marked(tone, sign, words), ': ', outside(`${run.outcome.headline}${rfc}`, 600)),
    run.state === 'finished' ? null : element('p', { class: 'tone-doubtful' }, 'The run is not whole: ', outside(run.failure ?? run.state)),
    run.edited ? element('p', { class: 'tone-doubtful' }, EDITED_BY_HAND) : null,
    context === null ? null : element('p', { class: 'quiet' }, 'Checked ', outside(context.startedAt, 40), ' by Danescope ', outside(context.version, 40), context.lab === null ? null : ' in the practice lab', '.'),
    redacted === null ? null : element('p', { class: 'quiet' }, `Redacted: ${redacted}.`));
}

function domainOf({ context }: Run): SubjectId | null {
  if (context === null) return null;
  return context.target.kind === 'mail-domain' ? domainSubject(context.target.domain) : mxSubject(context.target.host);
}

function senders(run: Run): Markup {
  if (run.destination === null) return element('p', {}, 'Not known: no mail host was looked up.');
  const rows = senderRows(sendersOf(run).domain).map(({ sender, example, does, text, rfc, tlsrpt }) => ({ cells: [`${sender} (${example})`, does, sentence(text), rfc, tlsrpt ?? '–'] }));
  return table('Mail for the domain, by kind of sender', ['Sender', 'Does', 'Why', 'Rule', 'Reports (RFC 8460)'], rows);
}

function trust(run: Run, placed: PlacedGraph | null, anchors: Anchors): Markup[] {
  const words = (sentences: readonly string[]): Markup => list(sentences.map((sentence) => outside(sentence, 800)));
  const tree = [element('h3', {}, 'From the trust anchor down'), treeList(chainTree(run), anchors, 0)];
  if (placed === null) return [element('p', {}, 'No picture was made.'), ...tree];
  const { graph } = placed;
  const picture = element('div', { class: 'picture wide', role: 'group', tabindex: 0, 'aria-label': 'Picture of the chain of trust' }, svgImage(placed, graphSummary(graph)));
  const nodes = graph.nodes.map(({ subject, status, lines, marks, detail }) => element('li', { id: anchors.claim(subject) },
    marked(status.code, status.sign, status.word), ' ', outside(lines.join(' ')), marks.length === 0 ? null : ` (${marks.join(', ')})`, detail === '' ? null : ': ', detail === '' ? null : outside(detail)));
  return [picture, element('h3', {}, 'The same in words'), words(graphSentences(graph, run)), ...tree, element('h3', {}, 'Everything in the picture'), nodes.length === 0 ? element('p', {}, 'Nothing.') : element('ul', {}, ...nodes)];
}

/** A saved run may nest as deep as it likes. */
const MAXIMUM_DEPTH = 40;
const MAXIMUM_CHILDREN = 200;

function treeList(nodes: readonly TreeNode[], anchors: Anchors, depth: number): Markup {
  if (nodes.length === 0) return element('p', {}, 'Nothing is known.');
  const more = nodes.length - MAXIMUM_CHILDREN;
  return element('ul', { class: 'tree' }, ...nodes.slice(0, MAXIMUM_CHILDREN).map(({ subject, status, word = status, label, detail, children }) => {
    const [sign, tone] = STATUS_SIGNS[status];
    return element('li', { id: anchors.claim(subject) }, marked(tone, sign, word), ' ', outside(label, 400), detail === '' ? null : together(': ', outside(detail, 600)), children.length === 0 || depth >= MAXIMUM_DEPTH ? null : treeList(children, anchors, depth + 1));
  }), more > 0 ? element('li', {}, `and ${String(more)} more`) : null);
}

/** Everything that has a place in the sections that are told. */
function subjectsOf(run: Run, placed: PlacedGraph | null, sections: ReadonlySet<ReportSection>): readonly SubjectId[] {
  const domain = domainOf(run);
  const places: { readonly [Section in ReportSection]?: () => readonly SubjectId[] } = {
    matrix: () => run.endpoints.slice(0, MOST).flatMap(({ verdict: { host, address, keyType } }) => [endpointSubject(host, address, keyType), mxSubject(host), addressSubject(host, address)]),
    tlsa: () => run.endpoints.slice(0, MOST).flatMap(({ verdict: { host } }) => (run.hosts.find(({ name }) => name === host)?.records ?? []).map(({ index }) => tlsaSubject(host, index))),
    certificates: () => Object.keys(run.certificates).slice(0, MOST).map(certificateSubject),
    trust: () => [...treeSubjects(chainTree(run), 0), ...(placed === null ? [] : placed.graph.nodes.map(({ subject }) => subject))],
    answers: () => run.lookups.slice(0, MOST_ANSWERS).map(({ name, rrtype }) => rrsetSubject(name, rrtype)),
    dialogues: () => run.connections.slice(0, MOST_DIALOGUES).map(({ subject }) => subject),
  };
  return [...(domain === null ? [] : [domain]), ...REPORT_SECTIONS.filter((name) => sections.has(name)).flatMap((name) => places[name]?.() ?? [])];
}

const treeSubjects = (nodes: readonly TreeNode[], depth: number): readonly SubjectId[] =>
  nodes.slice(0, MAXIMUM_CHILDREN).flatMap(({ subject, children }) => [subject, ...(depth >= MAXIMUM_DEPTH ? [] : treeSubjects(children, depth + 1))]);
