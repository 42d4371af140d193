/** One edge for each signature by each key over what is drawn; a key that signs its own set gets a loop. */
import { rrsetSubject } from '../base/subject.ts';
import type { SignatureCheck } from '../dnssec/facts.ts';
import type { Run } from '../inspection/run.ts';
import { rrsetId } from './answer-nodes.ts';
import { denialId } from './denial-nodes.ts';
import { sameName, short, zoneWords, type GraphBuilder } from './graph-builder.ts';
import { SIGNATURE_LOOK } from './graph-status.ts';
import { addGhostKey, dsId, keyId } from './zone-nodes.ts';

export function addSignatures(builder: GraphBuilder, run: Run): void {
  for (const { signatures } of run.zones) for (const check of signatures) addSignature(builder, run, check);
}

function addSignature(builder: GraphBuilder, run: Run, check: SignatureCheck): void {
  const targets = signedNodes(run, check).filter((id) => builder.has(id));
  const from = keyId(check.signer, check.algorithm, check.keyTag);
  if (targets.length > 0 && !builder.has(from)) addGhostKey(builder, check.signer, check);
  const look = SIGNATURE_LOOK[check.result];
  for (const to of targets) {
    builder.edge({
      ...look, from, to, kind: 'signature', label: '', subject: rrsetSubject(check.owner, check.rrtype),
      sentence: `The signature of key ${String(check.keyTag)} of ${zoneWords(check.signer)} over the ${short(check.rrtype, 12)} RRset of ${zoneWords(check.owner)} ${look.status.word}.`,
    });
  }
}

/** Ids of the nodes that stand for the signed RRset: a key set and a DS set have one node for each key. */
function signedNodes(run: Run, { owner, rrtype }: SignatureCheck): readonly string[] {
  const zone = run.zones.find((state) => sameName(state.zone.zone, owner))?.zone;
  switch (rrtype) {
    case 'DNSKEY': return (zone?.keys ?? []).map((key) => keyId(owner, key.algorithm, key.keyTag));
    case 'DS': return (zone?.ds ?? []).map((ds) => dsId(owner, ds.algorithm, ds.keyTag));
    case 'NSEC': case 'NSEC3':
      return run.zones.flatMap((state) => state.denials).filter(({ method, records }) => method === rrtype && records.some((record) => sameName(record.owner, owner))).map(denialId);
    default: return [rrsetId(owner, rrtype)];
  }
}
