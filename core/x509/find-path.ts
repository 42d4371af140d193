/** Looks for any path that holds, to tell an admin that a certificate would do although senders do not get to it. */
import { equalBytes } from '../base/bytes.ts';
import type { Certificate } from './certificate.ts';
import { issuerMismatch } from './issuer.ts';
import { pathProblem } from './path.ts';

export interface Search {
  readonly leaf: Certificate;
  readonly pool: readonly Certificate[];
  /** ms since 1970 */
  readonly at: number;
  /** Paths that may still be looked at, over all searches of one chain; hostile chains can hold any number. */
  budget: number;
}

/** A path from the leaf to the anchor that holds; null where there is none, or none was found within the budget. */
export function findPath(anchor: Certificate, search: Search): Certificate[] | null {
  const { leaf, pool, at } = search;
  const pending: Certificate[][] = [[leaf]];
  for (; search.budget > 0; search.budget -= 1) {
    const path = pending.pop();
    if (path === undefined) return null;
    const top = path.at(-1) as Certificate;
    if (path.length > 1 && equalBytes(top.der, anchor.der)) {
      if (pathProblem(path, { kind: 'certificate' }, at) === null) return path;
      continue;
    }
    const unused = pool.filter((candidate) => !path.some((member) => equalBytes(member.der, candidate.der)));
    for (const issuer of unused) if (issuerMismatch(issuer, top) === null) pending.push([...path, issuer]);
  }
  return null;
}
