/** DNAME substitution (RFC 6672 §2.2, §3.3). */
import { NameSyntaxError, type Name, isSubdomain, labelCount, labelsOf, nameFromLabels, sameName } from '../dns/name.ts';

/** The name with the DNAME's owner replaced by its target; null where the result is over-long (YXDOMAIN). `name` lies strictly below `owner`. */
export function substitute(name: Name, owner: Name, target: Name): Name | null {
  const prefix = labelsOf(name).slice(0, labelCount(name) - labelCount(owner));
  try {
    return nameFromLabels([...prefix, ...labelsOf(target)]);
  } catch (error) {
    if (error instanceof NameSyntaxError) return null;
    throw error;
  }
}

export const isStrictlyBelow = (name: Name, above: Name): boolean => isSubdomain(name, above) && !sameName(name, above);
