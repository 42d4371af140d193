/** GeneralName (RFC 5280 §4.2.1.6): in subject alternative names, name constraints and key identifiers. */
import { toHex } from '../base/bytes.ts';
import { DerReader, DerSyntaxError, TAG, contextTag, objectIdentifierText, wholeElement } from './der.ts';
import type { Element } from './der.ts';
import { nameText, readName } from './name.ts';
import type { DistinguishedName } from './name.ts';

export type GeneralName =
  | { readonly kind: 'dns' | 'mail' | 'uri'; readonly text: string }
  | { readonly kind: 'ip'; readonly bytes: Uint8Array }
  | { readonly kind: 'directory'; readonly name: DistinguishedName }
  | { readonly kind: 'other-name'; readonly type: string; readonly value: Element }
  | { readonly kind: 'x400' | 'edi-party' | 'registered-id'; readonly bytes: Uint8Array };

/** SmtpUTF8Mailbox (RFC 9598 §3): an other-name to which constraints of mail addresses apply */
export const SMTP_UTF8_MAILBOX = '1.3.6.1.5.5.7.8.9';

/** Octets as Latin-1 characters: nothing is lost, and NUL stays visible to whoever compares. */
function octetText(bytes: Uint8Array): string {
  let text = '';
  for (const octet of bytes) text += String.fromCharCode(octet);
  return text;
}

/** Throws DerSyntaxError. */
export function readGeneralName(element: Element): GeneralName {
  switch (element.tag) {
    case 0xa0: return otherName(element);
    case 0x81: return { kind: 'mail', text: octetText(element.content) };
    case 0x82: return { kind: 'dns', text: octetText(element.content) };
    case 0xa3: return { kind: 'x400', bytes: element.content };
    case 0xa4: return { kind: 'directory', name: readName(wholeElement(element.content, TAG.sequence)) };
    case 0xa5: return ediPartyName(element);
    case 0x86: return { kind: 'uri', text: octetText(element.content) };
    case 0x87: return { kind: 'ip', bytes: element.content };
    case 0x88: return registeredIdentifier(element);
    default: throw new DerSyntaxError(`a GeneralName with tag 0x${element.tag.toString(16)}`);
  }
}

function otherName(element: Element): GeneralName {
  const reader = new DerReader(element.content);
  const type = objectIdentifierText(reader.next(TAG.objectIdentifier).content);
  const value = wholeElement(reader.next(0xa0).content);
  reader.end();
  return { kind: 'other-name', type, value };
}

function ediPartyName(element: Element): GeneralName {
  const reader = new DerReader(element.content);
  reader.optional(contextTag(0, true));
  reader.next(contextTag(1, true));
  reader.end();
  return { kind: 'edi-party', bytes: element.content };
}

function registeredIdentifier({ content }: Element): GeneralName {
  objectIdentifierText(content);
  return { kind: 'registered-id', bytes: content };
}

/** For people; hostile text is escaped where it is shown. */
export function generalNameText(name: GeneralName): string {
  switch (name.kind) {
    case 'dns': return `DNS:${name.text}`;
    case 'mail': return `email:${name.text}`;
    case 'uri': return `URI:${name.text}`;
    case 'ip': return `IP:${addressText(name.bytes)}`;
    case 'directory': return `directory:${nameText(name.name)}`;
    case 'other-name': return `otherName:${name.type}`;
    case 'x400': case 'edi-party': case 'registered-id': return `${name.kind}:${toHex(name.bytes)}`;
  }
}

function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return toHex(bytes);
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] as number) << 8 | (bytes[index * 2 + 1] as number)).toString(16));
  return groups.join(':').replace(/(?:^|:)0(?::0)+(?::|$)/, '::');
}
