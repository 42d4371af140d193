/** Looks for any path that holds, to tell an admin that a certificate would do although senders do not get to it. */
import { equalBytes } from '../base/bytes.ts';
import type { Certificate } from './certificate.ts';
import { issuerMismatch } from './issuer.ts';
import { pathProblem } from './path.ts';

/** Paths are tried until this many were looked at; hostile chains can hold any number. */
const MAXIMUM_STEPS = 500;

/** A path from the leaf to the anchor that holds; null where there is none, or none was found within bounds. */
export function findPath(leaf: Certificate, anchor: Certificate, pool: readonly Certificate[], at: number): Certificate[] | null {
  const pending: Certificate[][] = [[leaf]];
  for (let step = 0; step < MAXIMUM_STEPS; step += 1) {
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
