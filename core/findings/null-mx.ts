import type { Assessor } from './assessor.ts';
import { finding, lookupEvidence, targetName, targetSubject } from './state.ts';

export const nullMx: Assessor = (run) => {
  if (run.destination?.kind !== 'null-mx') return [];
  const domain = targetName(run);
  return [finding({
    code: 'null-mx', subject: targetSubject(run), rfc: 'RFC 7505 §3', evidence: lookupEvidence(run, domain, 'MX'),
    message: `${domain} says with a null MX record that it accepts no mail. There is nothing to deliver to and nothing to check.`,
  })];
};
