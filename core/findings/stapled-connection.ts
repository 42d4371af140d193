/** Connections on which the server stapled an OCSP response of a certain kind, one group a host and certificate. */
import { certificateSubject } from '../base/subject.ts';
import type { ConnectionState, Run } from '../inspection/run.ts';
import type { StapleJudgement, StapleStatus } from '../x509/facts.ts';
import { addressesOf } from './failed-connection.ts';
import type { Evidence } from './finding.ts';
import { groupBy } from './state.ts';

export interface StapledConnections {
  readonly host: string;
  readonly addresses: string;
  readonly staple: StapleJudgement;
  readonly evidence: readonly Evidence[];
}

export function stapledConnections(run: Run, statuses: ReadonlySet<StapleStatus>): StapledConnections[] {
  const stapled = run.connections.flatMap((state) => (state.presented?.ocsp != null && statuses.has(state.presented.ocsp.status) ? [{ state, staple: state.presented.ocsp }] : []));
  return groupBy(stapled, ({ state, staple }) => `${state.connection.host} ${state.presented?.certificates[0]} ${staple.status}`).flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const states = group.map(({ state }) => state);
    return [{ host: first.state.connection.host, addresses: addressesOf(states), staple: first.staple, evidence: [...evidenceOf(states), ...leafOf(first.state)] }];
  });
}

/** Once an address is enough. */
const evidenceOf = (states: readonly ConnectionState[]): Evidence[] =>
  groupBy(states, ({ connection }) => connection.address).flatMap(([first]) => (first === undefined ? [] : [{
    label: `connection with ${first.connection.address}`, subject: first.subject, seq: first.seq ?? null,
  }]));

/** The certificate that the staple is about. */
const leafOf = ({ presented }: ConnectionState): Evidence[] => (presented?.certificates.slice(0, 1) ?? []).map((sha256) => ({ label: 'certificate at depth 0', subject: certificateSubject(sha256), seq: null }));
