/** What a zone's servers are asked for, so that they learn no more of a name than they need (RFC 9156). */
import { type Name, ancestor, labelCount } from './name.ts';

/** RFC 9156 §2.3: MAX_MINIMISE_COUNT and MINIMISE_ONE_LAB, the bounds of what a long name costs. */
const MINIMISED_QUERIES = 10;
const ONE_LABEL_QUERIES = 4;

/**
 * The names to ask for on the way from a zone to a name, shortest first, the name itself not among them: one label more each, and
 * several at once where the name is long. RFC 9156 §2.3: labels that begin with an underscore are no zone cuts, so they are left out.
 */
export function minimisedNames(name: Name, zone: Name): Name[] {
  const steps: Name[] = [];
  for (let left = labelCount(name) - labelCount(zone), count = 0; count < MINIMISED_QUERIES; count += 1) {
    left -= count < ONE_LABEL_QUERIES ? 1 : Math.ceil(left / (MINIMISED_QUERIES - count));
    if (left <= 0) break;
    const shortened = ancestor(name, left);
    if (shortened[1] !== UNDERSCORE) steps.push(shortened);
  }
  return steps;
}

const UNDERSCORE = 0x5f;
