/** Puts a verification case to the product's own engine; decides nothing itself. */
import type { Outcome } from '../core/dane/facts.ts';
import { tlsaRecords } from '../core/dane/usable.ts';
import { judgeEndpoint } from '../core/dane/verify.ts';

export interface Case {
  /** reference identifiers, any one suffices; empty: the name check is not part of the case */
  readonly names: readonly string[];
  /** seconds since 1970; null: now */
  readonly verifyAt: number | null;
  readonly tlsa: readonly { readonly usage: number; readonly selector: number; readonly mtype: number; readonly dataHex: string }[];
  /** DER as presented, leaf first */
  readonly chain: readonly Uint8Array[];
  /** what a local store would hold: never used (RFC 7672 §3.1.2) */
  readonly trustStore: readonly Uint8Array[];
}

export type Judgement = 'verified' | 'failed' | 'no-usable-records';

export function judge(question: Case): Judgement {
  const records = tlsaRecords(question.tlsa.map(({ usage, selector, mtype, dataHex }) => ({ usage, selector, matchingType: mtype, data: dataHex.toLowerCase() })));
  const { verdict } = judgeEndpoint({
    host: question.names[0] ?? 'host.invalid', address: '192.0.2.1', port: 25, keyType: null, connection: null, records,
    disposition: records.some(({ usable }) => usable) ? 'usable' : 'unusable',
    chain: question.chain, proven: true, referenceIdentifiers: question.names.length === 0 ? null : question.names,
    nowMs: question.verifyAt === null ? Date.now() : question.verifyAt * 1000,
  });
  return judgement(verdict.outcome);
}

function judgement(outcome: Outcome): Judgement {
  if (outcome === 'tls-required-unauthenticated') return 'no-usable-records';
  return outcome === 'authenticated' ? 'verified' : 'failed';
}
