/** A subject as a short title for people. */
import type { SubjectId } from '../../core/base/subject.ts';

/** `mx1.example.org · 192.0.2.10 · ECDSA` */
export function subjectLabel(subject: SubjectId): string {
  const colon = subject.indexOf(':');
  const kind = subject.slice(0, colon);
  const name = subject.slice(colon + 1);
  const parts = name.split('/');
  switch (kind) {
    case 'endpoint': return endpointLabel(parts);
    case 'rrset': return `${parts.slice(0, -1).join('/')} ${parts.at(-1) ?? ''}`;
    case 'tlsa': return `${parts.slice(0, -1).join('/')} · TLSA record ${String(Number(parts.at(-1)) + 1)}`;
    case 'connection': return `${parts[0] ?? ''} · ${parts[1] ?? ''} · connection ${parts[2] ?? ''}`;
    case 'address': return parts.join(' · ');
    case 'dnskey': return `${parts[0] ?? ''} · DNSKEY ${parts[2] ?? ''}`;
    case 'ds': return `${parts[0] ?? ''} · DS ${parts[2] ?? ''}`;
    case 'zone': return `zone ${name}`;
    case 'cert': return `certificate ${name.slice(0, 12)}…`;
    default: return name;
  }
}

function endpointLabel(parts: readonly string[]): string {
  const keyType = parts.at(-1) ?? '';
  return [...parts.slice(0, -1), ...(keyType === 'any' ? [] : [KEY_TYPES[keyType] ?? keyType])].join(' · ');
}

const KEY_TYPES: { readonly [name: string]: string } = { rsa: 'RSA', ecdsa: 'ECDSA', eddsa: 'EdDSA', other: 'other key' };
