/** Keys, digest matches, signature checks and denial proofs as nodes of the trust tree. */
import { dnskeySubject, dsSubject, rrsetSubject, zoneSubject } from '../../../core/base/subject.ts';
import type { DenialCheck, DigestCheck, DnskeyFact, SignatureCheck } from '../../../core/dnssec/facts.ts';
import type { Status } from '../../status/vocabulary.ts';
import { leftOut } from '../../text/counted.ts';
import { algorithmName, digestName } from '../../text/dns-numbers.ts';
import { signatureTime } from '../../text/time.ts';
import type { TrustNode } from './trust-node.ts';

const good = (word: string): Status => ({ sign: 'check', tone: 'secure', word });
const bad = (word: string): Status => ({ sign: 'cross', tone: 'bogus', word });
const unclear = (word: string): Status => ({ sign: 'question', tone: 'warning', word });
const absent = (word: string): Status => ({ sign: 'dash', tone: 'pending', word });
const neutral = (word: string): Status => ({ sign: 'circle', tone: 'neutral', word });
const dated = (word: string): Status => ({ sign: 'hourglass', tone: 'expired', word });

export function keyNode(zone: string, key: DnskeyFact): TrustNode {
  const marks = [key.trustAnchor ? 'trust anchor' : '', key.sep ? 'SEP' : '', key.revoked ? 'revoked' : '', key.bits === null ? '' : `${String(key.bits)} bits`];
  return leaf({
    id: `key ${zone} ${String(key.algorithm)} ${String(key.keyTag)}`, subject: dnskeySubject(zone, key.algorithm, key.keyTag),
    status: key.revoked ? bad('revoked') : { sign: 'circle', tone: 'neutral', word: 'key' }, kind: 'DNSKEY',
    title: `id ${String(key.keyTag)} · ${key.algorithmName}`, detail: marks.filter((mark) => mark !== '').join(' · '),
  });
}

const DIGEST_STATUS: { readonly [Result in DigestCheck['result']]: Status } = {
  match: good('matches'), mismatch: bad('digest differs'), 'no-such-dnskey': absent('no such DNSKEY'), 'unknown-digest': unclear('unknown digest'),
  'unknown-algorithm': unclear('unknown algorithm'), 'not-allowed': bad('not allowed'), 'key-not-usable': bad('key not usable'),
  'work-limit': unclear('work limit'),
};

/** At the root it is a trust anchor that is held against a key: as DS, or the key itself, which has no digest. */
export function digestNode(check: DigestCheck): TrustNode {
  return leaf({
    id: `ds ${check.zone} ${String(check.algorithm)} ${String(check.keyTag)} ${String(check.digestType)}`,
    subject: dsSubject(check.zone, check.algorithm, check.keyTag, check.digestType), status: DIGEST_STATUS[check.result], kind: check.zone === '.' ? 'anchor' : 'DS',
    title: `id ${String(check.keyTag)} → DNSKEY ${String(check.keyTag)}`, detail: `${check.digestType === 0 ? 'the key itself' : digestName(check.digestType)} · ${algorithmName(check.algorithm)}`,
  });
}

const SIGNATURE_STATUS: { readonly [Result in SignatureCheck['result']]: Status } = {
  valid: good('valid'), 'bad-signature': bad('bad signature'), expired: dated('expired'), 'not-yet-valid': dated('not yet valid'),
  'no-such-dnskey': absent('no such DNSKEY'), 'unknown-algorithm': unclear('unknown algorithm'), 'not-allowed': bad('not allowed to sign this'),
  'signer-not-zone': bad('signer is not the zone'), 'bad-labels': bad('label count wrong'), 'key-not-usable': bad('key not usable'),
  malformed: bad('malformed'), 'work-limit': unclear('work limit'),
};

export function signatureNode(check: SignatureCheck): TrustNode {
  const wildcard = check.wildcard === null ? '' : ` · expanded from ${check.wildcard}`;
  return leaf({
    id: `rrsig ${check.owner} ${check.rrtype} ${check.signer} ${String(check.keyTag)} ${String(check.algorithm)} ${check.signature.slice(0, 12)}`,
    subject: rrsetSubject(check.owner, check.rrtype), status: SIGNATURE_STATUS[check.result], kind: 'RRSIG',
    title: `by ${check.signer} id ${String(check.keyTag)} · ${algorithmName(check.algorithm)}`,
    detail: `${signatureTime(check.inception)} – ${signatureTime(check.expiration)}${wildcard}`,
  });
}

const CLAIMS: { readonly [Claim in DenialCheck['claim']]: string } = {
  'name-error': 'does not exist', 'no-data': 'has no such RRset', 'no-ds': 'has no DS', 'wildcard-expansion': 'itself does not exist',
  'wildcard-no-data': 'has no such RRset, nor has the wildcard', 'insecure-delegation': 'is delegated without DS',
};
const DENIAL_STATUS: { readonly [Result in DenialCheck['result']]: Status } = {
  proved: good('proved'), 'proved-opt-out': { sign: 'circle', tone: 'neutral', word: 'proved with opt-out' }, 'not-proved': bad('not proved'),
  'insecure-parameters': unclear('parameters not accepted'),
};

export function denialNode(check: DenialCheck): TrustNode {
  const id = `denial ${check.zone} ${check.name} ${check.rrtype} ${check.claim}`;
  const rest = leftOut(check.records.length, MOST_RECORDS);
  return {
    id, subject: rrsetSubject(check.name, check.rrtype), status: DENIAL_STATUS[check.result], kind: check.method === 'none' ? 'denial' : check.method,
    title: `${check.name} ${CLAIMS[check.claim]}`, detail: check.reason?.text ?? '', open: check.result === 'not-proved',
    children: [...check.records.slice(0, MOST_RECORDS).map((record, index) => leaf({
      id: `${id} ${String(index)}`, subject: zoneSubject(check.zone), status: neutral(record.role.replaceAll('-', ' ')),
      kind: check.method, title: `${record.owner} → ${record.next}`, detail: `${record.types.join(' ')}${record.optOut ? ' · opt-out' : ''}`,
    })), ...(rest === null ? [] : [leaf({ id: `${id} more`, subject: zoneSubject(check.zone), status: neutral('not listed'), kind: check.method, title: rest, detail: '' })])],
  };
}

const MOST_RECORDS = 50;

const leaf = (node: Omit<TrustNode, 'open' | 'children'>): TrustNode => ({ ...node, open: false, children: [] });
