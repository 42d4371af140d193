/** Numbers that look random and can be had again: `DANESCOPE_FUZZ_SEED=n npx vitest run test/fuzz`. */

export interface Dice {
  /** whole, from 0 to below */
  below(limit: number): number;
  /** true once in so many times on average */
  oneIn(times: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

const DEFAULT_SEED = 20_261_124;

/** The seed of this run; printed, so that a failure can be repeated. */
export function seedFor(what: string): number {
  const given = process.env['DANESCOPE_FUZZ_SEED'];
  const seed = given === undefined ? DEFAULT_SEED : Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error(`DANESCOPE_FUZZ_SEED is no whole number: ${String(given)}`);
  process.stdout.write(`fuzz ${what}: DANESCOPE_FUZZ_SEED=${String(seed)}\n`);
  return seed;
}

/** mulberry32 */
export function dice(seed: number): Dice {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, oneIn: (times) => below(times) === 0, pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item };
}
