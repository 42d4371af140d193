/** Endpoints that showed a chain which no usable record authenticates, sorted by the one cause that an admin can act on. */
import type { ComparisonCode } from '../dane/facts.ts';
import type { DestinationHost } from '../destination/facts.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import { versionWords } from '../tls/names.ts';
import type { FindingCode } from './codes.ts';
import { groupBy, hostOf, listed } from './state.ts';

export interface RefusedEndpoints {
  readonly host: DestinationHost;
  readonly endpoints: readonly EndpointState[];
  /** such as `mx1.example.org (192.0.2.1 and 192.0.2.2, ECDSA)` */
  readonly where: string;
}

/** A record that matched but for this is closer to working than one that does not match. */
const NEAREST_FIRST: readonly (readonly [ComparisonCode, FindingCode])[] = [
  ['name-mismatch', 'name-mismatch'], ['expired', 'certificate-expired'], ['not-yet-valid', 'certificate-expired'],
];

export function refusedEndpoints(run: Run, code: FindingCode): RefusedEndpoints[] {
  const refused = run.endpoints.filter((endpoint) => isRefusedByRecords(run, endpoint) && causeOf(run, endpoint) === code);
  return groupBy(refused, ({ verdict }) => `${verdict.host} ${verdict.keyType} ${verdict.chain[0]}`).flatMap((endpoints) => {
    const host = hostOf(run, endpoints[0]?.verdict.host ?? '');
    return host === undefined ? [] : [{ host, endpoints, where: whereText(host, endpoints) }];
  });
}

const isRefusedByRecords = (run: Run, { verdict, comparisons }: EndpointState): boolean =>
  verdict.outcome === 'refused' && !OTHER_CAUSES.has(verdict.reason.code) && verdict.chain.length > 0 && comparisons.length > 0 && hostOf(run, verdict.host)?.tlsa === 'usable'
  && !run.connections.some((state) => state.connection.number === verdict.connection && state.parameters === null && state.failure !== null);

/** Refused for what the handshake was, whatever the records say; these have findings of their own. */
const OTHER_CAUSES: ReadonlySet<string> = new Set(['sni-rejected', 'tls-too-old']);

function causeOf(run: Run, { verdict, comparisons }: EndpointState): FindingCode {
  const codes = new Set(comparisons.map(({ reason }) => reason.code));
  const nearest = NEAREST_FIRST.find(([comparison]) => codes.has(comparison));
  if (nearest !== undefined) return nearest[1];
  const usages = hostOf(run, verdict.host)?.records.filter(({ usable }) => usable).map(({ usage }) => usage) ?? [];
  const complete = run.certificates[verdict.chain.at(-1) ?? '']?.selfIssued === true && verdict.chain.length > 1;
  // Where the root was sent, or a DANE-EE(3) record is there too, nothing is missing: the records are of other keys.
  return codes.has('anchor-not-sent') && !complete && usages.every((usage) => usage === 2) ? 'anchor-not-sent' : 'tlsa-mismatch';
}

function whereText(host: DestinationHost, endpoints: readonly EndpointState[]): string {
  const addresses = listed(endpoints.map(({ verdict }) => verdict.address));
  const verdict = endpoints[0]?.verdict;
  const { keyType = null, protocol, versions = [] } = verdict ?? {};
  const isOneVersion = versions.some((shown) => shown.protocol !== protocol && shown.outcome === 'authenticated');
  return `${host.name} (${addresses}${keyType === null ? '' : `, ${keyType}`}${isOneVersion && protocol !== undefined ? `, ${versionWords(protocol)} only` : ''})`;
}

/** TLS versions, addresses and key types of the host that are authenticated, as a contrast: `The ECDSA chain matches.` */
export function contrast(run: Run, { host, endpoints }: RefusedEndpoints): string {
  const { protocol, versions = [] } = endpoints[0]?.verdict ?? {};
  const goodVersions = versions.filter((shown) => shown.protocol !== protocol && shown.outcome === 'authenticated').map((shown) => versionWords(shown.protocol));
  if (goodVersions.length > 0) return ` The chain shown with ${listed(goodVersions)} matches, so only senders that negotiate ${protocol === undefined ? 'another version' : versionWords(protocol)} are concerned.`;
  const good = run.endpoints.filter(({ verdict }) => verdict.host === host.name && verdict.outcome === 'authenticated');
  if (good.length === 0) return '';
  const keyType = endpoints[0]?.verdict.keyType;
  const otherKey = good.filter(({ verdict }) => verdict.keyType !== keyType);
  if (otherKey.length > 0) return ` The ${listed(otherKey.map(({ verdict }) => verdict.keyType ?? ''))} chain matches, so only senders that negotiate ${keyType ?? 'another key'} are concerned.`;
  return ` The chain shown at ${listed(good.map(({ verdict }) => verdict.address))} matches.`;
}
