/** The end of each path: endpoints below the RRset that leads to them, with what they present. */
import { addressSubject, endpointSubject, mxSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { Outcome } from '../../../core/dane/facts.ts';
import type { DestinationHost } from '../../../core/destination/facts.ts';
import { endpointPlaces, rrsetKey } from '../../../core/graph/endpoint-places.ts';
import type { GraphStatus } from '../../../core/graph/graph-facts.ts';
import { presentedBy, type Presented } from '../../../core/graph/presented.ts';
import { endpointLines } from '../../../core/graph/server-nodes.ts';
import type { EndpointState, LookupState, Run } from '../../../core/inspection/run.ts';
import { OUTCOMES } from '../../status/vocabulary.ts';
import type { Status } from '../../status/vocabulary.ts';
import type { TrustNode } from './trust-node.ts';

/** More branches than this that open by themselves would bury what is below them. */
const MOST_OPEN = 12;
const CALM: ReadonlySet<Outcome> = new Set(['authenticated', 'opportunistic', 'pending']);

export interface PlacedEndpoints {
  /** those that are told */
  readonly lookups: readonly LookupState[];
  /** nodes by the lookup that they stand below: see `rrsetKey` */
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

export function placedEndpoints(run: Run, lookups: readonly LookupState[]): PlacedEndpoints {
  const { below, loose } = endpointPlaces(run, new Map(lookups.map(({ name, rrtype, lookup }) => [rrsetKey(name, rrtype), lookup?.records.length ?? 0])));
  const nodes = (endpoints: readonly EndpointState[]): readonly TrustNode[] => endpoints.map((endpoint) => endpointNode(run, endpoint));
  return { lookups, below: new Map([...below].map(([key, endpoints]) => [key, nodes(endpoints)])), loose: nodes(loose), subjects: recordSubjects(run.hosts) };
}

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
    children: presentedBy(run, endpoint).map((one) => presentedNode(one, id)),
  };
}

const presentedNode = ({ id, subject, status, title, detail }: Presented, parent: string): TrustNode =>
  ({ id: `${parent} ${id}`, subject, status: statusOf(status), kind: 'certificate', title, detail, open: false, children: [] });

function statusOf({ code, word }: GraphStatus): Status {
  if (code === 'secure') return { sign: 'check', tone: 'secure', word };
  if (code === 'plain') return { sign: 'circle', tone: 'neutral', word };
  return code === 'bogus' ? { sign: 'cross', tone: 'bogus', word } : { sign: 'dash', tone: 'pending', word };
}
