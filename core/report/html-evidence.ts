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
import { commandsInText } from './commands-in-text.ts';
import { consoleText, dialogueText } from './dialogue.ts';
import { codeOf, facts, firstOf, labels, leftOut, marked, outside, securityStatus, separated, table, word, type Anchors } from './html-parts.ts';
import { OUTCOME_WORDS, SEVERITY_SIGNS } from './style.ts';

/** A run file may hold any number of anything; an inspection has some 360 endpoints at most. */
export const MOST = 400;

export function deliveryMatrix(run: Run, anchors: Anchors): Markup {
  if (run.endpoints.length === 0) return element('p', {}, 'No endpoint was reached.');
  const rows = run.endpoints.slice(0, MOST).map((endpoint) => {
    const { verdict } = endpoint;
    const host = run.hosts.find(({ name }) => name === verdict.host);
    const connection = run.connections.find((state) => state.connection.number === verdict.connection);
    const [sign, tone] = OUTCOME_WORDS[verdict.outcome];
    return { id: anchors.claim(endpointSubject(verdict.host, verdict.address, verdict.keyType)), cells: [
      anchored(anchors.claim(mxSubject(verdict.host)), labels(`${host?.preference == null ? '' : `${String(host.preference)} `}${verdict.host}`)), anchored(anchors.claim(addressSubject(verdict.host, verdict.address)), word(verdict.address)), verdict.keyType ?? '–', securityStatus(host?.mxStatus), securityStatus(host?.addressStatus),
      plainText(host?.tlsa ?? '–', 20), stage(connection, 'connect'), stage(connection, 'starttls'), stage(connection, 'handshake'), matched(endpoint, host?.records ?? []),
      together(marked(tone, sign, verdict.outcome), ': ', outside(verdict.reason.text, 600), verdict.reason.rfc === null ? null : ` (${verdict.reason.rfc})`),
    ] };
  });
  return table(`Each address of each mail host, for each key type; times in ms${firstOf(MOST, run.endpoints.length)}`, ['MX host', 'Address', 'Key', 'MX', 'Addresses', 'TLSA', 'Connect', 'STARTTLS', 'TLS', 'Match', 'Outcome'], rows);
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

export function findingsList(findings: readonly Finding[], anchors: Anchors): Markup {
  if (findings.length === 0) return element('p', {}, 'None.');
  const shown = findings.slice(0, MOST).map(({ code, severity, subject, message, rfc, evidence, remedy }, index) => {
    const [sign, tone] = SEVERITY_SIGNS[severity];
    return element('article', { id: `finding-${String(index + 1)}` },
      element('h3', {}, marked(tone, sign, severity), ': ', outside(code, 80)), element('p', {}, outside(message, 2000), ` (${plainText(rfc, 80)})`),
      element('p', { class: 'quiet' }, 'About ', anchors.link(subject, outside(subject.replace(':', ' ').replaceAll('/', ' · '), 300))),
      remedy === null ? null : element('p', {}, element('strong', {}, 'Fix: '), ...commandsInText(remedy.text).map((part) => (part.isCommand ? codeOf(part.text, 1000) : outside(part.text, 1000)))),
      remedy?.copy == null ? null : element('pre', {}, ...remedy.copy.split('\n').slice(0, 50).flatMap((line) => [outside(line, 4096), '\n'])),
      evidence.length === 0 ? null : element('p', { class: 'quiet' }, 'Evidence: ', separated(evidence.slice(0, MOST_EVIDENCE).map((one) => anchors.link(one.subject, outside(one.label, 200))), ', '), evidence.length > MOST_EVIDENCE ? `, and ${String(evidence.length - MOST_EVIDENCE)} more` : null));
  });
  return together(...shown, ...leftOut(MOST, findings.length, 'findings'));
}

export function tlsaGrids(run: Run, anchors: Anchors): Markup[] {
  const grids = run.endpoints.slice(0, MOST).flatMap((endpoint) => {
    const records = run.hosts.find(({ name }) => name === endpoint.verdict.host)?.records ?? [];
    return records.length === 0 ? [] : [grid(endpoint, records, anchors)];
  });
  return grids.length === 0 ? [element('p', {}, 'No TLSA record counts.')] : [...grids, ...leftOut(MOST, run.endpoints.length, 'endpoints')];
}

const MOST_RECORDS = 100;

function grid(endpoint: EndpointState, records: readonly TlsaRecord[], anchors: Anchors): Markup {
  const { verdict, comparisons } = endpoint;
  const depths = [...new Set(comparisons.map(({ depth }) => depth))].toSorted((left, right) => (left ?? 99) - (right ?? 99)).slice(0, 12);
  const rows = records.slice(0, MOST_RECORDS).map((record) => ({
    id: anchors.claim(tlsaSubject(verdict.host, record.index)),
    cells: [together(`${String(record.index + 1)}: ${parameters(record)} `, codeOf(record.data, 160), record.usable ? null : together(' unusable: ', outside(record.reason?.text ?? '', 300))),
      ...depths.map((depth) => cell(comparisons.find((one) => one.record === record.index && one.depth === depth), verdict.outcome))],
  }));
  const caption = plainText(`${verdict.host}, ${verdict.address}, ${verdict.keyType ?? 'no certificate seen'}`, 400);
  return table(`${caption}${firstOf(MOST_RECORDS, records.length)}`, ['TLSA record', ...depths.map((depth) => (depth === null ? 'No certificate' : `Depth ${String(depth)}`))], rows);
}

function cell(comparison: Comparison | undefined, outcome: EndpointState['verdict']['outcome']): Child {
  if (comparison === undefined) return '–';
  const { status: { code, sign, word } } = comparisonLook(comparison, outcome);
  return together(marked(code, sign, word), ': ', outside(comparison.reason.text, 300));
}

export function certificates(run: Run, anchors: Anchors): Markup[] {
  const all = Object.values(run.certificates);
  if (all.length === 0) return [element('p', {}, 'None was seen.')];
  return [...all.slice(0, MOST).map((certificate) => element('article', { id: anchors.claim(certificateSubject(certificate.sha256)), class: 'certificate' }, element('h3', {}, outside(certificate.commonName ?? certificate.subject, 200)), facts([
    ['Subject', outside(certificate.subject)], ['Issuer', outside(certificate.issuer)], ['Names', certificate.dnsNames.length + certificate.otherNames.length === 0 ? '–' : outside([...certificate.dnsNames, ...certificate.otherNames].slice(0, 100).join(', '), 2000)],
    ['Valid', outside(`${certificate.notBefore} – ${certificate.notAfter}`, 80)], ['Key', outside(certificate.keyDescription, 80)], ['Signature', outside(certificate.signatureAlgorithm, 80)],
    ['SHA-256', codeOf(certificate.sha256)], ['SHA-256 of the key', codeOf(certificate.spkiSha256)], ['Presented at', shownAt(run, certificate.sha256)],
    ...(certificate.malformed === null ? [] : [['Malformed', outside(certificate.malformed)] as const]),
  ]))), ...leftOut(MOST, all.length, 'certificates')];
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

export function dialogues(run: Run, anchors: Anchors): Markup[] {
  if (run.connections.length === 0) return [element('p', {}, 'No connection was made.')];
  const shown = run.connections.slice(0, MOST_DIALOGUES).map((connection) => {
    const [head = '', ...lines] = dialogueText(connection);
    const title = plainText(head.replace(/^=+ /, ''), 300);
    return dialogue(title, lines, { id: anchors.claim(connection.subject) });
  });
  return [...shown, ...leftOut(MOST_DIALOGUES, run.connections.length, 'connections')];
}

/** What a person typed over channels of their own, after the run. */
export function consoles(run: Run): Markup[] {
  const shown = run.consoles.slice(0, MOST_DIALOGUES).map((console) => {
    const [head = '', ...lines] = consoleText(run, console);
    return dialogue(`Console at ${plainText(head.replace(/^=+ /, ''), 300)}`, lines, {});
  });
  return [...shown, ...leftOut(MOST_DIALOGUES, run.consoles.length, 'channels')];
}

function dialogue(title: string, lines: readonly string[], attributes: { readonly id?: string | null }): Markup {
  return element('article', attributes, element('h3', {}, outside(title)),
    element('pre', { role: 'group', tabindex: 0, 'aria-label': `Dialogue with ${title}` }, ...lines.slice(0, MOST_LINES).flatMap((line) => [outside(line, 1100), '\n']), lines.length > MOST_LINES ? `and ${String(lines.length - MOST_LINES)} lines more` : null));
}

