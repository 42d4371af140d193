/** Scenarios of the second tier whose expectation is one validator's choice and not ours, each with our reason. */

/** By the scenario's file name without folder. */
export const DIFFERING: ReadonlyMap<string, string> = new Map([
  ['val_dnametoolong.rpl',
    'YXDOMAIN follows from a DNAME whose signature is valid (RFC 6672 §2.2), so we call it secure; the scenario wants no AD bit.'],
]);
