/** Scenarios of the second tier whose expectation is one validator's choice and not ours, each with our reason. */

/** By the scenario's file name without folder and extension. */
export const DIFFERING: ReadonlyMap<string, string> = new Map([
  ['val_dnametoolong', 'YXDOMAIN follows from a DNAME whose signature is valid (RFC 6672 §2.2), so we call it secure; the scenario wants no AD bit.'],
  ['val_ta_algo_missing', 'One valid signature is enough (RFC 6840 §5.11); the scenario has Unbound’s harden-algo-downgrade on, which wants one for each algorithm.'],
  ['val_ds_sha2_downgrade_lenient', 'SHA-1 is ignored beside SHA-256 (RFC 4509 §3); the scenario has Unbound’s harden-algo-downgrade off, which takes either.'],
  ['val_faildnskey_ok', 'A signed zone whose keys cannot be had is not taken for an unsigned one (RFC 4035 §5.2); the scenario has Unbound’s harden-dnssec-stripped off.'],
]);

/** undefined where the expectation is ours too */
export const excuseFor = (file: string): string | undefined => DIFFERING.get((file.split('/').at(-1) ?? '').replace(/\.c?rpl$/, ''));
