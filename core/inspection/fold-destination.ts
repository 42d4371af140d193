/** What the destination and DANE events add to a run: hosts and endpoints. */
import { assertNever } from '../base/assert-never.ts';
import type { EndpointVerdict } from '../dane/facts.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { InspectionEvent } from './events.ts';
import { endpointParts, endpointSubject } from '../base/subject.ts';
import type { RunEditor } from './run-editor.ts';
import type { EndpointState, Run } from './run.ts';

type DestinationEvent = Extract<InspectionEvent, { type: `destination.${string}` | 'dane.compared' | 'dane.endpoint' }>;

export function destinationStep(run: Run, event: DestinationEvent, editor: RunEditor): Run {
  switch (event.type) {
    case 'destination.found': return { ...run, destination: event.destination };
    case 'destination.host': return { ...run, hosts: withHost(run, event.host) };
    case 'dane.compared': {
      const { comparison } = event;
      return changeEndpoint(run, editor, { id: comparison.endpoint, seq: event.seq }, (state) => ({ ...state, comparisons: editor.append(state.comparisons, { ...comparison, seq: event.seq }) }));
    }
    case 'dane.endpoint': {
      const { host, address, keyType } = event.endpoint;
      return changeEndpoint(run, editor, { id: endpointSubject(host, address, keyType), seq: event.seq }, (state) => ({ ...state, seq: event.seq, verdict: event.endpoint, comparisons: decisive(state, event.endpoint) }));
    }
    default: return assertNever(event);
  }
}

/** Where TLS versions show different chains, the comparisons are those of the chain that decided. */
const decisive = ({ comparisons }: EndpointState, { protocol }: EndpointVerdict): EndpointState['comparisons'] =>
  (protocol === undefined ? comparisons : comparisons.filter((comparison) => comparison.protocol === undefined || comparison.protocol === protocol));

/** Hosts keep the order in which the destination names them: that of preference (RFC 5321 §5.1). */
function withHost(run: Run, host: DestinationHost): readonly DestinationHost[] {
  const others = run.hosts.filter(({ name }) => name !== host.name);
  const rank = ({ name }: DestinationHost): number => run.destination?.hosts.findIndex((candidate) => candidate.name === name) ?? -1;
  return [...others, host].sort((left, right) => rank(left) - rank(right));
}

function changeEndpoint(run: Run, editor: RunEditor, { id, seq }: { readonly id: string; readonly seq: number }, change: (state: EndpointState) => EndpointState): Run {
  if (editor.find(run.endpoints, endpointId, id) !== -1) return { ...run, endpoints: editor.change(run.endpoints, endpointId, id, change) };
  return { ...run, endpoints: editor.append(run.endpoints, change({ verdict: pendingVerdict(run, id), seq, comparisons: [] })) };
}

const endpointId = ({ verdict }: EndpointState): string => endpointSubject(verdict.host, verdict.address, verdict.keyType);

/** Comparisons come before the verdict they lead to. */
function pendingVerdict(run: Run, id: string): EndpointVerdict {
  const { host, address, keyType } = endpointParts(id);
  const keyTypes = { rsa: 'RSA', ecdsa: 'ECDSA', eddsa: 'EdDSA', other: 'other' } as const;
  return {
    host, address, port: run.context?.target.port ?? 25, keyType: keyTypes[keyType as keyof typeof keyTypes] ?? null, connection: null,
    outcome: 'pending', reason: { code: 'pending', text: 'Records are being compared.', rfc: null, ede: null },
    chain: [], matched: null, names: null, dates: 'unknown',
  };
}
