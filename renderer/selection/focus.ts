/** What a selection means to each view: the host, endpoint, connection, certificate and record that go with the subject. */
import { addressSubject, certificateSubject, connectionSubject, endpointSubject, mxSubject, rrsetSubject, tlsaSubject } from '../../core/base/subject.ts';
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

/** Connections are counted for each address (`connectionSubject`), in the order in which they were made. */
export function connectionId(run: Run, connection: ConnectionState): SubjectId {
  const { host, address, number } = connection.connection;
  const earlier = run.connections.filter((one) => one.connection.host === host && one.connection.address === address && one.connection.number <= number);
  return connectionSubject(host, address, earlier.length);
}

/** The same of all connections, in the order of the list: each by itself is counted against all others. */
export function connectionIds({ connections }: Pick<Run, 'connections'>): readonly SubjectId[] {
  const counts = new Map<SubjectId, number>();
  const ids = new Map<ConnectionState, SubjectId>();
  for (const one of connections.toSorted((left, right) => left.connection.number - right.connection.number)) {
    const { host, address } = one.connection;
    const place = connectionSubject(host, address, 0);
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    ids.set(one, connectionSubject(host, address, count));
  }
  return connections.flatMap((one) => ids.get(one) ?? []);
}

function namedBy(run: Run, { subject, event }: Selection): Focus {
  const connection = connectionNamed(run, subject, event);
  if (connection !== null) return { ...NOTHING, connection, endpoint: endpointOf(run, connection), host: hostNamed(run, connection.connection.host) };
  const endpoint = run.endpoints.find((one) => endpointId(one) === subject);
  if (endpoint !== undefined) return { ...NOTHING, endpoint, host: hostNamed(run, endpoint.verdict.host) };
  if (subject.startsWith('cert:')) return { ...NOTHING, certificate: certificateNamed(run, subject) };
  return { ...NOTHING, ...hostOrRecord(run, subject) };
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

function connectionNamed(run: Run, subject: SubjectId, event: number | null): ConnectionState | null {
  if (!subject.startsWith('connection:')) return null;
  const withLine = event === null ? undefined : run.connections.find((one) => one.lines.some((line) => line.seq === event));
  if (withLine !== undefined) return withLine;
  return run.connections.find((one) => connectionId(run, one) === subject)
    ?? run.connections.find((one) => connectionSubject(one.connection.host, one.connection.address, one.connection.number) === subject)
    ?? null;
}

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
