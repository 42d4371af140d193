/** The evidence in the HTML report: endpoints, findings, records against certificates, answers and dialogues. */
import { plainText } from '../base/plain-text.ts';
import { addressSubject, certificateSubject, endpointSubject, mxSubject, tlsaSubject } from '../base/subject.ts';
import type { Comparison } from '../dane/facts.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import type { Finding } from '../findings/finding.ts';
import { comparisonLook } from '../graph/graph-status.ts';
import { element, together, type Child, type Markup } from '../graph/markup.ts';
import type { ConnectionState, EndpointState, Run } from '../inspection/run.ts';
import type { SmtpPhase } from '../smtp/facts.ts';
import { nameInBothForms } from '../target/name-words.ts';
import type { CertificateFact } from '../x509/facts.ts';
import { commandsInText } from './commands-in-text.ts';
import { consoleText, dialogueText } from './dialogue.ts';
import { codeOf, facts, firstOf, labels, leftOut, marked, outside, prose, securityStatus, separated, tables, word, type Anchors, type Row } from './html-parts.ts';
import { OUTCOME_WORDS, SEVERITY_SIGNS } from './style.ts';

/** A run file may hold any number of anything; an inspection has some 360 endpoints at most. */
export const MOST = 400;

export function* deliveryMatrix(run: Run, anchors: Anchors): Generator<Markup> {
  const { endpoints } = run;
  if (endpoints.length === 0) yield element('p', {}, 'No endpoint was reached.');
  yield* tables(`Each address of each mail host, for each key type; times in ms${firstOf(MOST, endpoints.length)}`, ['MX host', 'Address', 'Key', 'MX', 'Addresses', 'TLSA', 'Connect', 'STARTTLS', 'TLS', 'Match', 'Outcome'],
    endpoints.slice(0, MOST), (endpoint) => endpointRow(run, endpoint, anchors));
}

function endpointRow(run: Run, endpoint: EndpointState, anchors: Anchors): Row {
  const { verdict } = endpoint;
  const host = run.hosts.find(({ name }) => name === verdict.host);
  const connection = run.connections.find((state) => state.connection.number === verdict.connection);
  const [sign, tone] = OUTCOME_WORDS[verdict.outcome];
  return { id: anchors.claim(endpointSubject(verdict.host, verdict.address, verdict.keyType)), cells: [
    anchored(anchors.claim(mxSubject(verdict.host)), labels(`${host?.preference == null ? '' : `${String(host.preference)} `}${nameInBothForms(verdict.host)}`)), anchored(anchors.claim(addressSubject(verdict.host, verdict.address)), word(verdict.address)), verdict.keyType ?? '–', securityStatus(host?.mxStatus), securityStatus(host?.addressStatus),
    plainText(host?.tlsa ?? '–', 20), stage(connection, 'connect'), stage(connection, 'starttls'), stage(connection, 'handshake'), matched(endpoint, host?.records ?? []),
    together(marked(tone, sign, verdict.outcome), ': ', prose(verdict.reason.text, 600), verdict.reason.rfc === null ? null : together(' (', prose(verdict.reason.rfc, 80), ')')),
  ] };
}

/** A place inside a row that has one of its own. */
const anchored = (id: string | null, content: Markup): Markup => (id === null ? content : element('span', { id }, content));

function stage(connection: ConnectionState | undefined, phase: SmtpPhase): Child {
  const state = connection?.phases[phase];
  if (state === undefined) return '–';
  const time = String(Math.round(state.elapsedMs));
  if (state.state === 'done') return marked('good', '✔', time);
  return state.state === 'failed' ? marked('bad', '✖', `failed after ${time}`) : marked('quiet', '⋯', 'not finished');
}

function matched({ verdict }: EndpointState, records: readonly TlsaRecord[]): Child {
  const record = records.find(({ index }) => index === verdict.matched?.record);
  return record === undefined ? '–' : `${parameters(record)}${verdict.matched?.depth == null ? '' : `, depth ${String(verdict.matched.depth)}`}`;
}

const parameters = ({ usage, selector, matchingType }: TlsaRecord): string => `${String(usage)} ${String(selector)} ${String(matchingType)}`;

const MOST_EVIDENCE = 20;

export function* findingsList(findings: readonly Finding[], anchors: Anchors): Generator<Markup> {
  if (findings.length === 0) yield element('p', {}, 'None.');
  for (const [index, finding] of findings.slice(0, MOST).entries()) yield findingArticle(finding, index + 1, anchors);
  yield* leftOut(MOST, findings.length, 'findings');
}

function findingArticle({ code, severity, subject, message, rfc, evidence, remedy }: Finding, number: number, anchors: Anchors): Markup {
  const [sign, tone] = SEVERITY_SIGNS[severity];
  return element('article', { id: `finding-${String(number)}` },
    element('h3', {}, marked(tone, sign, severity), ': ', outside(code, 80)), element('p', {}, prose(message, 2000), ' (', prose(rfc, 80), ')'),
    element('p', { class: 'quiet' }, 'About ', anchors.link(subject, outside(subject.replace(':', ' ').replaceAll('/', ' · '), 300))),
    remedy === null ? null : element('p', {}, element('strong', {}, 'Fix: '), ...commandsInText(remedy.text).map((part) => (part.isCommand ? codeOf(part.text, 1000) : prose(part.text, 1000)))),
    remedy?.copy == null ? null : element('pre', {}, ...remedy.copy.split('\n').slice(0, 50).flatMap((line) => [outside(line, 4096), '\n'])),
    evidence.length === 0 ? null : element('p', { class: 'quiet' }, 'Evidence: ', separated(evidence.slice(0, MOST_EVIDENCE).map((one) => anchors.link(one.subject, prose(one.label, 200))), ', '), evidence.length > MOST_EVIDENCE ? `, and ${String(evidence.length - MOST_EVIDENCE)} more` : null));
}

