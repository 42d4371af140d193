import type { Assessor } from './assessor.ts';
import { failedLookupFinding, failedLookups } from './failed-lookup.ts';

/**
 * Validation was given up at a limit that no honest zone comes near (KeyTrap, CVE-2023-50387; NSEC3 exhaustion, CVE-2023-50868). How much
 * of it a validator does is its own policy (RFC 4035 §5.3.3), so others may stop sooner or later.
 */
export const dnssecWorkLimit: Assessor = (run) => failedLookups(run, 'dnssec-work-limit').map((failed) =>
  failedLookupFinding(run, failed, {
    rfc: 'RFC 4035 §5.3.3',
    remedy: {
      text: `Remove from ${failed.zone} the keys, signatures and DS records that are not in use: many of one key tag make every validator work for nothing, `
        + 'which is how CVE-2023-50387 and CVE-2023-50868 attack them. If nobody put them there on purpose, see who else may change the zone.',
      copy: null,
    },
  }));
