/** Domain names as people write them: internationalised names become A-labels (RFC 5891 §4), everything is lower case. */
import { toASCII, toUnicode } from 'tr46';
import { failed, success, type Result } from '../base/result.ts';
import type { TargetError } from './target.ts';

export interface DomainName {
  /** A-labels, no trailing dot */
  readonly ascii: string;
  /** U-labels where that differs */
  readonly unicode: string | null;
}

/** RFC 1035 §2.3.4: 255 octets on the wire are 253 characters */
const MAXIMUM_NAME = 253;
const MAXIMUM_LABEL = 63;
const EXAMPLE = 'mx1.example.org';

/** Host names of letters, digits and hyphens (RFC 952, RFC 1123 §2.1), as RFC 5321 §4.1.2 wants them. */
export function parseDomainName(text: string): Result<DomainName, TargetError> {
  const dotted = text.replaceAll(/[\u3002\uff0e\uff61]/g, '.');
  const bare = dotted.endsWith('.') ? dotted.slice(0, -1) : dotted;
  if (bare === '') return wrong('empty', text, 'There is no name.');
  if (bare.split('.').includes('')) return wrong('bad-label', text, `“${text}” has an empty label: two dots in a row, or a dot at the start.`);
  if (!/^[\x00-\x7f]*$/.test(bare) || /(^|\.)xn--/i.test(bare)) return parseInternationalised(bare);
  const ascii = bare.toLowerCase();
  const fault = labelFault(ascii) ?? lengthFault(ascii);
  return fault === null ? success({ ascii, unicode: null }) : failed(fault);
}

/** UTS #46 §4, as strict as it can be: what is told must be what is looked up. */
export const IDNA_RULES = { checkBidi: true, checkHyphens: true, checkJoiners: true, useSTD3ASCIIRules: true, transitionalProcessing: false };

/** RFC 5891 §5 by way of UTS #46, non-transitional: `ß` stays `ß`. */
function parseInternationalised(text: string): Result<DomainName, TargetError> {
  const ascii = toASCII(text, { ...IDNA_RULES, verifyDNSLength: false });
  if (ascii === null) {
    const label = text.split('.').find((part) => toASCII(part, { ...IDNA_RULES, verifyDNSLength: false }) === null) ?? text;
    return wrong('bad-idna', label, `“${label}” is not a valid internationalised label (RFC 5891).`, 'bücher.example');
  }
  const fault = labelFault(ascii) ?? lengthFault(ascii);
  if (fault !== null) return failed(fault);
  const unicode = toUnicode(ascii, IDNA_RULES);
  return success({ ascii, unicode: unicode.error || unicode.domain === ascii ? null : unicode.domain });
}

function labelFault(ascii: string): TargetError | null {
  for (const label of ascii.split('.')) {
    if (label.length > MAXIMUM_LABEL) return fault('bad-label', label, `The label “${label.slice(0, 20)}…” has ${label.length} characters; at most ${MAXIMUM_LABEL} are allowed (RFC 1035 §2.3.4).`);
    if (label.startsWith('_')) return fault('bad-label', label, `“${label}” starts a service name such as the owner of a TLSA record. Give the host or the mail domain itself.`);
    const character = /[^a-z0-9-]/.exec(label)?.[0];
    if (character !== undefined) return fault('bad-label', label, `“${character}” in “${label}” cannot be in a host name: letters, digits and hyphens only.`);
    if (label.startsWith('-') || label.endsWith('-')) return fault('bad-label', label, `The label “${label}” starts or ends with a hyphen.`);
  }
  return null;
}

const lengthFault = (ascii: string): TargetError | null =>
  ascii.length <= MAXIMUM_NAME ? null : fault('too-long', ascii.slice(0, 40), `The name has ${ascii.length} characters; at most ${MAXIMUM_NAME} are allowed (RFC 1035 §2.3.4).`);

const fault = (code: TargetError['code'], part: string, message: string, example = EXAMPLE): TargetError => ({ code, part, message, example });
const wrong = (code: TargetError['code'], part: string, message: string, example = EXAMPLE): Result<never, TargetError> =>
  failed(fault(code, part, message, example));
