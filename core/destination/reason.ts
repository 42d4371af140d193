/** Why DANE applies to a host or does not: one sentence each, with the section that decides it. */
import type { Reason } from '../base/subject.ts';
import type { Lookup } from '../dns/facts.ts';

const reason = (code: string, text: string, rfc: string | null, ede: number | null = null): Reason => ({ code, text, rfc, ede });

/** What the lookup itself says went wrong, else its RCODE. */
const why = (lookup: Lookup): string => lookup.reason?.text ?? `the answer is ${lookup.rcode}`;

const question = (lookup: Lookup): string => `the ${lookup.rrtype} lookup of ${lookup.name}`;

export const reasons = {
  usable: (lookup: Lookup) => reason('usable', `A secure TLSA RRset with usable records is at ${lookup.name}: senders require an authenticated server.`, 'RFC 7672 §2.2'),
  unusable: (lookup: Lookup) => reason('unusable', `The TLSA RRset at ${lookup.name} is secure, but no record is usable: TLS is required, authentication is not.`, 'RFC 7672 §2.2'),
  noTlsa: (lookup: Lookup) => reason('no-tlsa', `There is no TLSA record at ${lookup.name} (${lookup.status} denial).`, 'RFC 7672 §2.2'),
  nameTooLong: (name: string) => reason('name-too-long', `${name} is so long that no TLSA record can exist for it.`, 'RFC 1035 §2.3.4'),
  tlsaInsecure: (lookup: Lookup) => reason('tlsa-insecure', `The TLSA RRset at ${lookup.name} is insecure and does not count: ${why(lookup)}`, 'RFC 7672 §2.2.3', lookup.reason?.ede ?? null),
  tlsaLookupFailed: (lookup: Lookup) => reason('tlsa-lookup-failed', `Senders treat the host as unreachable, as ${question(lookup)} fails: ${why(lookup)}`, 'RFC 7672 §2.1.2', lookup.reason?.ede ?? null),
  addressLookupFailed: (lookup: Lookup) => reason('address-lookup-failed', `Senders cannot use the host, as ${question(lookup)} fails: ${why(lookup)}`, 'RFC 7672 §2.1.2', lookup.reason?.ede ?? null),
  addressesInsecure: () => reason('addresses-insecure', 'The addresses of the host are insecure, so TLSA records are not looked up.', 'RFC 7672 §2.2.2'),
  noAddresses: (name: string) => reason('no-addresses', `${name} has no addresses.`, 'RFC 5321 §5.1'),
  literal: () => reason('address-literal', 'DANE does not apply to an address literal: there is no name to look up.', 'RFC 7672 §2.2'),
  mxLookupFailed: (lookup: Lookup) => reason('mx-lookup-failed', `Delivery is delayed, as ${question(lookup)} fails: ${why(lookup)}`, 'RFC 7672 §2.1.2', lookup.reason?.ede ?? null),
  implicitMx: (domain: string) => reason('implicit-mx', `There is no MX RRset; senders use the address of ${domain} itself.`, 'RFC 5321 §5.1'),
  nullMx: (domain: string) => reason('null-mx', `${domain} accepts no mail.`, 'RFC 7505 §3'),
  noMailHost: (domain: string) => reason('no-mail-host', `${domain} has neither MX records nor an address.`, 'RFC 5321 §5.1'),
  nonexistent: (lookup: Lookup) => reason('domain-does-not-exist', `${lookup.name} does not exist (${lookup.status} denial).`, 'RFC 5321 §5.1'),
} as const;
