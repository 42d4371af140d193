/** The answers that a sender rests on: MX, addresses and TLSA RRsets, aliases on the way, absences with their proofs, failures. */
import { rrsetSubject } from '../base/subject.ts';
import type { Lookup } from '../dns/facts.ts';
import type { DenialCheck } from '../dnssec/facts.ts';
import type { LookupState, Run } from '../inspection/run.ts';
import { addDenial } from './denial-nodes.ts';
import { sameName, short, type GraphBuilder } from './graph-builder.ts';
import type { GraphNode, GraphStatus, NodeKind } from './graph-facts.ts';
import { ABSENT_LINE, NODE_STATUS, PLAIN, PLAIN_LINE } from './graph-status.ts';
import { clusterId } from './zone-nodes.ts';

export const rrsetId = (owner: string, rrtype: string): string => `rrset ${owner.toLowerCase()} ${rrtype}`;

/** What a sender follows, in the order in which it does. */
const TOLD_TYPES: ReadonlySet<string> = new Set(['MX', 'A', 'AAAA', 'TLSA']);

export function addAnswers(builder: GraphBuilder, run: Run, allKeys: boolean): void {
  const states = [...new Map(run.lookups.map((state) => [rrsetId(state.name, state.rrtype), state])).values()];
  for (const state of states) if (allKeys || isTold(state)) addAnswer(builder, run, state);
}

/** That a host has no second address family, or that nothing is at `_tcp`, leads nowhere while it is secure. */
function isTold({ name, rrtype, lookup }: LookupState): boolean {
  if (!TOLD_TYPES.has(rrtype)) return false;
  if (lookup === null || lookup.status === 'bogus' || lookup.status === 'indeterminate') return true;
  const isAddress = rrtype === 'A' || rrtype === 'AAAA';
  return !name.startsWith('_tcp.') && !(isAddress && lookup.records.length === 0);
}

function addAnswer(builder: GraphBuilder, run: Run, { name, rrtype, lookup }: LookupState): void {
  const owner = lookup?.canonicalName ?? name;
  builder.node(answerNode(run, { name, rrtype, lookup }, owner));
  if (lookup === null) return;
  for (const check of run.zones.flatMap((state) => state.denials)) {
    if (check.rrtype === rrtype && (sameName(check.name, owner) || sameName(check.name, name))) addDenial(builder, run, check, rrsetId(owner, rrtype));
  }
  addAliases(builder, run, lookup, rrsetId(owner, rrtype));
  addServerError(builder, run, lookup, owner);
}

/** An answer that came all the same hides that a server failed: one sender in some meets it. */
function addServerError(builder: GraphBuilder, run: Run, { name, rrtype, records }: Lookup, owner: string): void {
  const line = records.length === 0 ? null : failureLine(run, name, rrtype);
  if (line === null) return;
  const [id, answer] = [`failure ${rrsetId(owner, rrtype)}`, rrsetId(owner, rrtype)];
  builder.node({ id, cluster: null, kind: 'error', within: null, subject: rrsetSubject(name, rrtype), status: PLAIN, lines: [line], marks: [], detail: `asked for ${short(name)} ${short(rrtype, 12)}` });
  builder.edge({ ...ABSENT_LINE, from: answer, to: id, kind: 'error', label: '', subject: rrsetSubject(name, rrtype), sentence: `${line}, asked for ${short(name)} ${short(rrtype, 12)}.` });
}

/** `SERVFAIL at ns2.example.org`: the last server that answered with an error, or not at all; null where each answered. */
function failureLine(run: Run, name: string, rrtype: string): string | null {
  const asked = run.exchanges.filter((exchange) => exchange.rrtype === rrtype && sameName(exchange.name, name));
  const failed = asked.filter(({ answer, failure }) => failure !== null || (answer !== null && answer.rcode !== 'NOERROR' && answer.rcode !== 'NXDOMAIN'));
  const last = failed.at(-1);
  if (last === undefined) return null;
  const more = new Set(failed.map(({ server }) => server.address)).size - 1;
  return `${last.failure === null ? short(last.answer?.rcode ?? '', 20) : short(last.failure.code, 20)} at ${short(last.server.name ?? last.server.address, 34)}${more > 0 ? ` and ${String(more)} more` : ''}`;
}

