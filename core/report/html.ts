/** The report as one HTML file: no script, nothing loaded from anywhere, readable on paper. Everything from outside is escaped. */
import { plainText } from '../base/plain-text.ts';
import { addressSubject, certificateSubject, domainSubject, endpointSubject, mxSubject, rrsetSubject, tlsaSubject, type SubjectId } from '../base/subject.ts';
import { wholeReferences } from '../base/whole-references.ts';
import type { Finding } from '../findings/finding.ts';
import { chainTree } from '../graph/chain-tree.ts';
import type { PlacedGraph } from '../graph/layout.ts';
import { element, markupText, styleElement, type Markup } from '../graph/markup.ts';
import { redactedWords } from '../inspection/redaction-kinds.ts';
import type { Run } from '../inspection/run.ts';
import { targetWords } from '../target/target-words.ts';
import { EDITED_BY_HAND } from './dialogue.ts';
import { circumstances } from './html-circumstances.ts';
import { certificates, consoles, deliveryMatrix, dialogues, findingsList, MOST, MOST_DIALOGUES, tlsaGrids } from './html-evidence.ts';
import { Anchors, list, marked, outside, prose, section, sentence, table } from './html-parts.ts';
import { PAPER_STYLE, REPORT_STYLE, type Paper } from './html-style.ts';
import { answers, MOST_ANSWERS, timing } from './html-timing.ts';
import { treeSubjects, trust } from './html-trust.ts';
import { senderRows, sendersOf } from './senders.ts';
import { OUTCOME_WORDS } from './style.ts';

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

/** The parts of the page whose contents come piece by piece. */
type PartId = ReportSection | 'consoles' | 'circumstances';

/** A long report as it comes to be, between the pieces of which a window can answer. */
export interface HtmlPieces {
  /** The document, with what its parts hold so far: nothing, for a page that takes the pieces in as they come. */
  readonly page: (parts: ReadonlyMap<PartId, readonly Markup[]>) => string;
  /** in the order of the page, once: what follows within the element that has the part's name as its id */
  readonly pieces: Iterable<HtmlPiece>;
}

export interface HtmlPiece {
  readonly part: PartId;
  readonly markup: Markup;
}

/** @param placed the trust graph of the run, laid out; null leaves the picture out, not its words */
export function htmlReport(run: Run, findings: readonly Finding[], placed: PlacedGraph | null, options: HtmlOptions = {}): string {
  const { page, pieces } = htmlPieces(run, findings, placed, options);
  return page(gathered(pieces));
}

export function gathered(pieces: Iterable<HtmlPiece>): ReadonlyMap<PartId, readonly Markup[]> {
  const parts = new Map<PartId, Markup[]>();
  for (const { part, markup } of pieces) {
    const held = parts.get(part);
    if (held === undefined) parts.set(part, [markup]);
    else held.push(markup);
  }
  return parts;
}

/** As {@link htmlReport}, in pieces. */
export function htmlPieces(run: Run, findings: readonly Finding[], placed: PlacedGraph | null, { sections = new Set(REPORT_SECTIONS), paper = null }: HtmlOptions = {}): HtmlPieces {
  const anchors = new Anchors(subjectsOf(run, placed, sections));
  const top = header(run, anchors);
  const ids = partsOf(run, sections);
  const told: Told = { run, findings, placed, anchors };
  return {
    page: (parts) => `<!DOCTYPE html>\n${markupText(element('html', { lang: 'en' }, head(run, paper), element('body', {}, top, contents(ids),
      element('main', {}, ...ids.map((id) => section(id, PART_TITLES[id], parts.get(id) ?? []))))))}\n`,
    pieces: piecesOf(ids, told),
  };
}

function* piecesOf(ids: readonly PartId[], told: Told): Generator<HtmlPiece> {
  for (const part of ids) for (const markup of CONTENTS[part](told)) yield { part, markup };
}

const partsOf = ({ consoles: typed }: Run, sections: ReadonlySet<ReportSection>): readonly PartId[] =>
  [...REPORT_SECTIONS.filter((name) => sections.has(name)), ...(typed.length === 0 || !sections.has('dialogues') ? [] : ['consoles'] as const), 'circumstances'];

function head(run: Run, paper: Paper | null): Markup {
  return element('head', {},
    element('meta', { charset: 'utf-8' }), element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }), element('meta', { name: 'referrer', content: 'no-referrer' }), element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, `${targetOf(run, 200)}: ${plainText(run.outcome.headline, 200)}`), styleElement(paper === null ? REPORT_STYLE : `${REPORT_STYLE}${PAPER_STYLE[paper]}`));
}

