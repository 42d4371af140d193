/** Type codes and RCODEs that the lab's servers know (IANA DNS parameters). */
export const A = 1;
export const NS = 2;
export const CNAME = 5;
export const SOA = 6;
export const MX = 15;
export const TXT = 16;
export const AAAA = 28;
export const OPT = 41;
export const DS = 43;
export const RRSIG = 46;
export const NSEC = 47;
export const DNSKEY = 48;
export const NSEC3 = 50;
export const NSEC3PARAM = 51;
export const TLSA = 52;
export const ANY = 255;

export const CLASS_IN = 1;

/** EDNS option (RFC 7873 §4) */
export const COOKIE = 10;

export const NOERROR = 0;
export const FORMERR = 1;
export const SERVFAIL = 2;
export const NXDOMAIN = 3;
export const NOTIMP = 4;
export const REFUSED = 5;
export const BADVERS = 16;