function answerNode(run: Run, { name, rrtype, lookup }: Pick<LookupState, 'name' | 'rrtype' | 'lookup'>, owner: string): GraphNode {
  const wildcard = signaturesOver(run, owner, rrtype).find((check) => check.wildcard !== null)?.wildcard ?? null;
  const kind = kindOf(lookup, claimsAbout(run, [owner, name], rrtype));
  return {
    id: rrsetId(owner, rrtype), cluster: clusterOf(run, owner, rrtype, lookup), kind, within: null, subject: rrsetSubject(name, rrtype), status: statusOf(run, owner, rrtype, lookup),
    lines: [...(wildcard === null ? [] : [short(wildcard)]), ...(kind === 'error' ? [failureLine(run, name, rrtype) ?? short(lookup?.rcode ?? 'no answer', 20), `${short(owner)} ${short(rrtype, 12)}`] : answerLines(kind, owner, rrtype))], marks: wildcard === null ? [] : ['wildcard'], detail: short(lookup?.reason?.text ?? '', 400),
  };
}

/** What was claimed and did not hold is drawn as what it claims: that we make SERVFAIL of it (RFC 4035 §5.5) no server has said. */
function kindOf(lookup: Lookup | null, claims: readonly DenialCheck['claim'][]): NodeKind {
  if (lookup === null || lookup.records.length > 0) return 'rrset';
  if (lookup.rcode === 'NXDOMAIN' || claims.includes('name-error')) return 'name-error';
  return lookup.noData || claims.some((claim) => claim === 'no-data' || claim === 'wildcard-no-data') ? 'no-data' : 'error';
}

const claimsAbout = ({ zones }: Run, names: readonly string[], rrtype: string): readonly DenialCheck['claim'][] =>
  zones.flatMap(({ denials }) => denials).filter((check) => check.rrtype === rrtype && names.some((name) => sameName(name, check.name))).map(({ claim }) => claim);

function answerLines(kind: NodeKind, owner: string, rrtype: string): string[] {
  const type = short(rrtype, 12);
  if (kind === 'no-data') return [short(owner), `${type} — no data`];
  if (kind === 'name-error') return [short(owner), 'does not exist'];
  return [short(owner), type];
}

function statusOf(run: Run, owner: string, rrtype: string, lookup: Lookup | null): GraphStatus {
  if (lookup === null) return NODE_STATUS.pending;
  const dated = signaturesOver(run, owner, rrtype).some(({ result }) => result === 'expired' || result === 'not-yet-valid');
  return lookup.status === 'bogus' && dated ? NODE_STATUS.expired : NODE_STATUS[lookup.status];
}

const signaturesOver = (run: Run, owner: string, rrtype: string): Run['zones'][number]['signatures'] =>
  run.zones.flatMap(({ signatures }) => signatures).filter((check) => check.rrtype === rrtype && sameName(check.owner, owner));

/** The zone whose key signed it; else the one that encloses it most closely. */
function clusterOf(run: Run, owner: string, rrtype: string, lookup: Lookup | null): string | null {
  const signer = signaturesOver(run, owner, rrtype)[0]?.signer;
  const name = owner.toLowerCase();
  const enclosing = run.zones.map(({ zone }) => zone.zone.toLowerCase()).filter((zone) => zone === '.' || name === zone || name.endsWith(`.${zone}`))
    .toSorted((left, right) => right.length - left.length)[0];
  const known = [signer, lookup?.zones.includes(enclosing ?? '') === true ? enclosing : undefined, lookup?.zones.at(-1), enclosing];
  const zone = known.find((candidate) => candidate !== undefined && run.zones.some((state) => sameName(state.zone.zone, candidate)));
  return zone === undefined ? null : clusterId(zone);
}

function addAliases(builder: GraphBuilder, run: Run, { aliases }: Lookup, end: string): void {
  for (const { owner, target, status, synthesised } of aliases) {
    builder.node({
      id: rrsetId(owner, 'CNAME'), cluster: clusterOf(run, owner, 'CNAME', null), kind: 'rrset', within: null, subject: rrsetSubject(owner, 'CNAME'), status: NODE_STATUS[status],
      lines: [short(owner), synthesised ? 'CNAME from DNAME' : 'CNAME'], marks: [], detail: `alias of ${short(target)}`,
    });
  }
  for (const { owner, target } of aliases) {
    const next = aliases.find((alias) => sameName(alias.owner, target));
    builder.edge({
      ...PLAIN_LINE, from: rrsetId(owner, 'CNAME'), to: next === undefined ? end : rrsetId(next.owner, 'CNAME'), kind: 'alias', label: 'alias',
      subject: rrsetSubject(owner, 'CNAME'), sentence: `${short(owner)} is an alias of ${short(target)}.`,
    });
  }
}
