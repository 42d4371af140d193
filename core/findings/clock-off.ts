import { rrsetSubject } from '../base/subject.ts';
import type { Assessor } from './assessor.ts';
import { finding, targetSubject } from './state.ts';
import { clockThatIsOff } from './own-clock.ts';

const SHOWN = 6;

/** Signatures are judged by our time (RFC 4035 §5.3.1). Whose fault it is is not in doubt: several zones' servers agree against us. */
export const clockOff: Assessor = (run) => {
  const offset = clockThatIsOff(run);
  if (offset === null) return [];
  const { seconds, servers, zones, evidence } = offset;
  return [finding({
    code: 'clock-off', subject: targetSubject(run), rfc: 'RFC 4035 §5.3.1',
    message: `This computer’s clock is off by ${String(Math.abs(seconds))} s; signature times may be misjudged. It is ${seconds > 0 ? 'ahead of' : 'behind'} those of ${String(servers)} name servers of ${String(zones)} zones, as their cookies tell (RFC 9018 §4.3).`,
    evidence: evidence.slice(0, SHOWN).map(({ server, zone, seq, question }) => ({ label: `time of ${server}, asked for ${zone}`, subject: rrsetSubject(question.name, question.rrtype), seq })),
    remedy: { text: 'Set this computer’s clock, best by NTP (timedatectl set-ntp true, w32tm /resync, or the date settings), and check again. Nothing is held against the domain.', copy: null },
  })];
};
