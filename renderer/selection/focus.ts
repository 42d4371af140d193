/** What a selection means to each view: the host, endpoint, connection, certificate and record that go with the subject. */
import { addressSubject, certificateSubject, endpointSubject, mxSubject, rrsetSubject, tlsaSubject } from '../../core/base/subject.ts';
import type { SubjectId } from '../../core/base/subject.ts';
import type { DestinationHost } from '../../core/destination/facts.ts';
import type { ConnectionState, EndpointState, Run } from '../../core/inspection/run.ts';
import { gravity } from '../status/vocabulary.ts';
import type { Selection } from './selection-store.ts';

export interface Focus {
  readonly host: DestinationHost | null;
  readonly endpoint: EndpointState | null;
  readonly connection: ConnectionState | null;
  /** sha256 */
  readonly certificate: string | null;
  /** index in the host's TLSA RRset */
  readonly record: number | null;
}

const NOTHING: Focus = { host: null, endpoint: null, connection: null, certificate: null, record: null };

/** @param lastEndpoint what was looked at before: a certificate or record of several endpoints is shown there */
export function focusOf(run: Run, selection: Selection | null, lastEndpoint: SubjectId | null): Focus {
  const named = selection === null ? NOTHING : namedBy(run, selection);
  const endpoint = named.endpoint ?? likelyEndpoint(run, named, lastEndpoint);
  const connection = named.connection ?? connectionOf(run, endpoint, named.host);
  const host = named.host ?? run.hosts.find((one) => one.name === (endpoint?.verdict.host ?? connection?.connection.host)) ?? run.hosts[0] ?? null;
  return { ...named, host, endpoint, connection };
}

export const endpointId = (endpoint: EndpointState): SubjectId =>
  endpointSubject(endpoint.verdict.host, endpoint.verdict.address, endpoint.verdict.keyType);

function namedBy(run: Run, { subject, event }: Selection): Focus {
  const connection = connectionNamed(run, subject, event);
  const dialogue = connection === null ? NOTHING : { ...NOTHING, connection, endpoint: endpointOf(run, connection), host: hostNamed(run, connection.connection.host) };
  if (subject.startsWith('connection:')) return dialogue;
  const endpoint = run.endpoints.find((one) => endpointId(one) === subject);
  if (endpoint !== undefined) return { ...NOTHING, connection, endpoint, host: hostNamed(run, endpoint.verdict.host) };
  if (subject.startsWith('cert:')) return { ...dialogue, certificate: certificateNamed(run, subject) };
  return { ...dialogue, ...hostOrRecord(run, subject), ...comparedBy(run, subject, event) };
}

function hostOrRecord(run: Run, subject: SubjectId): Partial<Focus> {
  for (const host of run.hosts) {
    const record = host.records.find((one) => tlsaSubject(host.name, one.index) === subject);
    if (record !== undefined) return { host, record: record.index };
    const address = host.addresses.find((one) => addressSubject(host.name, one.address) === subject);
    if (address !== undefined) {
      const endpoint = worst(run.endpoints.filter((one) => one.verdict.host === host.name && one.verdict.address === address.address));
      return { host, endpoint };
    }
    const about = [mxSubject(host.name), ...host.tlsaCandidates.map((name) => rrsetSubject(name, 'TLSA'))];
    if (about.includes(subject)) return { host };
  }
  return {};
}

/** A comparison is of one record with one certificate, as one endpoint presented it. */
function comparedBy(run: Run, subject: SubjectId, event: number | null): Partial<Focus> {
  if (event === null || !subject.startsWith('tlsa:')) return {};
  for (const endpoint of run.endpoints) {
    const comparison = endpoint.comparisons.find(({ seq }) => seq === event);
    if (comparison !== undefined) return { endpoint, certificate: comparison.certificate };
  }
  return {};
}

/** That of the event, else the one that is named; a subject that is no connection may come with an event of one: the evidence of a finding. */
function connectionNamed({ connections }: Run, subject: SubjectId, event: number | null): ConnectionState | null {
  const told = event === null ? undefined : connections.find((one) => one.seq === event || isTold(one.lines, event) || isTold(one.notices, event));
  return told ?? connections.find((one) => one.subject === subject) ?? null;
}

const isTold = (told: readonly { readonly seq: number }[], event: number): boolean => told.some(({ seq }) => seq === event);

const certificateNamed = (run: Run, subject: SubjectId): string | null =>
  Object.keys(run.certificates).find((sha256) => certificateSubject(sha256) === subject) ?? null;

const hostNamed = (run: Run, name: string): DestinationHost | null => run.hosts.find((host) => host.name === name) ?? null;

/** The endpoint that a connection was made for: the one that it showed, with either TLS version; one that showed none belongs to the first of its address. */
function endpointOf(run: Run, connection: ConnectionState): EndpointState | null {
  const { number, host, address } = connection.connection;
  return run.endpoints.find((one) => one.verdict.connection === number)
    ?? run.endpoints.find((one) => one.verdict.versions?.some((version) => version.connection === number) === true)
    ?? run.endpoints.find((one) => one.verdict.host === host && one.verdict.address === address)
    ?? null;
}

/** Those that were made for the endpoint; for an address without one, all. */
export const connectionsOf = (run: Run, { endpoint, connection }: Focus): readonly ConnectionState[] => {
  const at = endpoint?.verdict ?? connection?.connection;
  return run.connections.filter((one) => one.connection.host === at?.host && one.connection.address === at.address && (endpoint === null || endpointOf(run, one) === endpoint));
};

function likelyEndpoint(run: Run, named: Focus, lastEndpoint: SubjectId | null): EndpointState | null {
  const { certificate, host } = named;
  const fitting = run.endpoints.filter((one) =>
    (certificate === null || one.verdict.chain.includes(certificate)) && (host === null || one.verdict.host === host.name));
  return fitting.find((one) => endpointId(one) === lastEndpoint) ?? worst(fitting);
}

function worst(endpoints: readonly EndpointState[]): EndpointState | null {
  return endpoints.toSorted((left, right) => gravity(left.verdict.outcome) - gravity(right.verdict.outcome))[0] ?? null;
}

function connectionOf(run: Run, endpoint: EndpointState | null, host: DestinationHost | null): ConnectionState | null {
  const number = endpoint?.verdict.connection ?? null;
  if (number !== null) return run.connections.find((one) => one.connection.number === number) ?? null;
  if (endpoint !== null) return run.connections.find((one) => one.connection.host === endpoint.verdict.host && one.connection.address === endpoint.verdict.address) ?? null;
  const ofHost = host === null ? run.connections : run.connections.filter((one) => one.connection.host === host.name);
  return ofHost[0] ?? null;
}
