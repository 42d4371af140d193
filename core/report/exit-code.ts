/** What a script learns from the exit code alone. */
import type { Finding } from '../findings/finding.ts';
import type { Run } from '../inspection/run.ts';

/** `EX_USAGE` of sysexits(3) */
export const USAGE_EXIT_CODE = 64;

/**
 * 0: every endpoint is authenticated; 1: only warnings; 2: a host is refused, or a lookup fails; 3: not determined, or
 * nothing was tested. Endpoints that cannot be reached from here (no IPv6) count only where nothing else was tested.
 */
export function exitCode(run: Run, findings: readonly Finding[]): 0 | 1 | 2 | 3 {
  switch (run.outcome.outcome) {
    case 'refused': case 'lookup-failed': return 2;
    case 'not-determined': case 'pending': return 3;
    case 'opportunistic': case 'tls-required-unauthenticated': return run.state === 'finished' ? 1 : 3;
    case 'authenticated':
      if (run.state !== 'finished') return 3;
      return findings.some(({ severity }) => severity !== 'info') ? 1 : 0;
  }
}
