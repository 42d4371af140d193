/** The end of each path: endpoints below the RRset that leads to them, with what they present. Words and bounds are the graph's. */
import { addressSubject, certificateSubject, endpointSubject, mxSubject, tlsaSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import { comparisonEnding } from '../../../core/dane/comparison-words.ts';
import type { Comparison, Outcome } from '../../../core/dane/facts.ts';
import type { DestinationHost } from '../../../core/destination/facts.ts';
import { comparisonLook, NOT_PRESENTED } from '../../../core/graph/graph-status.ts';
import { certificateLines, endpointLines, MAXIMUM_DEPTH, missingIssuerOf } from '../../../core/graph/server-nodes.ts';
import type { EndpointState, LookupState, Run } from '../../../core/inspection/run.ts';
import { OUTCOMES } from '../../status/vocabulary.ts';
import type { Status } from '../../status/vocabulary.ts';
import type { TrustNode } from './model.ts';

/** More branches than this that open by themselves would bury what is below them. */
const MOST_OPEN = 12;
const CALM: ReadonlySet<Outcome> = new Set(['authenticated', 'opportunistic', 'pending']);

export interface PlacedEndpoints {
  /** those that are told */
  readonly lookups: readonly LookupState[];
  /** nodes by the lookup that they stand below: see `lookupKey` */
  readonly below: ReadonlyMap<string, readonly TrustNode[]>;
  /** to which no lookup leads: the target was an address */
  readonly loose: readonly TrustNode[];
  /** of records that name a mail host or its address: see `recordKey` */
  readonly subjects: ReadonlyMap<string, SubjectId>;
}

/** An MX record by the host that it names, others whole. */
export function recordKey({ owner, type, text }: { readonly owner: string; readonly type: string; readonly text: string }): string {
  return type === 'MX' ? `MX ${text.split(' ').at(-1)?.replace(/\.$/, '').toLowerCase() ?? ''}` : `${type} ${owner.toLowerCase()} ${text}`;
}

function recordSubjects(hosts: readonly DestinationHost[]): ReadonlyMap<string, SubjectId> {
  return new Map(hosts.flatMap((host) => [
    [`MX ${host.name.toLowerCase()}`, mxSubject(host.name)] as const,
    ...host.addresses.map(({ address }) => [recordKey({ owner: host.canonicalName, type: address.includes(':') ? 'AAAA' : 'A', text: address }), addressSubject(host.name, address)] as const),
  ]));
}

export const lookupKey = (name: string, rrtype: string): string => `${name.toLowerCase()} ${rrtype}`;

/** Below the TLSA RRset of its host; where there is none, below its address, from which the graph draws a line as well. */
export function placedEndpoints(run: Run, lookups: readonly LookupState[]): PlacedEndpoints {
  const told = new Map(lookups.map((state) => [lookupKey(state.name, state.rrtype), state]));
  const hosts = new Map(run.hosts.map((host) => [host.name.toLowerCase(), host]));
  const below = new Map<string, TrustNode[]>();
  const loose: TrustNode[] = [];
  for (const endpoint of run.endpoints) {
    const place = placeOf(endpoint, hosts.get(endpoint.verdict.host.toLowerCase()), told);
    const node = endpointNode(run, endpoint);
    const others = place === null ? loose : below.get(place);
    if (others !== undefined) others.push(node);
    else if (place !== null) below.set(place, [node]);
  }
  return { lookups, below, loose, subjects: recordSubjects(run.hosts) };
}

function placeOf({ verdict }: EndpointState, host: DestinationHost | undefined, told: ReadonlyMap<string, LookupState>): string | null {
  const records = host === undefined ? undefined : tlsaName(host);
  const tlsa = records === undefined ? undefined : lookupKey(records, 'TLSA');
  const hasRecords = tlsa !== undefined && (told.get(tlsa)?.lookup?.records.length ?? 0) > 0;
  const type = verdict.address.includes(':') ? 'AAAA' : 'A';
  const addresses = [host?.name ?? verdict.host, host?.canonicalName ?? verdict.host].map((name) => lookupKey(name, type));
  return [...(hasRecords ? [tlsa] : []), ...addresses, ...(tlsa === undefined ? [] : [tlsa])].find((key) => told.has(key)) ?? null;
}

const tlsaName = ({ tlsaBaseDomain, tlsaCandidates }: DestinationHost): string | undefined =>
  tlsaCandidates.find((name) => tlsaBaseDomain !== null && name.endsWith(`.${tlsaBaseDomain}`)) ?? tlsaCandidates[0];

const kept = new WeakMap<EndpointState, TrustNode>();

/** Once for an endpoint that is whole: while a run goes on the tree is made anew some times a second, and it has hundreds. */
function endpointNode(run: Run, endpoint: EndpointState): TrustNode {
  const open = run.endpoints.length <= MOST_OPEN && !CALM.has(endpoint.verdict.outcome);
  const before = kept.get(endpoint);
  if (before !== undefined && before.open === open) return before;
  const node = madeNode(run, endpoint, open);
  if (endpoint.verdict.chain.every((sha256) => run.certificates[sha256] !== undefined)) kept.set(endpoint, node);
  return node;
}

function madeNode(run: Run, endpoint: EndpointState, open: boolean): TrustNode {
  const { verdict } = endpoint;
  const subject = endpointSubject(verdict.host, verdict.address, verdict.keyType);
  const id = `${subject} ${String(verdict.port)}`;
  return {
    id, subject, status: OUTCOMES[verdict.outcome], kind: 'endpoint', title: endpointLines(endpoint).join(' '), detail: verdict.reason.text, open,
    children: [...verdict.chain.slice(0, MAXIMUM_DEPTH).flatMap((_, depth) => certificateNodes(run, endpoint, depth, id)), ...missingAnchors(endpoint, id)],
  };
}

/** As presented; after a certificate whose issuer was not sent, the issuer. */
function certificateNodes(run: Run, endpoint: EndpointState, depth: number, parent: string): TrustNode[] {
  const { chain } = endpoint.verdict;
  const sha256 = chain[depth] ?? '';
  const [place, title, ...rest] = certificateLines(run.certificates[sha256], sha256, depth);
  const compared = endpoint.comparisons.filter((one) => one.certificate === sha256 && (one.depth === null || one.depth === depth));
  const missing = missingIssuerOf(run, chain, depth);
  const own: TrustNode = {
    ...LEAF, id: `${parent} certificate ${String(depth)}`, subject: certificateSubject(sha256), status: certificateStatus(compared, endpoint.verdict.outcome), title,
    detail: [place, ...rest, ...compared.flatMap(fitWords)].join(' · '),
  };
  const ghost = missing === null ? [] : [{ ...LEAF, id: `${parent} issuer ${String(depth)}`, subject: certificateSubject(sha256), status: ABSENT, title: missing.issuer, detail: `issuer of depth ${String(depth)}` }];
  return [own, ...ghost];
}

/** An anchor that a record names and that was looked for in vain has no certificate. */
function missingAnchors({ verdict, comparisons }: EndpointState, parent: string): TrustNode[] {
  const records = new Map(comparisons.filter(({ certificate, reason }) => certificate === null && reason.code === 'anchor-not-sent').map((one) => [one.record, one]));
  return [...records].map(([record, { reason }]) => ({
    ...LEAF, id: `${parent} anchor ${String(record)}`, subject: tlsaSubject(verdict.host, record), status: ABSENT, title: `trust anchor of record ${String(record + 1)}`, detail: reason.text,
  }));
}

const LEAF = { kind: 'certificate', open: false, children: [] } as const;
const ABSENT: Status = { sign: 'dash', tone: 'pending', word: NOT_PRESENTED.word };
const RANK = ['matches', 'fits-but', 'differs', 'not-compared'] as const;

/** What tells most of it; where no record was held against it, only that it was presented. */
function certificateStatus(compared: readonly Comparison[], outcome: Outcome): Status {
  const [first] = RANK.flatMap((kind) => compared.find((one) => comparisonEnding(one).kind === kind) ?? []);
  if (first === undefined) return { sign: 'circle', tone: 'neutral', word: 'presented' };
  const { code, word } = comparisonLook(first, outcome).status;
  if (code === 'secure') return { sign: 'check', tone: 'secure', word };
  return code === 'bogus' ? { sign: 'cross', tone: 'bogus', word } : { sign: 'dash', tone: 'pending', word };
}

/** `record 2 fits, but expired` */
function fitWords(comparison: Comparison): string[] {
  const { kind, words } = comparisonEnding(comparison);
  return kind === 'matches' || kind === 'fits-but' ? [`record ${String(comparison.record + 1)} ${words}`] : [];
}
