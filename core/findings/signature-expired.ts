import type { Assessor } from './assessor.ts';
import { failedLookupFinding, failedLookups } from './failed-lookup.ts';

/** An RRSIG is past its expiration: validators treat the RRset as bogus (RFC 4035 §5.3.1). */
export const signatureExpired: Assessor = (run) => failedLookups(run, 'signature-expired').map((failed) =>
  failedLookupFinding(run, failed, {
    rfc: 'RFC 4035 §5.3.1',
    remedy: { text: `Sign the zone ${failed.zone} again and see why its signer stopped: the disk, the clock, the key store, or a secondary that no longer gets the zone.`, copy: null },
  }));