export function* tlsaGrids(run: Run, anchors: Anchors): Generator<Markup> {
  let isAny = false;
  for (const endpoint of run.endpoints.slice(0, MOST)) {
    const records = run.hosts.find(({ name }) => name === endpoint.verdict.host)?.records ?? [];
    if (records.length > 0) yield* grid(endpoint, records, anchors);
    isAny ||= records.length > 0;
  }
  if (isAny) yield* leftOut(MOST, run.endpoints.length, 'endpoints');
  else yield element('p', {}, 'No TLSA record counts.');
}

const MOST_RECORDS = 100;

function grid({ verdict, comparisons }: EndpointState, records: readonly TlsaRecord[], anchors: Anchors): Iterable<Markup> {
  const depths = [...new Set(comparisons.map(({ depth }) => depth))].toSorted((left, right) => (left ?? 99) - (right ?? 99)).slice(0, 12);
  const caption = plainText(`${verdict.host}, ${verdict.address}, ${verdict.keyType ?? 'no certificate seen'}`, 400);
  return tables(`${caption}${firstOf(MOST_RECORDS, records.length)}`, ['TLSA record', ...depths.map((depth) => (depth === null ? 'No certificate' : `Depth ${String(depth)}`))], records.slice(0, MOST_RECORDS), (record) => ({
    id: anchors.claim(tlsaSubject(verdict.host, record.index)),
    cells: [together(`${String(record.index + 1)}: ${parameters(record)} `, codeOf(record.data, 160), record.usable ? null : together(' unusable: ', prose(record.reason?.text ?? '', 300))),
      ...depths.map((depth) => cell(comparisons.find((one) => one.record === record.index && one.depth === depth), verdict.outcome))],
  }));
}

function cell(comparison: Comparison | undefined, outcome: EndpointState['verdict']['outcome']): Child {
  if (comparison === undefined) return '–';
  const { status: { code, sign, word } } = comparisonLook(comparison, outcome);
  return together(marked(code, sign, word), ': ', prose(comparison.reason.text, 300));
}

export function* certificates(run: Run, anchors: Anchors): Generator<Markup> {
  const all = Object.values(run.certificates);
  if (all.length === 0) yield element('p', {}, 'None was seen.');
  for (const certificate of all.slice(0, MOST)) yield certificateArticle(certificate, run, anchors);
  yield* leftOut(MOST, all.length, 'certificates');
}

function certificateArticle(certificate: CertificateFact, run: Run, anchors: Anchors): Markup {
  return element('article', { id: anchors.claim(certificateSubject(certificate.sha256)), class: 'certificate' }, element('h3', {}, outside(certificate.commonName ?? certificate.subject, 200)), facts([
    ['Subject', outside(certificate.subject)], ['Issuer', outside(certificate.issuer)], ['Names', certificate.dnsNames.length + certificate.otherNames.length === 0 ? '–' : outside([...certificate.dnsNames, ...certificate.otherNames].slice(0, 100).join(', '), 2000)],
    ['Valid', outside(`${certificate.notBefore} – ${certificate.notAfter}`, 80)], ['Key', outside(certificate.keyDescription, 80)], ['Signature', outside(certificate.signatureAlgorithm, 80)],
    ['SHA-256', codeOf(certificate.sha256)], ['SHA-256 of the key', codeOf(certificate.spkiSha256)], ['Presented at', shownAt(run, certificate.sha256)],
    ...(certificate.malformed === null ? [] : [['Malformed', outside(certificate.malformed)] as const]),
  ]));
}

const MOST_PLACES = 20;

function shownAt(run: Run, sha256: string): Markup {
  const places = run.endpoints.filter(({ verdict }) => verdict.chain.includes(sha256)).map(({ verdict }) => outside(`${verdict.host} ${verdict.address} depth ${String(verdict.chain.indexOf(sha256))}`));
  if (places.length === 0) return together('no endpoint that counts');
  const more = places.length - MOST_PLACES;
  return together(separated(places.slice(0, MOST_PLACES), ', '), more > 0 ? `, and ${String(more)} more` : null);
}

const MOST_LINES = 400;
export const MOST_DIALOGUES = 100;

export function* dialogues({ connections }: Run, anchors: Anchors): Generator<Markup> {
  if (connections.length === 0) yield element('p', {}, 'No connection was made.');
  for (const connection of connections.slice(0, MOST_DIALOGUES)) {
    const [head = '', ...lines] = dialogueText(connection);
    const title = plainText(head.replace(/^=+ /, ''), 300);
    yield dialogue(title, lines, { id: anchors.claim(connection.subject) });
  }
  yield* leftOut(MOST_DIALOGUES, connections.length, 'connections');
}

/** What a person typed over channels of their own, after the run. */
export function* consoles(run: Run): Generator<Markup> {
  for (const console of run.consoles.slice(0, MOST_DIALOGUES)) {
    const [head = '', ...lines] = consoleText(run, console);
    yield dialogue(`Console at ${plainText(head.replace(/^=+ /, ''), 300)}`, lines, {});
  }
  yield* leftOut(MOST_DIALOGUES, run.consoles.length, 'channels');
}

function dialogue(title: string, lines: readonly string[], attributes: { readonly id?: string | null }): Markup {
  return element('article', attributes, element('h3', {}, outside(title)),
    element('pre', { role: 'group', tabindex: 0, 'aria-label': `Dialogue with ${title}` }, ...lines.slice(0, MOST_LINES).flatMap((line) => [outside(line, 1100), '\n']), lines.length > MOST_LINES ? `and ${String(lines.length - MOST_LINES)} lines more` : null));
}

