/** How a finding is made, and where its evidence is. */
import { domainSubject, endpointSubject, rrsetSubject, tlsaSubject, type SubjectId } from '../base/subject.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { Lookup } from '../dns/facts.ts';
import type { ConnectionState, EndpointState, Run } from '../inspection/run.ts';
import { SEVERITIES, type FindingCode } from './codes.ts';
import type { Evidence, Finding, Remedy, Severity } from './finding.ts';

export interface Draft {
  readonly code: FindingCode;
  readonly subject: SubjectId;
  readonly message: string;
  readonly rfc: string;
  readonly evidence?: readonly Evidence[];
  readonly remedy?: Remedy;
  /** only where it differs from the code's own */
  readonly severity?: Severity;
}

export const finding = ({ code, subject, message, rfc, evidence, remedy, severity }: Draft): Finding =>
  ({ code, severity: severity ?? SEVERITIES[code], subject, message, rfc, evidence: evidence ?? [], remedy: remedy ?? null });

export const lookupEvidence = (run: Run, name: string, rrtype: string): Evidence[] =>
  run.lookups.filter((state) => state.name === name && state.rrtype === rrtype).slice(-1)
    .map((state) => ({ label: `lookup of ${name} ${rrtype}`, subject: rrsetSubject(name, rrtype), seq: state.finishedSeq ?? state.startedSeq }));

export function endpointEvidence(endpoints: readonly EndpointState[]): Evidence[] {
  return endpoints.map(({ verdict, seq }) => ({
    label: `${verdict.address}${verdict.keyType === null ? '' : ` ${verdict.keyType}`}`, subject: endpointSubject(verdict.host, verdict.address, verdict.keyType), seq,
  }));
}

/** The records that count. */
export const recordEvidence = (host: DestinationHost): Evidence[] =>
  host.records.filter(({ usable }) => usable).map(({ index }) => ({ label: `TLSA record ${index + 1}`, subject: tlsaSubject(host.name, index), seq: null }));

/** The last line that the server said is what decided it; where nobody said anything, how the connection ended. */
export function dialogueEvidence(connections: readonly ConnectionState[], label = 'dialogue'): Evidence[] {
  return connections.flatMap(({ connection: { address }, subject, lines, seq }) => {
    const line = lines.findLast(({ from }) => from === 'server') ?? lines.at(-1);
    const at = line?.seq ?? seq;
    return at === undefined ? [] : [{ label: `${line === undefined ? 'connection' : label} with ${address}`, subject, seq: at }];
  });
}

/** Before the handshake, whose version is at fault; not the farewell long after it. */
export const handshakeEvidence = (connections: readonly ConnectionState[]): Evidence[] =>
  dialogueEvidence(connections.map((state) => {
    const inside = state.lines.findIndex((line) => line.protected);
    return inside === -1 ? state : { ...state, lines: state.lines.slice(0, inside) };
  }), 'handshake');

export const finishedLookups = (run: Run): Lookup[] => run.lookups.flatMap(({ lookup }) => (lookup === null ? [] : [lookup]));

/** `domain:` of the target; the next hop whose mail is inspected. */
export const targetSubject = (run: Run): SubjectId => domainSubject(targetName(run));

export function targetName({ context, destination }: Run): string {
  if (destination !== null) return destination.domain;
  if (context === null) return '';
  return context.target.kind === 'host' ? context.target.host : context.target.domain;
}

/** A secure TLSA RRset: senders require TLS (RFC 7672 §2.2). */
export const requiresTls = ({ tlsa }: DestinationHost): boolean => tlsa === 'usable' || tlsa === 'unusable';

export const hostOf = (run: Run, name: string): DestinationHost | undefined => run.hosts.find((host) => host.name === name);

/** Mail domains whose delivery rests on MX records or on their own address. */
export const takesMail = ({ destination }: Run): boolean => destination?.kind === 'mx' || destination?.kind === 'implicit-mx';

/** `a`, `a and b`, `a, b and c`; at most `limit` by name. */
export function listed(items: readonly string[], limit = 6): string {
  const distinct = [...new Set(items)];
  if (distinct.length > limit) return `${distinct.slice(0, limit).join(', ')} and ${distinct.length - limit} more`;
  return distinct.length < 2 ? (distinct[0] ?? '') : `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1)}`;
}

/** Groups in the order of first appearance. */
export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