interface Told {
  readonly run: Run;
  readonly findings: readonly Finding[];
  readonly placed: PlacedGraph | null;
  readonly anchors: Anchors;
}

const CONTENTS: { readonly [Part in PartId]: (told: Told) => Iterable<Markup> } = {
  senders: ({ run }) => [senders(run)],
  matrix: ({ run, anchors }) => deliveryMatrix(run, anchors),
  findings: ({ findings, anchors }) => findingsList(findings, anchors),
  tlsa: ({ run, anchors }) => tlsaGrids(run, anchors),
  certificates: ({ run, anchors }) => certificates(run, anchors),
  trust: ({ run, placed, anchors }) => trust(run, placed, anchors),
  timing: ({ run }) => timing(run),
  answers: ({ run, anchors }) => answers(run, anchors),
  dialogues: ({ run, anchors }) => dialogues(run, anchors),
  consoles: ({ run }) => consoles(run),
  circumstances: ({ run }) => circumstances(run),
};

const PART_TITLES: { readonly [Part in PartId]: string } = { ...SECTION_TITLES, consoles: 'Console', circumstances: 'Circumstances' };

/** Whoever reads it on a screen goes where they want; on paper it would say nothing. */
const contents = (ids: readonly PartId[]): Markup => element('nav', { 'aria-label': 'Contents' }, list(ids.map((id) => element('a', { href: `#${id}` }, PART_TITLES[id]))));

const targetOf = ({ context }: Run, longest: number): string => (context === null ? 'No run' : targetWords(context.target, longest));

function header(run: Run, anchors: Anchors): Markup {
  const [sign, tone] = OUTCOME_WORDS[run.outcome.outcome];
  const words = run.outcome.outcome === 'tls-required-unauthenticated' ? 'TLS required, unauthenticated' : run.outcome.outcome.replaceAll('-', ' ');
  const rfc = run.outcome.rfc === null ? '' : ` (${run.outcome.rfc})`;
  const { context } = run;
  const domain = domainOf(run);
  const redacted = redactedWords(context?.redacted);
  return element('header', {},
    element('h1', { id: domain === null ? null : anchors.claim(domain) }, outside(targetOf(run, 300), 700)),
    element('p', { class: 'headline' }, marked(tone, sign, words), ': ', prose(`${run.outcome.headline}${rfc}`, 600)),
    run.state === 'finished' ? null : element('p', { class: 'tone-doubtful' }, 'The run is not whole: ', prose(run.failure ?? run.state)),
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
  const rows = senderRows(sendersOf(run).domain).map(({ sender, example, does, text, rfc, tlsrpt }) => ({ cells: [`${sender} (${example})`, does, sentence(text), element('bdi', { class: 'reference' }, wholeReferences(rfc)), tlsrpt ?? '–'] }));
  return table('Mail for the domain, by kind of sender', ['Sender', 'Does', 'Why', 'Rule', 'Reports (RFC 8460)'], rows);
}

/** Everything that has a place in the sections that are told. */
function subjectsOf(run: Run, placed: PlacedGraph | null, sections: ReadonlySet<ReportSection>): readonly SubjectId[] {
  const domain = domainOf(run);
  const places: { readonly [Section in ReportSection]?: () => readonly SubjectId[] } = {
    matrix: () => run.endpoints.slice(0, MOST).flatMap(({ verdict: { host, address, keyType } }) => [endpointSubject(host, address, keyType), mxSubject(host), addressSubject(host, address)]),
    tlsa: () => run.endpoints.slice(0, MOST).flatMap(({ verdict: { host } }) => (run.hosts.find(({ name }) => name === host)?.records ?? []).map(({ index }) => tlsaSubject(host, index))),
    certificates: () => Object.keys(run.certificates).slice(0, MOST).map(certificateSubject),
    trust: () => [...treeSubjects(chainTree(run)), ...(placed === null ? [] : placed.graph.nodes.map(({ subject }) => subject))],
    answers: () => run.lookups.slice(0, MOST_ANSWERS).map(({ name, rrtype }) => rrsetSubject(name, rrtype)),
    dialogues: () => run.connections.slice(0, MOST_DIALOGUES).map(({ subject }) => subject),
  };
  return [...(domain === null ? [] : [domain]), ...REPORT_SECTIONS.filter((name) => sections.has(name)).flatMap((name) => places[name]?.() ?? [])];
}
