/** The remedy that fits most TLSA faults: records of the keys that the host shows now, in the form that senders will look at. */
import type { DestinationHost } from '../destination/facts.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import type { CertificateFact } from '../x509/facts.ts';
import type { Remedy } from './finding.ts';
import { hostOf, requiresTls } from './state.ts';
import { tlsaLine, type DigestType } from './zone-file.ts';

export interface PresentedWords {
  /** what to do with the lines */
  readonly add: string;
  /** where every key shown is published, or authenticated otherwise, and no line is left; default: in words what the lines would be */
  readonly published?: string;
  /** the lines rest on what was seen on the network: they are to be compared with the server's own file first */
  readonly compareFirst?: boolean;
}

/** The lines are those of the leaf keys that senders do not authenticate at `endpoints`, by default at all of the host, under any TLS version. */
export function presentedRemedy(run: Run, hostName: string, words: PresentedWords, endpoints: readonly EndpointState[] = run.endpoints): Remedy {
  const host = hostOf(run, hostName);
  const owner = ownerOf(run, hostName, host);
  const type = digestInUse(host);
  const leaves = unauthenticatedLeaves(run, endpoints.filter(({ verdict }) => verdict.host === hostName));
  const readable = leaves.filter(({ spkiSha256 }) => spkiSha256 !== '');
  const missing = readable.filter((leaf) => host?.records.some((record) => isRecordOf(record, leaf, type)) !== true);
  const lines = [...new Set(missing.map((leaf) => tlsaLine(owner, host?.tlsaTtl ?? 0, type, dataOf(leaf, type))))];
  if (lines.length > 0) return { text: words.compareFirst === true ? `${comparison(type)} ${words.add}` : words.add, copy: lines.join('\n') };
  const isPublished = words.published !== undefined && readable.length === leaves.length && endpoints.some(({ verdict }) => verdict.host === hostName && verdict.chain.length > 0);
  return { text: isPublished ? words.published ?? '' : `Publish at ${owner} a record 3 1 ${type} of the public key of every certificate that the host shows.`, copy: null };
}

const ownerOf = (run: Run, hostName: string, host: DestinationHost | undefined): string =>
  (host?.tlsaBaseDomain == null ? host?.tlsaCandidates.at(-1) : undefined) ?? `_${run.context?.target.port ?? 25}._tcp.${host?.tlsaBaseDomain ?? hostName}`;

/** RFC 7671 §9: of one usage and selector senders look at the strongest digest alone, so a weaker one beside it would be ignored. */
const digestInUse = (host: DestinationHost | undefined): DigestType =>
  (host !== undefined && requiresTls(host) && host.records.some(({ usable, usage, selector, matchingType }) => usable && usage === 3 && selector === 1 && matchingType === 2) ? 2 : 1);

const dataOf = (leaf: CertificateFact, type: DigestType): string => (type === 2 ? leaf.spkiSha512 : leaf.spkiSha256);

const isRecordOf = ({ usage, selector, matchingType, data }: DestinationHost['records'][number], leaf: CertificateFact, type: DigestType): boolean =>
  usage === 3 && selector === 1 && matchingType === type && data.toLowerCase() === dataOf(leaf, type);

/** What one TLS version shows, another need not: each chain that was seen counts. */
function unauthenticatedLeaves(run: Run, endpoints: readonly EndpointState[]): CertificateFact[] {
  const shown = endpoints.flatMap(({ verdict }) => (verdict.versions === undefined || verdict.versions.length === 0 ? [verdict] : [verdict, ...verdict.versions]));
  const leaves = shown.filter(({ outcome }) => outcome !== 'authenticated').map(({ chain }) => chain[0] ?? '');
  return [...new Set(leaves)].flatMap((sha256) => run.certificates[sha256] ?? []);
}

/** RFC 7672 §1: an active attack looks just like a forgotten record, and must not be told from it by what the attacker shows. */
const comparison = (type: DigestType): string => 'First compare with the certificate file on the server, as somebody between may show another key: '
  + `\`openssl x509 -in certificate.pem -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha${type === 2 ? 512 : 256}\` must print the last field of the record below.`;
