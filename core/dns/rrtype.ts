/** Numbers and mnemonics of RR types, classes and RCODEs (IANA registry "Domain Name System (DNS) Parameters"). */

export const RRTYPE = {
  A: 1, NS: 2, MD: 3, MF: 4, CNAME: 5, SOA: 6, MB: 7, MG: 8, MR: 9, NULL: 10, WKS: 11, PTR: 12, HINFO: 13, MINFO: 14, MX: 15, TXT: 16,
  RP: 17, AFSDB: 18, X25: 19, ISDN: 20, RT: 21, NSAP: 22, 'NSAP-PTR': 23, SIG: 24, KEY: 25, PX: 26, GPOS: 27, AAAA: 28, LOC: 29, NXT: 30,
  EID: 31, NIMLOC: 32, SRV: 33, ATMA: 34, NAPTR: 35, KX: 36, CERT: 37, A6: 38, DNAME: 39, SINK: 40, OPT: 41, APL: 42, DS: 43, SSHFP: 44,
  IPSECKEY: 45, RRSIG: 46, NSEC: 47, DNSKEY: 48, DHCID: 49, NSEC3: 50, NSEC3PARAM: 51, TLSA: 52, SMIMEA: 53, HIP: 55, CDS: 59,
  CDNSKEY: 60, OPENPGPKEY: 61, CSYNC: 62, ZONEMD: 63, SVCB: 64, HTTPS: 65, DSYNC: 66, SPF: 99, NID: 104, L32: 105, L64: 106, LP: 107,
  EUI48: 108, EUI64: 109, TKEY: 249, TSIG: 250, IXFR: 251, AXFR: 252, MAILB: 253, MAILA: 254, ANY: 255, URI: 256, CAA: 257, AVC: 258,
  DOA: 259, AMTRELAY: 260, RESINFO: 261, TA: 32768, DLV: 32769,
} as const;

export const RRCLASS = { IN: 1, CH: 3, HS: 4, NONE: 254, ANY: 255 } as const;

/** RCODEs that fit the header, and the extended ones of RFC 6891 §9. */
export const RCODE = {
  NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, YXDOMAIN: 6, YXRRSET: 7, NXRRSET: 8, NOTAUTH: 9, NOTZONE: 10,
  BADVERS: 16, BADKEY: 17, BADTIME: 18, BADMODE: 19, BADNAME: 20, BADALG: 21, BADTRUNC: 22, BADCOOKIE: 23,
} as const;

/** `MX`; `TYPE65280` for a number without a mnemonic (RFC 3597 §5). */
export const rrtypeName = (type: number): string => TYPE_NAMES.get(type) ?? `TYPE${type}`;

/** The number of a mnemonic or of `TYPEnnn`, in any case; null for a text that is neither (RFC 3597 §5). */
export const rrtypeNumber = (text: string): number | null => numbered(text, TYPE_NUMBERS, 'TYPE');

/** `IN`; `CLASS42` for a number without a mnemonic (RFC 3597 §5). */
export const rrclassName = (rrclass: number): string => CLASS_NAMES.get(rrclass) ?? `CLASS${rrclass}`;

export const rrclassNumber = (text: string): number | null => numbered(text, CLASS_NUMBERS, 'CLASS');

/** `NXDOMAIN`; `RCODE42` for a number without a mnemonic. */
export const rcodeName = (rcode: number): string => RCODE_NAMES.get(rcode) ?? `RCODE${rcode}`;

type Numbers = ReadonlyMap<string, number>;

function numbered(text: string, numbers: Numbers, prefix: string): number | null {
  const upper = text.toUpperCase();
  const known = numbers.get(upper);
  if (known !== undefined) return known;
  const digits = upper.startsWith(prefix) ? upper.slice(prefix.length) : '';
  const number = /^\d{1,5}$/.test(digits) ? Number(digits) : Number.NaN;
  return number <= 0xffff ? number : null;
}

const inverse = (table: { readonly [name: string]: number }): ReadonlyMap<number, string> =>
  new Map(Object.entries(table).map(([name, number]) => [number, name]));

const TYPE_NUMBERS: Numbers = new Map(Object.entries(RRTYPE));
const TYPE_NAMES = inverse(RRTYPE);
const CLASS_NUMBERS: Numbers = new Map(Object.entries(RRCLASS));
const CLASS_NAMES = inverse(RRCLASS);
const RCODE_NAMES = inverse(RCODE);
