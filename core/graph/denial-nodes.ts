/** NSEC and NSEC3 records that prove an absence, as one node for each proof. */
import { rrsetSubject } from '../base/subject.ts';
import type { DenialCheck } from '../dnssec/facts.ts';
import type { Run } from '../inspection/run.ts';
import { sameName, short, zoneWords, type GraphBuilder } from './graph-builder.ts';
import { DENIAL_LOOK, NODE_STATUS } from './graph-status.ts';

const MAXIMUM_RECORDS = 4;

export const denialId = (check: DenialCheck): string => `denial ${check.zone.toLowerCase()} ${check.name.toLowerCase()} ${check.rrtype}`;

/** @param absence id of the node that the proof is about */
export function addDenial(builder: GraphBuilder, run: Run, check: DenialCheck, absence: string): void {
  const look = DENIAL_LOOK[check.result];
  const zone = run.zones.find((state) => sameName(state.zone.zone, check.zone))?.zone;
  const told = check.records.slice(0, MAXIMUM_RECORDS).map(({ owner, next }) => `${short(owner, 22)} → ${short(next, 22)}`);
  const more = check.records.length - told.length;
  builder.node({
    id: denialId(check), cluster: `zone ${check.zone.toLowerCase()}`, kind: 'denial', within: null, subject: rrsetSubject(check.name, check.rrtype),
    status: check.result === 'not-proved' ? NODE_STATUS.bogus : NODE_STATUS[zone?.status ?? 'indeterminate'],
    lines: [...told, ...(more > 0 ? [`and ${String(more)} more`] : []), check.method === 'none' ? 'no NSEC or NSEC3 that holds' : check.method],
    marks: check.records.some(({ optOut }) => optOut) ? ['opt-out'] : [], detail: short(check.reason?.text ?? '', 400),
  });
  builder.edge({
    ...look, from: denialId(check), to: absence, kind: 'denial', label: '', subject: rrsetSubject(check.name, check.rrtype),
    sentence: `That ${zoneWords(check.name)} ${CLAIM_WORDS[check.claim]}${check.claim === 'no-data' ? ` ${short(check.rrtype, 12)}` : ''} is ${look.status.word}${check.method === 'none' ? '' : ` by ${check.method}`}.`,
  });
}

const CLAIM_WORDS: { readonly [Claim in DenialCheck['claim']]: string } = {
  'name-error': 'does not exist', 'no-data': 'has no', 'no-ds': 'has no DS record', 'wildcard-expansion': 'does not exist itself, so that the wildcard answers',
  'wildcard-no-data': 'has no such records, nor has the wildcard', 'insecure-delegation': 'is delegated without a DS record',
};
