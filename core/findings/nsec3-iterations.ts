import { fromBase64 } from '../base/bytes.ts';
import { zoneSubject } from '../base/subject.ts';
import { parseMessage } from '../dns/message.ts';
import { RRTYPE } from '../dns/rrtype.ts';
import type { DenialCheck } from '../dnssec/facts.ts';
import type { DnsExchange, Run, ZoneState } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { answerEvidence } from './evidence.ts';
import type { Evidence, Finding } from './finding.ts';
import { finding, finishedLookups } from './state.ts';

/**
 * NSEC3 that hashes more than once. Zones must not (RFC 9276 §3.1); validators may take its denials for unsigned (§3.2), and then anybody
 * on the way can say that there are no TLSA records. The zones above are not the domain's to change, so only those of its own names count.
 */
export const nsec3Iterations: Assessor = (run) => {
  const own = new Set(finishedLookups(run).map(({ zones }) => zones.at(-1)));
  return run.zones.filter(({ zone }) => own.has(zone.zone)).flatMap((state) => iterating(run, state));
};

function iterating(run: Run, { zone: { zone }, denials, seq }: ZoneState): Finding[] {
  const iterations = Math.max(0, ...denials.flatMap(({ records }) => records.map((record) => record.iterations ?? 0)));
  if (iterations === 0) return [];
  const beyond = denials.find(({ result }) => result === 'insecure-parameters');
  return [finding({
    code: 'nsec3-iterations', subject: zoneSubject(zone), rfc: beyond === undefined ? 'RFC 9276 §3.1' : 'RFC 9276 §3.2',
    ...(beyond === undefined ? { severity: 'info' as const } : {}),
    message: messageOf(zone, iterations, beyond),
    evidence: [...answersWithNsec3(run, denials), { label: `zone ${zone}`, subject: zoneSubject(zone), seq }],
    remedy: { text: `Sign ${zone} again with 0 NSEC3 iterations and without salt, or with NSEC, which mail domains seldom have a reason to avoid.`, copy: null },
  })];
}

/** The answers that carry the records: each of those repeats the iterations (RFC 5155 §3.1.3), so the first denials tell it. */
function answersWithNsec3(run: Run, denials: readonly DenialCheck[]): Evidence[] {
  const telling = denials.filter(({ records }) => records.some((record) => (record.iterations ?? 0) > 0));
  return answerEvidence({ ...run, exchanges: run.exchanges.filter(hasNsec3) }, telling).map((one) => ({ ...one, label: `NSEC3 in the ${one.label}` }));
}

/** They come in the authority section (RFC 5155 §7.2). */
function hasNsec3({ answer }: DnsExchange): boolean {
  const message = answer === null ? null : parseMessage(fromBase64(answer.response));
  return message?.ok === true && message.value.authority.some(({ type }) => type === RRTYPE.NSEC3);
}

function messageOf(zone: string, iterations: number, beyond: DenialCheck | undefined): string {
  const fact = `The NSEC3 records of ${zone} ask for ${iterations} further iterations of the hash, where there should be none.`;
  if (beyond === undefined) return `${fact} They protect nothing, cost every resolver work, and resolvers with a lower limit than ours take denials of ${zone} for unsigned.`;
  return `${fact} That is more than resolvers follow: denials of ${zone} count as unsigned. Who can change answers on the way can deny its TLSA records, and senders deliver without DANE.`;
}
