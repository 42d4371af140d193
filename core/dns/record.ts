/** Resource records as they came: names of known types expanded, everything else opaque (RFC 3597). */
import type { Name } from './name.ts';

export interface ResourceRecord {
  readonly owner: Name;
  readonly type: number;
  readonly class: number;
  /** seconds */
  readonly ttl: number;
  /** RDATA with compressed names expanded, otherwise the octets of the wire */
  readonly rdata: Uint8Array;
}

/** One RRset with the RRSIGs that came with it. */
export interface RRset {
  readonly owner: Name;
  readonly type: number;
  readonly class: number;
  /** seconds, the least of its records (RFC 2181 §5.2) */
  readonly ttl: number;
  readonly rdatas: readonly Uint8Array[];
  /** RDATA of the RRSIG records that cover it */
  readonly signatures: readonly Uint8Array[];
}

export interface Question {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
}

export interface Message {
  readonly id: number;
  readonly response: boolean;
  readonly opcode: number;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  readonly recursionDesired: boolean;
  readonly recursionAvailable: boolean;
  readonly authenticatedData: boolean;
  readonly checkingDisabled: boolean;
  /** with the extended bits of OPT (RFC 6891 §6.1.3) */
  readonly rcode: number;
  readonly questions: readonly Question[];
  readonly answer: readonly ResourceRecord[];
  readonly authority: readonly ResourceRecord[];
  readonly additional: readonly ResourceRecord[];
  readonly edns: Edns | null;
}

export interface Edns {
  readonly udpPayloadSize: number;
  readonly version: number;
  readonly dnssecOk: boolean;
  readonly options: readonly { readonly code: number; readonly data: Uint8Array }[];
}
