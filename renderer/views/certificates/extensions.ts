/** The extensions that decide what a certificate may be used for (RFC 5280 §4.2), read from its bytes. */
import { fromBase64, toHex } from '../../../core/base/bytes.ts';
import { DerReader, TAG, contextTag, decoded, wholeElement } from '../../../core/x509/der.ts';
import { readExtensionList, readExtensions } from '../../../core/x509/extension.ts';
import type { Extensions, Subtree } from '../../../core/x509/extension.ts';
import { nameText } from '../../../core/x509/name.ts';
import { firstWords } from '../../text/counted.ts';

/** @returns null where the bytes are no certificate */
export function extensionsOf(der: string): Extensions | null {
  const read = decoded(() => readFrom(fromBase64(der)));
  return read.ok ? read.value : null;
}

/** RFC 5280 §4.1: behind the six fields that every certificate has, and two that hardly any has. */
function readFrom(der: Uint8Array): Extensions {
  const signed = new DerReader(new DerReader(wholeElement(der, TAG.sequence).content).next(TAG.sequence).content);
  signed.optional(contextTag(0, true));
  for (let field = 0; field < 6; field += 1) signed.next();
  signed.optional(contextTag(1, false));
  signed.optional(contextTag(2, false));
  const extensions = signed.optional(contextTag(3, true));
  return readExtensions(extensions === null ? [] : readExtensionList(wholeElement(extensions.content, TAG.sequence)));
}

/** RFC 5280 §4.2.1.3, in the order of the bits */
const USAGES = ['digitalSignature', 'contentCommitment', 'keyEncipherment', 'dataEncipherment', 'keyAgreement', 'keyCertSign', 'cRLSign', 'encipherOnly', 'decipherOnly'];
const PURPOSES: { readonly [type: string]: string } = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth', '1.3.6.1.5.5.7.3.2': 'clientAuth', '1.3.6.1.5.5.7.3.3': 'codeSigning', '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping', '1.3.6.1.5.5.7.3.9': 'OCSPSigning', '2.5.29.37.0': 'anyExtendedKeyUsage',
};
const MOST = 20;

export interface ExtensionLine {
  readonly label: string;
  readonly value: string;
  readonly copy?: boolean;
}

export function extensionLines({ basicConstraints, keyUsage, extendedKeyUsage, nameConstraints, subjectKeyIdentifier, authorityKeyIdentifier, unknownCritical, malformed }: Extensions): ExtensionLine[] {
  const length = basicConstraints?.pathLength ?? null;
  return [
    { label: 'CA', value: basicConstraints === null ? 'not said (no basicConstraints)' : (basicConstraints.ca ? `yes, path length ${length === null ? 'without limit' : `at most ${String(length)}`}` : 'no') },
    { label: 'Key usage', value: keyUsage === null ? 'any (not limited)' : words(USAGES.filter((_, bit) => (keyUsage & (1 << bit)) !== 0)) },
    { label: 'Extended usage', value: extendedKeyUsage === null ? 'any (not limited)' : words(extendedKeyUsage.map((type) => PURPOSES[type] ?? type)) },
    ...(nameConstraints === null ? [] : [
      { label: 'Permitted names', value: words(nameConstraints.permitted.map(subtreeText)) }, { label: 'Excluded names', value: words(nameConstraints.excluded.map(subtreeText)) },
    ]),
    ...(subjectKeyIdentifier === null ? [] : [{ label: 'Key identifier', value: toHex(subjectKeyIdentifier), copy: true }]),
    ...(authorityKeyIdentifier?.keyIdentifier == null ? [] : [{ label: 'Issuer’s key id', value: toHex(authorityKeyIdentifier.keyIdentifier), copy: true }]),
    ...(unknownCritical.length === 0 ? [] : [{ label: 'Critical, unknown', value: words(unknownCritical) }]),
    ...(malformed === null ? [] : [{ label: 'Not readable', value: malformed }]),
  ];
}

const words = (all: readonly string[]): string => (all.length === 0 ? 'none' : firstWords(all, MOST, ', '));

function subtreeText({ base }: Subtree): string {
  switch (base.kind) {
    case 'dns': case 'mail': case 'uri': return `${base.kind} ${base.text === '' ? '(all)' : base.text}`;
    case 'directory': return `directory ${nameText(base.name)}`;
    case 'ip': return `address ${toHex(base.bytes)}`;
    case 'other-name': case 'x400': case 'edi-party': case 'registered-id': return base.kind;
  }
}
