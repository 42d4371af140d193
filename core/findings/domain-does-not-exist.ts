import type { Assessor } from './assessor.ts';
import { finding, lookupEvidence, targetName, targetSubject } from './state.ts';

/** The name is denied: there is neither an MX nor an implicit one (RFC 5321 §5.1). */
export const domainDoesNotExist: Assessor = (run) => {
  if (run.destination?.kind !== 'domain-does-not-exist') return [];
  const domain = targetName(run);
  const proof = run.destination.mxStatus === 'secure' ? 'its parent proves it' : 'but nothing proves it, as its parent is not signed';
  return [finding({
    code: 'domain-does-not-exist', subject: targetSubject(run), rfc: 'RFC 5321 §5.1',
    message: `The domain ${domain} does not exist; ${proof}. Mail to it bounces.`, evidence: lookupEvidence(run, domain, 'MX'),
    remedy: { text: 'Look for a typing error; otherwise see whether the registration or the delegation has lapsed.', copy: null },
  })];
};
