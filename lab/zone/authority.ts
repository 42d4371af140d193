/** One name server's view: the zones it serves, and where it misbehaves. */
import type { Name } from '../../core/dns/name.ts';
import { isSubdomain, labelCount, nameKey } from '../../core/dns/name.ts';
import type { Answering } from '../dns/server.ts';
import type { Response } from '../dns/response.ts';
import { errorResponse } from '../dns/response.ts';
import { DS, REFUSED, SERVFAIL } from '../dns/rrtype.ts';
import { answerFrom } from './answer.ts';
import { falseNameError } from './false-denial.ts';
import type { Zone } from './zone.ts';

export interface ServedZone {
  readonly apex: Name;
  /** made when it is first asked for */
  readonly load: () => Promise<Zone>;
  readonly faults?: readonly AnswerFault[];
}

/**
 * `server-failure`: SERVFAIL for the type. `name-denied`: NXDOMAIN with a signed proof for an empty non-terminal, as servers answer
 * that sign while they answer and look only for records at the very name. `in-between-refused`: SERVFAIL for the very name, as of
 * servers that know of names with records only.
 */
export type AnswerFault =
  | { readonly kind: 'server-failure'; readonly type: number }
  | { readonly kind: 'in-between-refused'; readonly name: Name }
  | { readonly kind: 'name-denied'; readonly name: Name };

/** RFC 1034 §4.3.2 step 2: the nearest zone above the name; for others the server is no authority. */
export function authorityFor(zones: readonly ServedZone[]): Answering {
  return async (query) => {
    const served = nearest(zones, query.name, query.type);
    if (served === null) return errorResponse(REFUSED);
    const zone = await served.load();
    const response = answerFrom(zone, { name: query.name, type: query.type, dnssecOk: query.edns?.dnssecOk === true });
    return withFaults(response, served.faults ?? [], { zone, name: query.name, type: query.type });
  };
}

function nearest(zones: readonly ServedZone[], name: Name, type: number): ServedZone | null {
  const above = zones.filter((zone) => isSubdomain(name, zone.apex)).sort((left, right) => labelCount(right.apex) - labelCount(left.apex));
  // RFC 4035 §3.1.4.1: DS at the apex is the parent's, where this server has the parent too.
  const skipped = type === DS && above.length > 1 && nameKey(above[0]?.apex as Name) === nameKey(name) ? 1 : 0;
  return above[skipped] ?? null;
}

function withFaults(response: Response, faults: readonly AnswerFault[], asked: { readonly zone: Zone; readonly name: Name; readonly type: number }): Response {
  for (const fault of faults) {
    if (fault.kind === 'server-failure' && fault.type === asked.type) return errorResponse(SERVFAIL);
    if (fault.kind === 'in-between-refused' && nameKey(fault.name) === nameKey(asked.name)) return errorResponse(SERVFAIL);
    if (fault.kind === 'name-denied' && nameKey(fault.name) === nameKey(asked.name)) return falseNameError(asked.zone, fault.name);
  }
  return response;
}
