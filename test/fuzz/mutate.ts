/** Octets that were once good. */
import { concatBytes } from '../../core/base/bytes.ts';
import type { Dice } from './seed.ts';

/** lengths, counts, pointers and times at their edges */
const EDGES = [0, 1, 0x7f, 0x80, 0xbf, 0xc0, 0xff];
const LONGEST = 65_535;

/** One to six changes, from `first` on; `others` lend octets. */
export function mutated(octets: Uint8Array, dice: Dice, { first = 0, others = [] }: { readonly first?: number; readonly others?: readonly Uint8Array[] } = {}): Uint8Array {
  let result = octets;
  for (let count = 1 + dice.below(dice.oneIn(3) ? 6 : 2); count > 0; count -= 1) {
    const kept = result.subarray(0, first);
    const rest = changed(result.subarray(first), dice, others);
    result = concatBytes(kept, rest).subarray(0, LONGEST);
  }
  return result;
}

function changed(octets: Uint8Array, dice: Dice, others: readonly Uint8Array[]): Uint8Array {
  const at = dice.below(octets.length + 1);
  const end = Math.min(octets.length, at + 1 + dice.below(dice.oneIn(4) ? 300 : 12));
  const [before, part, after] = [octets.subarray(0, at), octets.subarray(at, end), octets.subarray(end)];
  switch (dice.below(9)) {
    case 0: return withOctet(octets, at, (octet) => octet ^ (1 << dice.below(8)));
    case 1: return withOctet(octets, at, () => dice.below(256));
    case 2: return withOctet(octets, at, () => dice.pick(EDGES));
    case 3: return withOctet(withOctet(octets, at, () => dice.pick(EDGES)), at + 1, () => dice.pick(EDGES));
    case 4: return concatBytes(before, after);
    case 5: return concatBytes(before, part, part, after);
    case 6: return before;
    case 7: return concatBytes(before, Uint8Array.from({ length: 1 + dice.below(8) }, () => dice.below(256)), after);
    default: return concatBytes(before, borrowed(dice, others, part), after);
  }
}

function withOctet(octets: Uint8Array, at: number, change: (octet: number) => number): Uint8Array {
  const copy = octets.slice();
  const octet = copy[at];
  if (octet !== undefined) copy[at] = change(octet);
  return copy;
}

function borrowed(dice: Dice, others: readonly Uint8Array[], part: Uint8Array): Uint8Array {
  if (others.length === 0) return part.slice().reverse();
  const other = dice.pick(others);
  const from = dice.below(other.length + 1);
  return other.subarray(from, from + 1 + dice.below(200));
}
