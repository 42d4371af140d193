/** The presented certificates, the anchors in full from DNS, and the one path that a sender's library builds over them. */
import { fromHex } from '../base/bytes.ts';
import type { Result } from '../base/result.ts';
import type { TlsaRecord } from '../destination/facts.ts';
import { parseCertificate } from '../x509/certificate.ts';
import type { Certificate } from '../x509/certificate.ts';
import type { Search } from '../x509/find-path.ts';
import { buildPath } from '../x509/path.ts';
import { keyObjectOf } from '../x509/public-key.ts';
import type { EndpointVerdict } from './facts.ts';
import { checkNames } from './reference-identifier.ts';
import { MATCHING_TYPE, SELECTOR, USAGE } from './usable.ts';

export interface PresentedChain {
  /** by depth; null where the bytes are no certificate */
  readonly certificates: readonly (Certificate | null)[];
  readonly der: readonly Uint8Array[];
  readonly leaf: Certificate | null;
  /** why senders refuse the message as a whole; null where every certificate could be read */
  readonly malformed: string | null;
  /** all that may be an issuer: `2 0 0` from DNS before what was presented, as OpenSSL has them */
  readonly pool: readonly Certificate[];
  /** from the leaf up to where no issuer is found; certificates from DNS among them */
  readonly path: readonly Certificate[];
  /** null where names are not part of the question */
  readonly names: EndpointVerdict['names'];
  readonly at: number;
  /** for other paths than the one that counts; null without a leaf */
  readonly search: Search | null;
}

/** Enough for any honest chain. */
const SEARCH_BUDGET = 500;

export interface ChainInput {
  readonly records: readonly TlsaRecord[];
  readonly chain: readonly Uint8Array[];
  readonly referenceIdentifiers: readonly string[] | null;
  readonly nowMs: number;
}

export function readChain({ records, chain, referenceIdentifiers, nowMs }: ChainInput): PresentedChain {
  const parsed = chain.map(parseCertificate);
  const certificates = parsed.map((certificate) => (certificate.ok ? certificate.value : null));
  const pool = [...records.flatMap(certificateFromDns), ...certificates.filter((certificate) => certificate !== null)];
  const leaf = certificates[0] ?? null;
  return {
    certificates, der: chain, leaf, pool, malformed: malformed(parsed), at: nowMs,
    search: leaf === null ? null : { leaf, pool, at: nowMs, budget: SEARCH_BUDGET },
    path: leaf === null ? [] : buildPath(leaf, pool, nowMs),
    names: leaf === null || referenceIdentifiers === null ? null : checkNames(leaf, referenceIdentifiers),
  };
}

/** A TLS library ends the handshake at any certificate that it cannot decode, and at a leaf whose key it cannot use. */
function malformed(parsed: readonly Result<Certificate, string>[]): string | null {
  for (const [depth, certificate] of parsed.entries()) {
    if (!certificate.ok) return `The certificate at depth ${depth} is malformed: ${certificate.failure}.`;
    if (depth === 0 && keyObjectOf(certificate.value.publicKey) === null) return 'The key of the leaf cannot be read.';
  }
  return null;
}

/** RFC 7671 §5.2.2: an anchor published in full need not be sent. */
function certificateFromDns(record: TlsaRecord): Certificate[] {
  if (!record.usable || record.usage !== USAGE.daneTa || record.selector !== SELECTOR.cert || record.matchingType !== MATCHING_TYPE.full) return [];
  const certificate = parseCertificate(fromHex(record.data));
  return certificate.ok ? [certificate.value] : [];
}
