/** The part of dns-packet that tests use; the package has no types of its own. */
declare module 'dns-packet' {
  interface Record {
    readonly name: string;
    readonly type: string;
    readonly data?: unknown;
  }
  interface Question {
    readonly name: string;
    readonly type: string;
    readonly class?: string;
  }
  interface Decoded {
    readonly rcode: string;
    readonly flag_aa: boolean;
    readonly flag_tc: boolean;
    readonly questions: readonly Question[];
    readonly answers: readonly Record[];
    readonly authorities: readonly Record[];
    readonly additionals: readonly Record[];
  }
  interface Query {
    readonly type: 'query';
    readonly id?: number;
    readonly questions: readonly Question[];
    readonly additionals?: readonly object[];
  }
  const packet: {
    encode(query: Query): Buffer;
    decode(message: Buffer): Decoded;
    readonly DNSSEC_OK: number;
  };
  export default packet;
  export type { Decoded, Record };
}
