/** The certification paths that the presented certificates allow, by names and key identifiers: which one the verdict used, and why not the others. */
import type { ComparisonCode } from '../../../core/dane/facts.ts';
import type { EndpointState, Run } from '../../../core/inspection/run.ts';
import type { CertificateFact } from '../../../core/x509/facts.ts';
import { extensionsOf } from './extensions.ts';

/** Hostile chains can hold any number. */
const [MOST_PATHS, MOST_STEPS] = [8, 400];

export interface CertificationPath {
  /** from the leaf up: depths as presented */
  readonly depths: readonly number[];
  /** what the path ends at, in words */
  readonly end: string;
  /** the verdict rests on this path */
  readonly used: boolean;
  /** why it was used, or was not */
  readonly why: string;
}

/** @param shas as presented, leaf first */
export function certificationPaths(run: Run, shas: readonly string[], endpoint: EndpointState | null): readonly CertificationPath[] {
  const presented = shas.map((sha256) => run.certificates[sha256]).map((one) => (one === undefined || one.malformed !== null ? null : { ...one, keys: keysOf(one) }));
  const found = pathsOver(presented);
  const matched = endpoint?.verdict.matched ?? null;
  const usage = run.hosts.find(({ name }) => name === endpoint?.verdict.host)?.records.find(({ index }) => index === matched?.record)?.usage ?? null;
  const used = matched?.depth == null || usage !== 2 ? -1 : found.findIndex((depths) => sameCertificate(shas, depths, matched.depth ?? -1));
  return found.map((depths, index) => ({ depths, end: endOf(presented, depths), used: index === used, why: whyOf({ shas, depths, endpoint, used, index, usage }) }));
}

interface Known extends CertificateFact {
  readonly keys: Keys;
}

interface Keys {
  readonly own: string | null;
  readonly issuer: string | null;
}

const cached = new WeakMap<CertificateFact, Keys>();

function keysOf(certificate: CertificateFact): Keys {
  const before = cached.get(certificate);
  if (before !== undefined) return before;
  const extensions = extensionsOf(certificate.der);
  const text = (bytes: Uint8Array | null | undefined): string | null => (bytes == null ? null : bytes.join(' '));
  const keys = { own: text(extensions?.subjectKeyIdentifier), issuer: text(extensions?.authorityKeyIdentifier?.keyIdentifier) };
  cached.set(certificate, keys);
  return keys;
}

/** RFC 5280 §4.2.1.1: a key identifier counts only where both certificates have one. */
const mayIssue = (issuer: Known, subject: Known): boolean =>
  issuer.subject === subject.issuer && (issuer.keys.own === null || subject.keys.issuer === null || issuer.keys.own === subject.keys.issuer);

function pathsOver(presented: readonly (Known | null)[]): readonly (readonly number[])[] {
  const ended: (readonly number[])[] = [];
  const pending: (readonly number[])[] = presented[0] == null ? [] : [[0]];
  for (let step = 0; step < MOST_STEPS && ended.length < MOST_PATHS; step += 1) {
    const path = pending.shift();
    if (path === undefined) break;
    const top = presented[path.at(-1) ?? 0];
    const next = top == null || top.selfIssued ? [] : issuersOf(presented, top, path);
    if (next.length === 0) ended.push(path);
    else pending.push(...next.map((depth) => [...path, depth]));
  }
  return ended;
}

/** A certificate that was sent twice begins no second path. */
function issuersOf(presented: readonly (Known | null)[], top: Known, path: readonly number[]): number[] {
  const taken = new Set(path.map((depth) => presented[depth]?.sha256));
  return presented.flatMap((one, depth) => {
    if (one === null || taken.has(one.sha256) || !mayIssue(one, top)) return [];
    taken.add(one.sha256);
    return [depth];
  });
}

function endOf(presented: readonly (Known | null)[], depths: readonly number[]): string {
  const last = presented[depths.at(-1) ?? 0];
  return last?.selfIssued === true ? `${last.commonName ?? last.subject}, self-issued` : `${last?.issuer ?? 'an issuer'}, not presented`;
}

const sameCertificate = (shas: readonly string[], depths: readonly number[], depth: number): boolean => depths.some((one) => shas[one] === shas[depth]);

interface Judged {
  readonly shas: readonly string[];
  readonly depths: readonly number[];
  readonly endpoint: EndpointState | null;
  readonly used: number;
  readonly index: number;
  readonly usage: number | null;
}

/** The record names a certificate of the path, and something else is wrong with it. */
const MATCHED_AND_NO_USE: ReadonlySet<string> = new Set<ComparisonCode>(['path-invalid', 'sent-but-not-an-issuer', 'name-mismatch', 'expired', 'not-yet-valid']);

/** DANE-EE(3) looks at the leaf alone (RFC 7672 §3.1.1); DANE-TA(2) needs a path to the certificate that a record names (§3.1.2). */
function whyOf({ shas, depths, endpoint, used, index, usage }: Judged): string {
  if (endpoint === null) return 'Not judged yet.';
  const { matched, reason } = endpoint.verdict;
  if (usage === 3) return 'No path counts: DANE-EE(3) looks at the leaf alone (RFC 7672 §3.1.1).';
  if (index === used) return `Used: it reaches depth ${String(matched?.depth ?? 0)}, which TLSA record ${String((matched?.record ?? 0) + 1)} names.`;
  if (used >= 0) return depths.some((depth) => shas[depth] === shas[matched?.depth ?? -1]) ? 'Not used: it reaches the same certificate, but another path was found first.' : 'Not used: it does not pass the certificate that the TLSA record names.';
  const refused = endpoint.comparisons.find((one) => one.depth !== null && one.depth > 0 && depths.some((depth) => shas[depth] === one.certificate) && MATCHED_AND_NO_USE.has(one.reason.code));
  if (refused !== undefined) return `Not used: ${refused.reason.text}`;
  return endpoint.verdict.outcome === 'authenticated' ? `Not needed: ${reason.text}` : 'Not used: no TLSA record that counts matches a certificate on it.';
}
