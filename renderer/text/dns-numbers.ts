/** Registered numbers as the words of their registries. */
const TLSA_USAGES = ['PKIX-TA', 'PKIX-EE', 'DANE-TA', 'DANE-EE'];
const TLSA_SELECTORS = ['Cert', 'SPKI'];
const TLSA_MATCHING = ['Full', 'SHA2-256', 'SHA2-512'];

/** RFC 7218 §2.1: `DANE-EE(3)` */
export const usageName = (usage: number): string => named(TLSA_USAGES, usage);
/** RFC 7218 §2.2: `SPKI(1)` */
export const selectorName = (selector: number): string => named(TLSA_SELECTORS, selector);
/** RFC 7218 §2.3: `SHA2-256(1)` */
export const matchingName = (matchingType: number): string => named(TLSA_MATCHING, matchingType);

const named = (names: readonly string[], value: number): string => `${names[value] ?? 'unassigned'}(${String(value)})`;

const ALGORITHMS: { readonly [algorithm: number]: string } = {
  5: 'RSASHA1', 7: 'RSASHA1-NSEC3-SHA1', 8: 'RSASHA256', 10: 'RSASHA512', 13: 'ECDSAP256SHA256', 14: 'ECDSAP384SHA384', 15: 'ED25519', 16: 'ED448',
};
const DIGESTS: { readonly [digest: number]: string } = { 1: 'SHA-1', 2: 'SHA-256', 4: 'SHA-384' };

export const algorithmName = (algorithm: number): string => ALGORITHMS[algorithm] ?? `algorithm ${String(algorithm)}`;
export const digestName = (digestType: number): string => DIGESTS[digestType] ?? `digest ${String(digestType)}`;

/** `6cf1a2b3…90e1`: enough to recognise, short enough for a table */
export const shortHex = (hex: string): string => (hex.length > 20 ? `${hex.slice(0, 8)}…${hex.slice(-4)}` : hex);
