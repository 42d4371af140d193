/** Puts a verification case to the product's own engine; decides nothing itself. */
import { fromBase64 } from '../core/base/bytes.ts';
import { valueOf } from '../core/base/parallel.ts';
import type { Outcome } from '../core/dane/facts.ts';
import { tlsaRecords } from '../core/dane/usable.ts';
import { verifyEndpoint } from '../core/dane/verify.ts';

export interface Case {
  /** reference identifiers, any one suffices; empty: the name check is not part of the case */
  readonly names: readonly string[];
  /** seconds since 1970; null: now */
  readonly verifyAt: number | null;
  readonly tlsa: readonly { readonly usage: number; readonly selector: number; readonly mtype: number; readonly dataHex: string }[];
  /** base64 DER as presented, leaf first */
  readonly chain: readonly string[];
  /** what a local store would hold: never used (RFC 7672 §3.1.2) */
  readonly trustStore: readonly string[];
}

export type Judgement = 'verified' | 'failed' | 'no-usable-records';

export async function judge(question: Case): Promise<Judgement> {
  const records = tlsaRecords(question.tlsa.map(({ usage, selector, mtype, dataHex }) => ({ usage, selector, matchingType: mtype, data: dataHex.toLowerCase() })));
  const verdict = await valueOf(verifyEndpoint({
    host: question.names[0] ?? 'host.invalid', address: '192.0.2.1', port: 25, keyType: null, connection: null, records,
    disposition: records.some(({ usable }) => usable) ? 'usable' : 'unusable',
    chain: question.chain.map(fromBase64), proven: true, referenceIdentifiers: question.names.length === 0 ? null : question.names,
    nowMs: question.verifyAt === null ? Date.now() : question.verifyAt * 1000, monotonic: () => 0,
  }));
  return judgement(verdict.outcome);
}

function judgement(outcome: Outcome): Judgement {
  if (outcome === 'tls-required-unauthenticated') return 'no-usable-records';
  return outcome === 'authenticated' ? 'verified' : 'failed';
}
