import type { Assessor } from './assessor.ts';
import { failedLookupFinding, failedLookups } from './failed-lookup.ts';

/** Validation fails, or cannot be done, for another reason than the ones with a code of their own (RFC 4035 §4.3, RFC 7672 §2.1.1). */
export const dnssecBogus: Assessor = (run) => failedLookups(run, 'dnssec-bogus').map((failed) =>
  failedLookupFinding(run, failed, {
    remedy: { text: `Ask every name server of ${failed.zone} for these records and their signatures; sign the zone again where they differ or do not verify.`, copy: null },
  }));
