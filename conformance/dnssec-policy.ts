/** Scenarios of the second tier whose expectation is one validator's choice and not ours, each with our reason. */

/** By the scenario's file name without folder and extension. Only what was met in a corpus: an excuse for what never occurred could hide a fault. */
export const DIFFERING: ReadonlyMap<string, string> = new Map([
  ['val_dnametoolong', 'YXDOMAIN follows from a DNAME whose signature is valid (RFC 6672 §2.2), so we call it secure; the scenario wants no AD bit.'],
]);

/** undefined where the expectation is ours too */
export const excuseFor = (file: string): string | undefined => DIFFERING.get((file.split('/').at(-1) ?? '').replace(/\.c?rpl$/, ''));
