/** Finds the TLSA base domain and its RRset (RFC 7672 §2.2.3). */
import { parallel } from '../base/parallel.ts';
import type { Reason } from '../base/subject.ts';
import type { Lookup } from '../dns/facts.ts';
import { NameSyntaxError, parseName } from '../dns/name.ts';
import type { TlsaDisposition, TlsaRecord } from './facts.ts';
import { hasRecords, lookupFailed, type LookUp, type Told } from './look-up.ts';
import { reasons } from './reason.ts';

export interface TlsaFound {
  readonly baseDomain: string | null;
  readonly disposition: TlsaDisposition;
  readonly ttl: number;
  readonly records: readonly TlsaRecord[];
  readonly reason: Reason;
}

export interface TlsaSearch {
  readonly candidates: readonly string[];
  readonly port: number;
  readonly lookUp: LookUp;
  readonly readTlsa: ReadTlsa;
}

/** Decodes TLSA RDATA and says of each record whether it is usable (RFC 7671 §4, RFC 7672 §3.1); the verification stage brings it. */
export type ReadTlsa = (lookup: Lookup) => readonly TlsaRecord[];

export async function* findTlsa(search: TlsaSearch): AsyncGenerator<Told, TlsaFound> {
  let insecure: TlsaFound | null = null;
  let denied: TlsaFound | null = null;
  for (const candidate of search.candidates) {
    if (!fits(candidate, search.port)) {
      denied ??= { baseDomain: null, disposition: 'absent', ttl: 0, records: [], reason: reasons.nameTooLong(candidate) };
      continue;
    }
    const found = judge(candidate, yield* lookUpWithAncestor(candidate, search), search.readTlsa);
    // A secure RRset ends the search even if no record is usable, and so does any failure: the next candidate would be a
    // downgrade (RFC 7672 §2.1.1, §2.2.3).
    if (found.disposition !== 'insecure' && found.disposition !== 'absent') return found;
    if (found.disposition === 'insecure') insecure ??= found;
    else denied ??= found;
  }
  return insecure ?? denied ?? { baseDomain: null, disposition: 'insecure', ttl: 0, records: [], reason: reasons.addressesInsecure() };
}

/** A host name may be so long that no TLSA record can be below it (RFC 1035 §2.3.4). */
function fits(candidate: string, port: number): boolean {
  try {
    return parseName(`_${port}._tcp.${candidate}`).length > 0;
  } catch (error) {
    if (error instanceof NameSyntaxError) return false;
    throw error;
  }
}

/**
 * `_tcp.<candidate>` is asked at the same time: a name server that denies it though a name below exists (RFC 8020 §2) makes
 * resolvers that minimise their queries miss the records. Its answer decides nothing here.
 */
async function* lookUpWithAncestor(candidate: string, { port, lookUp }: TlsaSearch): AsyncGenerator<Told, Lookup> {
  const [lookup] = yield* parallel([lookUp(`_${port}._tcp.${candidate}`, 'TLSA'), lookUp(`_tcp.${candidate}`, 'TLSA')]);
  if (lookup === undefined) throw new Error('a lookup without an answer');
  return lookup;
}

function judge(candidate: string, lookup: Lookup, readTlsa: ReadTlsa): TlsaFound {
  const none = { baseDomain: null, ttl: 0, records: [] };
  // RFC 7672 §2.1.2: bogus, SERVFAIL or no answer: the host is treated as unreachable.
  if (lookupFailed(lookup)) return { ...none, disposition: 'lookup-failed', reason: reasons.tlsaLookupFailed(lookup) };
  if (!hasRecords(lookup)) return { ...none, disposition: 'absent', reason: reasons.noTlsa(lookup) };
  const records = readTlsa(lookup);
  // RFC 7672 §2.2.3: an insecure hop or RRset does not count.
  if (lookup.status !== 'secure') return { ...none, ttl: lookup.ttl, records, disposition: 'insecure', reason: reasons.tlsaInsecure(lookup) };
  const usable = records.some((record) => record.usable);
  return { baseDomain: candidate, ttl: lookup.ttl, records, disposition: usable ? 'usable' : 'unusable', reason: usable ? reasons.usable(lookup) : reasons.unusable(lookup) };
}
