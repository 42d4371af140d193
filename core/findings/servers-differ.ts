import { rrsetSubject } from '../base/subject.ts';
import type { ComparedServer, ServerAddress, ServerComparison } from '../dns/facts.ts';
import type { Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { answerOf } from './evidence.ts';
import type { Finding } from './finding.ts';
import { finding, listed } from './state.ts';

type Comparison = ServerComparison & { readonly seq: number };

/** Name servers of one zone that say different things: whom a sender asks is chance, so mail fails now and then (RFC 1034 §4.2.2, RFC 7672 §2.1.2). */
export const serversDiffer: Assessor = (run) => {
  const { comparisons = [], context } = run;
  const now = context === null ? null : Math.floor(Date.parse(context.startedAt) / 1000);
  return comparisons.flatMap((comparison) => differing(run, comparison, now));
};

function differing(run: Run, comparison: Comparison, now: number | null): Finding[] {
  const { name, rrtype, seq } = comparison;
  const servers = comparison.servers.filter(isReachableFamily);
  const answering = servers.filter(({ group }) => group !== null);
  // Where no server answers, or all agree, that is another finding's matter, or none.
  if (answering.length === 0) return [];
  const usual = commonest(answering);
  const odd = servers.flatMap((server) => oddity(server, usual, now));
  if (odd.length === 0) return [];
  const severe = odd.some(({ breaks }) => breaks);
  return [finding({
    code: 'servers-differ', severity: severe ? 'error' : 'warning', subject: rrsetSubject(name, rrtype), rfc: severe && rrtype === 'TLSA' ? 'RFC 7672 §2.1.2' : 'RFC 1034 §4.2.2',
    message: `The name servers of ${comparison.zone ?? 'the zone'} do not say the same about ${name} ${rrtype}: ${listed(odd.map(({ text }) => text))}.${severe ? ' Senders that happen to ask them do not deliver, or deliver without DANE.' : ''}`,
    evidence: [{ label: `${name} ${rrtype} at ${comparison.servers.length} addresses`, subject: rrsetSubject(name, rrtype), seq }, ...odd.flatMap(({ server }) => answerOf(run, server, comparison))],
    remedy: { text: 'See why these name servers do not have the current zone: transfer, NOTIFY, serial number, the address in the delegation.', copy: null },
  })];
}

/** No route for IPv6 from here is nothing about the server. */
const isReachableFamily = ({ server, failure }: ComparedServer): boolean => !(server.address.includes(':') && failure?.code === 'unreachable');

/** The group that most servers are of; of two alike the one with records. */
function commonest(servers: readonly ComparedServer[]): ComparedServer {
  const size = ({ group }: ComparedServer): number => servers.filter((other) => other.group === group).length * 2;
  return servers.reduce((best, server) => (size(server) + Number(server.records.length > 0) > size(best) + Number(best.records.length > 0) ? server : best));
}

interface Oddity {
  readonly server: ServerAddress;
  readonly text: string;
  /** senders that meet it treat the host as one without DANE, or as unreachable */
  readonly breaks: boolean;
}

function oddity(server: ComparedServer, usual: ComparedServer, now: number | null): Oddity[] {
  const at = server.server;
  const where = server.server.name === null ? server.server.address : `${server.server.name} (${server.server.address})`;
  if (server.failure !== null) return [{ server: at, text: `${where} does not answer (${server.failure.text})`, breaks: false }];
  if (server.group === null) return [{ server: at, text: `${where} answers ${server.rcode ?? 'nothing'}`, breaks: true }];
  const serial = server.serial === usual.serial || server.serial === null || usual.serial === null ? '' : ` (serial ${server.serial} instead of ${usual.serial})`;
  if (usual.signatures.length > 0 && server.signatures.length === 0) return [{ server: at, text: `${where} sends no signatures${serial}`, breaks: true }];
  if (usual.records.length > 0 && server.records.length === 0) return [{ server: at, text: `${where} has no such record${serial}`, breaks: true }];
  if (now !== null && server.signatures.length > 0 && server.signatures.every(({ expiration }) => ((expiration - now) | 0) < 0) && usual.signatures.some(({ expiration }) => ((expiration - now) | 0) >= 0)) {
    return [{ server: at, text: `${where} sends signatures that have expired${serial}`, breaks: true }];
  }
  return server.group === usual.group ? [] : [{ server: at, text: `${where} has ${server.records.length === 0 ? 'nothing' : listed(server.records, 3)}${serial}`, breaks: false }];
}
