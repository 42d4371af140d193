/** Reasons that say nothing about the domain: the way to the DNS, or the lack of a trust anchor, keeps us from knowing (RFC 4033 §5). */
import type { Reason } from '../base/subject.ts';

const OWN_SIDE: ReadonlySet<string> = new Set(['no-trust-anchor', 'upstream-not-dnssec-capable', 'trust-anchor-unusable', 'resolution-unavailable']);

export const isOwnSide = (reason: Pick<Reason, 'code'> | null | undefined): boolean => reason != null && OWN_SIDE.has(reason.code);
