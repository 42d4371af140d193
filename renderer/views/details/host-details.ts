/** An MX host: where it is, and which TLSA records count for it. */
import type { DestinationHost } from '../../../core/destination/facts.ts';
import { nameInBothForms } from '../../../core/target/name-words.ts';
import { SECURITY } from '../../status/vocabulary.ts';
import type { Details, Field } from './fields.ts';

export function hostDetails(host: DestinationHost): Details {
  return {
    kind: 'MX host', title: nameInBothForms(host.name), status: null, summary: host.reason.text,
    sections: [
      { title: 'Host', fields: [
        { label: 'Preference', value: host.preference === null ? '–' : String(host.preference) },
        { label: 'MX RRset', value: host.mxStatus, status: SECURITY[host.mxStatus] },
        ...(host.canonicalName === host.name ? [] : [{ label: 'Alias of', value: host.canonicalName, mono: true }]),
      ] },
      { title: 'Addresses', fields: host.addresses.map((address): Field => ({ label: `IPv${String(address.family)}`, value: address.address, mono: true, status: SECURITY[address.status] })) },
      { title: 'TLSA', fields: [
        { label: 'Base domain', value: host.tlsaBaseDomain ?? 'none', mono: true },
        ...host.tlsaCandidates.map((name, index): Field => ({ label: index === 0 ? 'Asked for' : '', value: name, mono: true })),
        { label: 'Records', value: `${String(host.records.filter((record) => record.usable).length)} usable of ${String(host.records.length)}` },
        { label: 'Reference identifiers', value: host.referenceIdentifiers.length === 0 ? '–' : host.referenceIdentifiers.join(', '), mono: true },
      ] },
    ],
  };
}
