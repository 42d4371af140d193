/** Zones, keys, DS records and RRsets: status, reason, and the data to copy. */
import { dnskeySubject, dsSubject, rrsetSubject, zoneSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { DigestCheck, DnskeyFact, SignatureCheck } from '../../../core/dnssec/facts.ts';
import type { LookupState, Run, ZoneState } from '../../../core/inspection/run.ts';
import { nameInBothForms } from '../../../core/target/name-words.ts';
import { SECURITY } from '../../status/vocabulary.ts';
import { leftOut } from '../../text/counted.ts';
import { algorithmName, digestName } from '../../text/dns-numbers.ts';
import { duration, signatureTime } from '../../text/time.ts';
import { firstFields } from './fields.ts';
import type { Details, Field, Section } from './fields.ts';

export function dnsDetails(run: Run, subject: SubjectId): Details | null {
  for (const state of run.zones) {
    const { zone } = state;
    if (zoneSubject(zone.zone) === subject) return zoneDetails(state);
    const key = zone.keys.find((one) => dnskeySubject(zone.zone, one.algorithm, one.keyTag) === subject);
    if (key !== undefined) return keyDetails(zone.zone, key);
    const digest = state.digests.find((one) => dsSubject(zone.zone, one.algorithm, one.keyTag, one.digestType) === subject);
    if (digest !== undefined) return digestDetails(digest);
  }
  const lookup = run.lookups.find((one) => lookupSubjects(one).includes(subject));
  if (lookup !== undefined) return lookupDetails(run, lookup);
  const signatures = run.zones.flatMap((one) => one.signatures).filter((check) => rrsetSubject(check.owner, check.rrtype) === subject);
  return signatures.length === 0 ? null : { kind: 'RRset', title: `${signatures[0]?.owner ?? ''} ${signatures[0]?.rrtype ?? ''}`, status: null, summary: null, sections: signatureSections(signatures) };
}

const lookupSubjects = ({ name, rrtype, lookup }: LookupState): readonly SubjectId[] =>
  [rrsetSubject(name, rrtype), ...(lookup === null ? [] : [rrsetSubject(lookup.canonicalName, rrtype), ...lookup.aliases.map((alias) => rrsetSubject(alias.owner, 'CNAME'))])];

function zoneDetails({ zone, denials }: ZoneState): Details {
  return {
    kind: 'zone', title: nameInBothForms(zone.zone.toLowerCase()), status: SECURITY[zone.status], summary: zone.reason?.text ?? null,
    sections: [
      { title: 'Delegation', fields: [
        { label: 'Parent', value: zone.parent ?? 'none: starts at a trust anchor', mono: zone.parent !== null },
        ...(zone.reason?.rfc == null ? [] : [{ label: 'Rule', value: zone.reason.rfc }]),
        ...zone.ds.map((ds): Field => ({ label: `DS ${String(ds.keyTag)}`, value: `${String(ds.keyTag)} ${String(ds.algorithm)} ${String(ds.digestType)} ${ds.digest}`, mono: true, copy: true })),
      ] },
      { title: 'Keys', fields: zone.keys.map((key): Field => ({ label: `id ${String(key.keyTag)}`, value: `${key.algorithmName}${key.sep ? ' · SEP' : ''}${key.trustAnchor ? ' · trust anchor' : ''}` })) },
      { title: 'Denials', fields: firstFields(denials, 50, (check) => ({ label: check.rrtype, value: `${check.name}: ${check.result.replaceAll('-', ' ')} by ${check.method}` })) },
    ].filter((section) => section.fields.length > 0),
  };
}

function keyDetails(zone: string, key: DnskeyFact): Details {
  return {
    kind: 'DNSKEY', title: `${zone} · id ${String(key.keyTag)}`, status: null, summary: key.trustAnchor ? 'This key is a trust anchor.' : null,
    sections: [{ title: 'Key', fields: [
      { label: 'Key tag', value: String(key.keyTag), mono: true },
      { label: 'Algorithm', value: `${String(key.algorithm)} ${key.algorithmName}` },
      { label: 'Flags', value: `${String(key.flags)}${key.sep ? ' SEP' : ''}${key.revoked ? ' revoked' : ''}` },
      ...(key.bits === null ? [] : [{ label: 'Length', value: `${String(key.bits)} bits` }]),
      { label: 'Public key', value: key.publicKey, mono: true, copy: true },
    ] }],
  };
}

function digestDetails(check: DigestCheck): Details {
  return {
    kind: 'DS', title: `${check.zone} · id ${String(check.keyTag)}`, status: null, summary: check.result.replaceAll('-', ' '),
    sections: [{ title: 'Digest', fields: [
      { label: 'Algorithm', value: `${String(check.algorithm)} ${algorithmName(check.algorithm)}` },
      { label: 'Digest type', value: `${String(check.digestType)} ${digestName(check.digestType)}` },
      { label: 'Published', value: check.published, mono: true, copy: true },
      { label: 'Computed', value: check.computed ?? 'no DNSKEY to compute it from', mono: check.computed !== null, copy: check.computed !== null },
    ] }],
  };
}

function lookupDetails(run: Run, { name, rrtype, lookup }: LookupState): Details {
  if (lookup === null) return { kind: 'RRset', title: `${name} ${rrtype}`, status: SECURITY.pending, summary: null, sections: [] };
  const owners = new Set([lookup.name, lookup.canonicalName].map((owner) => owner.toLowerCase()));
  const signatures = run.zones.flatMap((one) => one.signatures).filter((check) => owners.has(check.owner.toLowerCase()) && check.rrtype === rrtype);
  return {
    kind: 'RRset', title: `${name} ${rrtype}`, status: SECURITY[lookup.status], summary: lookup.reason?.text ?? null,
    sections: [
      { title: 'Answer', fields: [
        { label: 'Response', value: lookup.noData ? `${lookup.rcode}, no data` : lookup.rcode },
        ...(lookup.reason?.rfc == null ? [] : [{ label: 'Rule', value: lookup.reason.rfc }]),
        { label: 'TTL', value: `${String(lookup.ttl)} s` },
        { label: 'Took', value: `${duration(lookup.elapsedMs)}${lookup.fromCache ? ', from the cache of this run' : ''}` },
        { label: 'Rests on', value: lookup.zones.join(' → ').toLowerCase(), mono: true },
        ...lookup.aliases.map((alias): Field => ({ label: 'Alias', value: `${alias.owner} → ${alias.target}`, mono: true, status: SECURITY[alias.status] })),
      ] },
      { title: 'Records', fields: firstFields(lookup.records, 100, (record) => ({ label: record.type, value: record.text, mono: true, copy: true })) },
      ...signatureSections(signatures),
    ].filter((section) => section.fields.length > 0),
  };
}

function signatureSections(signatures: readonly SignatureCheck[]): Section[] {
  const rest = leftOut(signatures.length, MOST_SIGNATURES);
  return [...signatures.slice(0, MOST_SIGNATURES).map(signatureSection), ...(rest === null ? [] : [{ title: 'Signatures', fields: [{ label: '', value: rest }] }])];
}

const MOST_SIGNATURES = 20;

function signatureSection(check: SignatureCheck): Section {
  return {
    title: `RRSIG by id ${String(check.keyTag)}`,
    fields: [
      { label: 'Result', value: check.result.replaceAll('-', ' ') },
      { label: 'Signer', value: check.signer, mono: true },
      { label: 'Algorithm', value: `${String(check.algorithm)} ${algorithmName(check.algorithm)}` },
      { label: 'Valid', value: `${signatureTime(check.inception)} – ${signatureTime(check.expiration)}`, mono: true },
      { label: 'Signature', value: check.signature, mono: true, copy: true },
    ],
  };
}
