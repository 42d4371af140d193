import type { Assessor } from './assessor.ts';
import { failedLookupFinding, failedLookups } from './failed-lookup.ts';

/** The name servers answer other questions, but not the one for TLSA records: senders treat the host as unreachable (RFC 7672 §2.1.2). */
export const tlsaLookupFailed: Assessor = (run) => failedLookups(run, 'tlsa-lookup-failed').map((failed) =>
  failedLookupFinding(run, failed, {
    rfc: 'RFC 7672 §2.1.2',
    remedy: { text: `Let the name servers of ${failed.zone} answer queries for TLSA records with the records or with a proof that there are none; some load balancers and firewalls refuse types they do not know.`, copy: null },
  }));
