/** An endpoint: what a sender does there and why, and how the channel came to be. */
import { handshakeParts } from '../../../core/report/handshake.ts';
import type { ConnectionState, EndpointState } from '../../../core/inspection/run.ts';
import { purposeText } from '../../../core/smtp/purpose.ts';
import { nameInBothForms } from '../../../core/target/name-words.ts';
import { versionWords } from '../../../core/tls/names.ts';
import type { Focus } from '../../selection/focus.ts';
import { OUTCOMES, OUTCOME_MEANS } from '../../status/vocabulary.ts';
import { firstWords } from '../../text/counted.ts';
import { duration } from '../../text/time.ts';
import type { Details, Field, Section } from './fields.ts';

export function endpointDetails({ endpoint, connection }: Focus): Details {
  const place = endpoint?.verdict ?? connection?.connection;
  const keyType = endpoint?.verdict.keyType ?? null;
  return {
    kind: 'endpoint', title: [nameInBothForms(place?.host ?? ''), place?.address ?? '', keyType ?? ''].filter((part) => part !== '').join(' · '),
    status: endpoint === null ? OUTCOMES.pending : OUTCOMES[endpoint.verdict.outcome],
    summary: endpoint === null ? null : OUTCOME_MEANS[endpoint.verdict.outcome],
    sections: [...(endpoint === null ? [] : [verdictSection(endpoint)]), ...(connection === null ? [] : channelSections(connection))].filter((section) => section.fields.length > 0),
  };
}

function verdictSection({ verdict }: EndpointState): Section {
  const names = verdict.names;
  return {
    title: 'Verdict',
    fields: [
      { label: 'Why', value: verdict.reason.text },
      ...(verdict.reason.rfc === null ? [] : [{ label: 'Rule', value: verdict.reason.rfc }]),
      ...(verdict.matched === null ? [] : [{ label: 'Authenticated by', value: `TLSA record ${String(verdict.matched.record + 1)}${verdict.matched.depth === null ? '' : `, depth ${String(verdict.matched.depth)}`}` }]),
      { label: 'Names', value: names === null ? 'not checked' : `${names.matched ?? 'none'} of ${names.tried.join(', ')}` },
      { label: 'Leaf dates', value: verdict.dates === 'not-yet-valid' ? 'not yet valid' : verdict.dates },
    ],
  };
}

function channelSections(connection: ConnectionState): Section[] {
  const { connection: made, parameters, failure, tlsFailure, offer } = connection;
  const tls: Field[] = parameters === null ? [] : [
    { label: 'Protocol', value: versionWords(parameters.protocol) },
    { label: 'Cipher', value: parameters.cipher, mono: true },
    ...(parameters.group === null ? [] : [{ label: 'Group', value: parameters.group, mono: true }]),
    ...(parameters.signatureScheme === null ? [] : [{ label: 'Signature', value: parameters.signatureScheme, mono: true }]),
    { label: 'SNI', value: parameters.serverName ?? 'none', mono: true },
    { label: 'Handshake', value: duration(parameters.handshakeMs) },
  ];
  const wire: Field[] = handshakeParts(connection).filter(({ label }) => label !== 'Agreed').map(({ label, text }) => ({ label, value: text }));
  const ended: Field[] = [failure?.text, tlsFailure?.text].filter((text) => text !== undefined).map((text, index) => ({ label: index === 0 ? 'Ended' : 'TLS', value: text }));
  return [
    { title: 'Connection', fields: [
      { label: 'To', value: `${made.address} port ${String(made.port)}`, mono: true },
      { label: 'Offer', value: purposeText(made.purpose) ?? 'as senders usually do' },
      ...(offer === null ? [] : [{ label: 'Library', value: offer.library }]),
      ...ended,
    ] },
    { title: 'TLS', fields: [...tls, ...wire] },
    { title: 'Capabilities', fields: capabilityFields(connection) },
  ];
}

function capabilityFields({ capabilities, protectedCapabilities }: ConnectionState): Field[] {
  const before: Field[] = capabilities === null ? [] : [{ label: 'Before TLS', value: capabilityWords(capabilities), mono: true }];
  const inside: Field[] = protectedCapabilities === null ? [] : [{ label: 'Inside TLS', value: capabilityWords(protectedCapabilities), mono: true }];
  return [...before, ...inside];
}

const MOST_CAPABILITIES = 40;

const capabilityWords = (capabilities: readonly string[]): string => firstWords(capabilities, MOST_CAPABILITIES, ' ');
