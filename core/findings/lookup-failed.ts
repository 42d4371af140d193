import type { Assessor } from './assessor.ts';
import { failedLookupFinding, failedLookups } from './failed-lookup.ts';

/** MX or addresses: SERVFAIL, a refusal or no answer at all. Senders try again later, and bounce in the end (RFC 5321 §5.1, RFC 7672 §2.1.2). */
export const lookupFailed: Assessor = (run) => failedLookups(run, 'lookup-failed').map((failed) =>
  failedLookupFinding(run, failed, {
    rfc: 'RFC 5321 §5.1', who: 'Senders, with DANE or without,',
    remedy: { text: `See whether every name server of ${failed.zone} runs, has the zone, and is reachable over UDP and TCP.`, copy: null },
  }));
