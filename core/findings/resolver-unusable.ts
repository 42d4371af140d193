import type { Assessor } from './assessor.ts';
import { answerEvidence } from './evidence.ts';
import { failedLookups } from './failed-lookup.ts';
import { signatureClockWords } from './own-clock.ts';
import { finding, listed, lookupEvidence, targetName, targetSubject } from './state.ts';

/** The run's own way to the DNS gives nothing that can be validated (RFC 4033 §5, RFC 4035 §3.2.2): nothing is held against the domain. */
export const resolverUnusable: Assessor = (run) => {
  const lookups = failedLookups(run, 'resolver-unusable').flatMap((failed) => failed.lookups);
  const [first] = lookups;
  if (first === undefined) return [];
  const questions = listed(lookups.map(({ name, rrtype }) => `${name} ${rrtype}`));
  return [finding({
    code: 'resolver-unusable', subject: targetSubject(run), rfc: first.reason?.rfc ?? 'RFC 4033 §5', evidence: [...lookups.flatMap(({ name, rrtype }) => lookupEvidence(run, name, rrtype)), ...answerEvidence(run, lookups)],
    message: `${first.reason?.text ?? 'The resolver gives no answer.'} Whether ${targetName(run)} is protected cannot be said from here: ${questions} could not be validated.${first.reason?.code === 'trust-anchor-unusable' ? signatureClockWords(run, lookups) : ''}`,
    remedy: remedyOf(first.reason?.code),
  })];
};

function remedyOf(code: string | undefined): { readonly text: string; readonly copy: null } {
  if (code === 'no-trust-anchor') return { text: 'Give a trust anchor with `--trust-anchor`, or go back to the built-in ones with `danescope trust-anchor reset`.', copy: null };
  if (code === 'trust-anchor-unusable') return { text: 'See whether the clock is right, whether the trust anchors are current (`danescope trust-anchor`), and whether something on this network answers in place of the root servers.', copy: null };
  return { text: 'Name a resolver that passes on DNSSEC records with `--resolver`, or run from a network where name servers can be asked directly on port 53.', copy: null };
}
