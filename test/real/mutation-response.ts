/** Mutations of a whole response: what is in it, and what it is said to answer. */
import { type Name, isWildcard, labelCount, labelsOf, nameFromLabels, parseName, sameName } from '../../core/dns/name.ts';
import type { RRset } from '../../core/dns/record.ts';
import { RRTYPE } from '../../core/dns/rrtype.ts';
import { parseRrsig } from '../../core/dnssec/rrsig.ts';
import { type Kind, editOne, isSigned } from './mutation-kind.ts';
import type { Response } from './response.ts';

const isDenial = ({ type }: RRset): boolean => type === RRTYPE.NSEC || type === RRTYPE.NSEC3;
const pick = <Value>(values: readonly Value[], random: (below: number) => number): Value | undefined => values[random(Math.max(1, values.length))];

/** The negative answer of another name of the zone, as if it were to this question. */
const negativeOfAnother: Kind = (response, { others, random }) => {
  const other = pick(others.filter((candidate) => candidate.answer.length === 0 && candidate.authority.some(isDenial)), random);
  return other === undefined ? null : { ...response, rcode: other.rcode, answer: [], authority: other.authority };
};

const isExpanded = ({ owner, signatures: [first] }: RRset): boolean => {
  const labels = first === undefined ? undefined : parseRrsig(first)?.labels;
  return labels !== undefined && labels < labelCount(owner) && !isWildcard(owner);
};

/** The expansion of a wildcard, moved to the name that was asked about. */
const expansionOfAnother: Kind = (response, { others, random, asked }) => {
  const other = pick(others.filter(({ answer }) => answer.some((rrset) => isExpanded(rrset) && rrset.type === asked.type)), random);
  if (other === undefined) return null;
  const answer = other.answer.filter(isExpanded).map((rrset) => ({ ...rrset, owner: asked.name }));
  return { ...response, rcode: 0, answer, authority: random(2) === 0 ? other.authority : response.authority };
};

const OTHER = new TextEncoder().encode('other');
const renamedTarget = (target: Name): Name => nameFromLabels([OTHER, ...labelsOf(target).slice(1)]);

export const RESPONSE_KINDS: Readonly<Record<string, Kind>> = {
  'rcode-turned': (response) => ({ ...response, rcode: response.rcode === 0 ? 3 : 0 }),
  'rrset-dropped': (response, tools) => editOne(response, tools, () => true, () => []),
  'soa-dropped': (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.SOA, () => []),
  'everything-dropped': (response) => ({ ...response, answer: [], authority: [] }),
  'all-signatures-dropped': (response) => {
    const strip = (rrsets: readonly RRset[]): RRset[] => rrsets.map((rrset) => ({ ...rrset, signatures: [] }));
    return [...response.answer, ...response.authority].some(isSigned) ? { ...response, answer: strip(response.answer), authority: strip(response.authority) } : null;
  },
  'answer-denied-without-proof': (response) => (response.answer.length === 0 ? null : { ...response, answer: [], authority: [] }),
  'answer-denied-by-another-denial': (response, tools) => (response.answer.length === 0 ? null : negativeOfAnother(response, tools)),
  'denial-of-another': (response, tools) => (response.answer.length > 0 ? null : negativeOfAnother(response, tools)),
  'expansion-of-another': expansionOfAnother,
  'answer-of-another': (response, { others, random, asked }) => {
    const other = pick(others.filter(({ answer }) => answer.some(({ type }) => type === asked.type)), random);
    if (other === undefined) return null;
    return { ...response, rcode: 0, answer: other.answer.map((rrset) => (rrset.type === asked.type ? { ...rrset, owner: asked.name } : rrset)) };
  },
  'target-of-alias-changed': (response, tools) => editOne(response, tools, ({ type }) => type === RRTYPE.CNAME, (rrset) => [{ ...rrset, rdatas: rrset.rdatas.map(renamedTarget) }]),
  'synthesised-alias-dropped': (response, tools) => editOne(response, tools, (rrset) => rrset.type === RRTYPE.CNAME && !isSigned(rrset), () => []),
  'alias-appended': (response, { asked }): Response | null => (response.answer.length > 0 ? null : {
    ...response, rcode: 0, answer: [{ owner: asked.name, type: RRTYPE.CNAME, class: 1, ttl: 300, rdatas: [parseName('mx.corp.zz.')], signatures: [] }],
  }),
  'foreign-record-appended': (response, { asked }) => ({
    ...response,
    answer: [...response.answer, { owner: parseName('victim.zz.'), type: RRTYPE.A, class: 1, ttl: 300, rdatas: [Uint8Array.of(192, 0, 2, 66)], signatures: [] }].filter(({ owner }) => !sameName(owner, asked.name) || response.answer.length > 0),
  }),
  'unsigned-ns-appended': (response) => ({
    ...response,
    authority: [...response.authority, { owner: parseName('zz.'), type: RRTYPE.NS, class: 1, ttl: 300, rdatas: [parseName('ns.evil.zz.')], signatures: [] }],
  }),
};
