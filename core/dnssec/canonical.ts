/** Canonical form and order of the RRs of an RRset (RFC 4034 §6.2, §6.3). */

/** RDATA with the names lower-cased that RFC 4034 §6.2 lists (RFC 6840 §5.1); malformed RDATA as it is. Names are expanded already. */
export function canonicalRdata(_type: number, _rdata: Uint8Array): Uint8Array {
  throw new Error('not written yet');
}

/** Canonical RDATAs in canonical order, each once (RFC 4034 §6.3). */
export function canonicalRdatas(_type: number, _rdatas: readonly Uint8Array[]): Uint8Array[] {
  throw new Error('not written yet');
}
