/** All that a run holds which has a name: what Ctrl+K looks through. */
import { certificateSubject, mxSubject, rrsetSubject, tlsaSubject, zoneSubject } from '../../core/base/subject.ts';
import type { SubjectId } from '../../core/base/subject.ts';
import type { Finding } from '../../core/findings/finding.ts';
import type { Run } from '../../core/inspection/run.ts';
import { nameInBothForms } from '../../core/target/name-words.ts';
import { placeOf } from '../commands/findings.ts';
import { endpointId } from '../selection/focus.ts';
import { OUTCOMES, SECURITY, SEVERITIES } from '../status/vocabulary.ts';
import type { Status } from '../status/vocabulary.ts';
import { subjectLabel } from '../text/subject-label.ts';
import { findingIds } from '../views/findings/model.ts';
import type { ViewName } from '../workbench/views.ts';

export type SearchKind = 'Finding' | 'MX host' | 'Endpoint' | 'TLSA record' | 'Certificate' | 'Zone' | 'Question' | 'Line sent' | 'Line received';

export interface SearchItem {
  readonly id: string;
  readonly kind: SearchKind;
  readonly title: string;
  readonly detail: string;
  readonly status: Status | null;
  readonly subject: SubjectId;
  readonly event: number | null;
  readonly view: ViewName;
  /** id of the finding that it is */
  readonly finding: string | null;
  /** all of it in small letters: what is typed is looked for in it at each key */
  readonly words: string;
}

type Named = Omit<SearchItem, 'words'>;

export const searchItems = (run: Run, findings: readonly Finding[]): readonly SearchItem[] => [
  ...findingItems(findings), ...hostItems(run), ...endpointItems(run), ...recordItems(run), ...certificateItems(run), ...zoneItems(run), ...rrsetItems(run), ...lineItems(run),
].map((item) => ({ ...item, words: `${item.kind} ${item.title} ${item.detail}`.toLowerCase() }));

/**
 * Every typed word must be in it; what begins with the text comes first. Numbers beside each other are one phrase: `3 1 1` is the parameters of a TLSA record
 * (RFC 6698 §2.1), and as three words it would be in every digest.
 */
export function foundItems(items: readonly SearchItem[], text: string): readonly SearchItem[] {
  const wanted = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const [numbers = null] = NUMBERS.exec(wanted) ?? [];
  const words = wanted.replace(numbers ?? '', '').split(' ');
  const phrase = numbers === null ? null : new RegExp(`(?<![\\p{Letter}\\d])${numbers}`, 'u');
  const fits = items.filter((item) => words.every((word) => item.words.includes(word)) && (phrase === null || phrase.test(item.words)));
  const first = (item: SearchItem): boolean => wanted !== '' && item.words.startsWith(item.kind === 'TLSA record' ? numbers ?? wanted : wanted, item.kind.length + 1);
  return fits.toSorted((left, right) => Number(first(right)) - Number(first(left)));
}

/** The last one may still be being typed. */
const NUMBERS = /(?<!\S)\d{1,3}(?: \d{1,3})+(?!\S)/;

const PLAIN = { status: null, event: null, finding: null } as const;

function findingItems(findings: readonly Finding[]): readonly Named[] {
  const ids = findingIds(findings);
  return findings.map((finding, index) => ({
    id: `finding ${ids[index] ?? ''}`, kind: 'Finding', title: finding.code, detail: `${subjectLabel(finding.subject)} ${finding.message}`, status: SEVERITIES[finding.severity],
    ...placeOf(finding), view: 'findings', finding: ids[index] ?? null,
  }));
}

const hostItems = (run: Run): readonly Named[] => run.hosts.map((host) => ({
  ...PLAIN, id: `host ${host.name}`, kind: 'MX host', title: nameInBothForms(host.name), detail: host.addresses.map(({ address }) => address).join(', '), subject: mxSubject(host.name), view: 'overview',
}));

const endpointItems = (run: Run): readonly Named[] => run.endpoints.map((endpoint) => {
  const subject = endpointId(endpoint);
  return { ...PLAIN, id: subject, kind: 'Endpoint', title: subjectLabel(subject), detail: OUTCOMES[endpoint.verdict.outcome].word, status: OUTCOMES[endpoint.verdict.outcome], subject, view: 'overview' };
});

const recordItems = (run: Run): readonly Named[] => run.hosts.flatMap((host) => host.records.map((record) => ({
  ...PLAIN, id: tlsaSubject(host.name, record.index), kind: 'TLSA record', title: `${String(record.usage)} ${String(record.selector)} ${String(record.matchingType)} ${record.data}`, detail: host.name, subject: tlsaSubject(host.name, record.index), view: 'tlsa' as const,
})));

const certificateItems = (run: Run): readonly Named[] => Object.entries(run.certificates).map(([sha256, certificate]) => ({
  ...PLAIN, id: certificateSubject(sha256), kind: 'Certificate', title: certificate.commonName ?? certificate.dnsNames[0] ?? certificate.subject, detail: `${certificate.dnsNames.join(', ')} ${sha256}`, subject: certificateSubject(sha256), view: 'certificates',
}));

const zoneItems = (run: Run): readonly Named[] => run.zones.map(({ zone }) => ({
  ...PLAIN, id: zoneSubject(zone.zone), kind: 'Zone', title: nameInBothForms(zone.zone), detail: SECURITY[zone.status].word, status: SECURITY[zone.status], subject: zoneSubject(zone.zone), view: 'trust',
}));

function rrsetItems(run: Run): readonly Named[] {
  const all = [...run.lookups, ...run.exchanges].map(({ name, rrtype }) => [rrsetSubject(name, rrtype), `${name} ${rrtype}`] as const);
  return [...new Map(all)].map(([subject, title]) => ({ ...PLAIN, id: subject, kind: 'Question', title, detail: '', subject, view: 'answers' }));
}

function lineItems(run: Run): readonly Named[] {
  return run.connections.flatMap(({ connection: { host, address }, subject, lines }) =>
    lines.map((line) => ({ ...PLAIN, id: `line ${String(line.seq)}`, kind: line.from === 'client' ? 'Line sent' : 'Line received', title: line.text, detail: `${host} ${address}`, subject, event: line.seq, view: 'dialogue' as const })));
}
