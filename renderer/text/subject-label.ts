/** A subject as a short title for people. */
import type { SubjectId } from '../../core/base/subject.ts';
import { nameInBothForms } from '../../core/target/name-words.ts';

/** characters: a name in both forms, an address, a key type */
export const LONGEST_LABEL = 700;

/** `mx1.example.org · 192.0.2.10 · ECDSA`; a host or zone with A-labels in both forms, and the name of an RRset as it was asked for */
export function subjectLabel(subject: SubjectId): string {
  const colon = subject.indexOf(':');
  const kind = subject.slice(0, colon);
  const name = subject.slice(colon + 1);
  const parts = name.split('/');
  const host = nameInBothForms(parts[0] ?? '');
  switch (kind) {
    case 'endpoint': return endpointLabel([host, ...parts.slice(1)]);
    case 'rrset': return `${parts.slice(0, -1).join('/')} ${parts.at(-1) ?? ''}`;
    case 'tlsa': return `${[host, ...parts.slice(1, -1)].join('/')} · TLSA record ${String(Number(parts.at(-1)) + 1)}`;
    case 'connection': return `${host} · ${parts[1] ?? ''} · connection ${parts[2] ?? ''}`;
    case 'address': return [host, ...parts.slice(1)].join(' · ');
    case 'dnskey': return `${parts[0] ?? ''} · DNSKEY ${parts[2] ?? ''}`;
    case 'ds': return `${parts[0] ?? ''} · DS ${parts[2] ?? ''}`;
    case 'zone': return `zone ${nameInBothForms(name)}`;
    case 'cert': return `certificate ${name.slice(0, 12)}…`;
    case 'mx': case 'domain': return nameInBothForms(name);
    default: return name;
  }
}

function endpointLabel(parts: readonly string[]): string {
  const keyType = parts.at(-1) ?? '';
  return [...parts.slice(0, -1), ...(keyType === 'any' ? [] : [KEY_TYPES[keyType] ?? keyType])].join(' · ');
}

const KEY_TYPES: { readonly [name: string]: string } = { rsa: 'RSA', ecdsa: 'ECDSA', eddsa: 'EdDSA', other: 'other key' };
