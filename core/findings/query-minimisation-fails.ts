import { zoneSubject } from '../base/subject.ts';
import type { DnsNoticeCode } from '../dns/facts.ts';
import type { Run } from '../inspection/run.ts';
import type { Assessor } from './assessor.ts';
import { oneAnswer } from './evidence.ts';
import type { Evidence } from './finding.ts';
import { finding, groupBy, listed } from './state.ts';

const FALLBACK: DnsNoticeCode = 'query-minimisation-fallback';

/**
 * A server that fails when asked for a name in between, which has nothing but names below it: it is to answer NOERROR without records (RFC
 * 2308 §2.2). Resolvers that minimise names (RFC 9156) ask for it. Found by a run that minimises itself.
 */
export const queryMinimisationFails: Assessor = (run) =>
  groupBy(run.dnsNotices.filter(({ code }) => code === FALLBACK), ({ subject }) => subject).map((notices) => {
    const zone = (notices[0]?.subject ?? '').replace(/^zone:/, '');
    return finding({
      code: 'query-minimisation-fails', subject: zoneSubject(zone), rfc: 'RFC 2308 §2.2',
      message: `The name servers of ${zone} fail for names that lie between ${zone} and its records: ${listed(notices.map(({ text }) => text), 3)}. Most resolvers that ask label by label try again with the whole name; strict ones give up, and senders behind them do not deliver.`,
      evidence: [...failures(run, zone, notices.map(({ text }) => text)), ...notices.map(({ seq }) => ({ label: `name in between at ${zone}`, subject: zoneSubject(zone), seq }))],
      remedy: { text: 'Let the name servers answer NOERROR with the SOA, and with a proof where the zone is signed, for a name that has no records itself but names below it.', copy: null },
    });
  });

/** What the notices are about: the answers, or none, to the names that they tell. */
const failures = ({ exchanges }: Run, zone: string, texts: readonly string[]): Evidence[] => exchanges
  .filter((one) => one.zone === zone && (one.failure !== null || !GOOD.has(one.answer?.rcode ?? '')) && texts.some((text) => text.includes(one.name))).slice(0, 6).map(oneAnswer);

const GOOD: ReadonlySet<string> = new Set(['NOERROR', 'NXDOMAIN', '']);
