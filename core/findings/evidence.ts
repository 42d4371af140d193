/** Evidence that is one answer, one signature or one certificate: no coarser than what the run's events say. */
import { certificateSubject, dnskeySubject, rrsetSubject, tlsaSubject, zoneSubject } from '../base/subject.ts';
import type { Lookup, ServerAddress } from '../dns/facts.ts';
import type { SignatureCheck } from '../dnssec/facts.ts';
import type { DnsExchange, EndpointState, Run, ZoneState } from '../inspection/run.ts';
import type { CertificateFact } from '../x509/facts.ts';
import type { Evidence } from './finding.ts';

/** Of each kind: a zone that fails as a whole meets every lookup in it. */
const MOST = 12;

/** What each server of the zone itself said last to these questions; those above it only refer. */
export function answerEvidence(run: Run, questions: readonly { readonly name: string; readonly rrtype: string }[]): Evidence[] {
  const told = questions.flatMap(({ name, rrtype }) => {
    const asked = run.exchanges.filter((exchange) => isAbout(exchange, name, rrtype));
    const own = asked.filter(({ zone }) => zone === asked.at(-1)?.zone);
    return [...new Map(own.map((exchange) => [placeOf(exchange.server), exchange])).values()].map(oneAnswer);
  });
  return told.slice(0, MOST);
}

/** The last answer of that server; none where it was not asked. */
export const answerOf = (run: Run, server: ServerAddress, { name, rrtype }: { readonly name: string; readonly rrtype: string }): Evidence[] =>
  run.exchanges.filter((exchange) => isAbout(exchange, name, rrtype) && placeOf(exchange.server) === placeOf(server)).slice(-1).map(oneAnswer);

const isAbout = (exchange: DnsExchange, name: string, rrtype: string): boolean => exchange.rrtype === rrtype && exchange.name.toLowerCase() === name.toLowerCase();

const placeOf = ({ address, port }: ServerAddress): string => `${address} ${String(port)}`;

export function oneAnswer({ name, rrtype, server, answer, failure, seq }: DnsExchange): Evidence {
  const who = server.name === null ? server.address : `${server.name} (${server.address})`;
  const said = answer === null ? `no answer of ${who}${failure === null ? '' : `, ${failure.code}`}` : `answer of ${who}, ${answer.rcode}`;
  return { label: `${said}: ${name} ${rrtype}`, subject: rrsetSubject(name, rrtype), seq: answer?.seq ?? seq };
}

const UNDECIDED: ReadonlySet<SignatureCheck['result']> = new Set(['valid', 'unknown-algorithm', 'work-limit']);

/** Signatures that do not hold, in the zone that the lookups fail in and over what they asked for or its keys; by the key that is said to have made them. */
export function signatureEvidence({ zones }: Run, zone: string, lookups: readonly Lookup[]): Evidence[] {
  const owners = new Set(lookups.flatMap(({ name, canonicalName }) => [name.toLowerCase(), canonicalName.toLowerCase()]));
  const checked = zones.filter((state) => state.zone.zone === zone);
  const broken = checked.flatMap((state) => state.signatures
    .filter(({ result, rrtype, owner }) => !UNDECIDED.has(result) && (rrtype === 'DNSKEY' || owners.has(owner.toLowerCase())))
    .map((check) => oneSignature(state, check)));
  return [...new Map(broken.map((one) => [one.label, one])).values()].slice(0, MOST);
}

const oneSignature = ({ zone, seq }: ZoneState, { owner, rrtype, keyTag, algorithm, result }: SignatureCheck): Evidence => ({
  label: `RRSIG of ${owner} ${rrtype} by key ${String(keyTag)}: ${result.replaceAll('-', ' ')}`, seq,
  subject: zone.keys.some((key) => key.keyTag === keyTag && key.algorithm === algorithm) ? dnskeySubject(zone.zone, algorithm, keyTag) : zoneSubject(zone.zone),
});

/** The topmost zone on the way to the answer that is not secure: from there on nothing is signed. */
export function insecureZoneEvidence(run: Run, lookup: Lookup | undefined): Evidence[] {
  const names = new Set(lookup?.zones);
  const state = run.zones.find(({ zone }) => names.has(zone.zone) && zone.status === 'insecure');
  return state === undefined ? [] : [{ label: `zone ${state.zone.zone}: not signed`, subject: zoneSubject(state.zone.zone), seq: state.seq }];
}

/** The certificate that each endpoint shows at the depth that `depthOf` tells, once where several show the same. */
export function certificateEvidence(endpoints: readonly EndpointState[], depthOf: (endpoint: EndpointState) => number | null | undefined): Evidence[] {
  const shown = endpoints.flatMap((endpoint) => {
    const { chain, address } = endpoint.verdict;
    const depth = depthOf(endpoint) ?? -1;
    const sha256 = chain[depth];
    return sha256 === undefined ? [] : [{ sha256, depth, address }];
  });
  const distinct = [...new Map(shown.map((one) => [one.sha256, one])).values()];
  return distinct.map(({ sha256, depth, address }) => ({ label: `certificate at depth ${String(depth)}${distinct.length === 1 ? '' : `, ${address}`}`, subject: certificateSubject(sha256), seq: null }));
}

/** What a record was held against. */
export const leafEvidence = (endpoints: readonly EndpointState[]): Evidence[] => certificateEvidence(endpoints, () => 0);

/** The records that the endpoints are authenticated by. */
export const matchedRecordEvidence = (endpoints: readonly EndpointState[]): Evidence[] => oneRecordEach(endpoints, ({ verdict }) => verdict.matched?.record);

/** @param recordOf index of a record of its host */
export function oneRecordEach(endpoints: readonly EndpointState[], recordOf: (endpoint: EndpointState) => number | undefined): Evidence[] {
  const records = endpoints.flatMap((endpoint) => {
    const index = recordOf(endpoint);
    return index === undefined ? [] : [{ label: `TLSA record ${String(index + 1)}`, subject: tlsaSubject(endpoint.verdict.host, index), seq: null }];
  });
  return [...new Map(records.map((one) => [one.subject, one])).values()];
}

/** From the leaf, by name; a chain may be sent in another order. */
export function pathShown(run: Run, chain: readonly string[]): CertificateFact[] {
  const shown = chain.flatMap((sha256) => run.certificates[sha256] ?? []);
  const path = shown.slice(0, 1);
  for (let next = issuerOf(path, shown); next !== undefined; next = issuerOf(path, shown)) path.push(next);
  return path;
}

const issuerOf = (path: readonly CertificateFact[], shown: readonly CertificateFact[]): CertificateFact | undefined =>
  shown.find((candidate) => candidate.subject === path.at(-1)?.issuer && !path.includes(candidate));
