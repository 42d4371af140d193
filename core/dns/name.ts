/** Domain names as label bytes in uncompressed wire form: never as strings joined by dots (RFC 1035 §3.1, RFC 4343). */

import { octetKey } from '../base/bytes.ts';

/** Uncompressed wire form, root label included: length octet and label, ending with 0. */
export type Name = Uint8Array;

export const ROOT: Name = Uint8Array.of(0);

export const MAXIMUM_NAME_LENGTH = 255;
const MAXIMUM_LABEL_LENGTH = 63;
const DOT = 0x2e;
const BACKSLASH = 0x5c;

export class NameSyntaxError extends Error {}

/**
 * Reads presentation form with `\.` and `\DDD` escapes (RFC 1035 §5.1); a missing trailing dot is not missed.
 * @throws {NameSyntaxError} naming what is wrong
 */
export function parseName(text: string): Name {
  if (text === '' || text === '.') return ROOT;
  const labels: number[][] = [[]];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) throw new NameSyntaxError(`“${text}” is not ASCII; give A-labels here`);
    if (code === DOT) labels.push([]);
    else if (code === BACKSLASH) index = readEscape(text, index, labels.at(-1) as number[]);
    else (labels.at(-1) as number[]).push(code);
  }
  if (labels.at(-1)?.length === 0) labels.pop();
  return nameFromLabels(labels.map((label) => Uint8Array.from(label)));
}

function readEscape(text: string, backslash: number, label: number[]): number {
  const digits = text.slice(backslash + 1, backslash + 4);
  if (/^\d{3}$/.test(digits)) {
    const value = Number(digits);
    if (value > 255) throw new NameSyntaxError(`\\${digits} in “${text}” is above 255`);
    label.push(value);
    return backslash + 3;
  }
  if (backslash + 1 >= text.length) throw new NameSyntaxError(`“${text}” ends with a backslash`);
  label.push(text.charCodeAt(backslash + 1));
  return backslash + 1;
}

/** @throws {NameSyntaxError} on an empty or over-long label or name (RFC 1035 §2.3.4) */
export function nameFromLabels(labels: readonly Uint8Array[]): Name {
  const length = labels.reduce((sum, label) => sum + label.length + 1, 1);
  if (length > MAXIMUM_NAME_LENGTH) throw new NameSyntaxError(`a name of ${length} octets is longer than ${MAXIMUM_NAME_LENGTH}`);
  const wire = new Uint8Array(length);
  let offset = 0;
  for (const label of labels) {
    if (label.length === 0) throw new NameSyntaxError('an empty label');
    if (label.length > MAXIMUM_LABEL_LENGTH) throw new NameSyntaxError(`a label of ${label.length} octets is longer than ${MAXIMUM_LABEL_LENGTH}`);
    wire[offset] = label.length;
    wire.set(label, offset + 1);
    offset += label.length + 1;
  }
  return wire;
}

/** Labels from left to right, without the root label. */
export function labelsOf(name: Name): Uint8Array[] {
  const labels: Uint8Array[] = [];
  for (let offset = 0; name[offset] !== 0 && name[offset] !== undefined; offset += (name[offset] as number) + 1) {
    labels.push(name.subarray(offset + 1, offset + 1 + (name[offset] as number)));
  }
  return labels;
}

/** Number of labels without the root, a leading `*` included. */
export function labelCount(name: Name): number {
  let count = 0;
  for (let offset = 0; name[offset] !== 0 && name[offset] !== undefined; offset += (name[offset] as number) + 1) count += 1;
  return count;
}

/** Presentation form without trailing dot (`.` for the root); anything but LDH, `_` and `*` is escaped. */
export function nameText(name: Name): string {
  if (name.length === ROOT.length) return '.';
  let text = '';
  for (let offset = 0; (name[offset] ?? 0) !== 0; ) {
    const end = offset + (name[offset] as number);
    if (offset > 0) text += '.';
    for (offset += 1; offset <= end; offset += 1) text += PRESENTED[name[offset] as number] as string;
  }
  return text;
}

function presented(octet: number): string {
  const character = String.fromCharCode(octet);
  if (/[A-Za-z0-9_*/+=-]/.test(character)) return character;
  return octet > 0x20 && octet < 0x7f ? `\\${character}` : `\\${octet.toString().padStart(3, '0')}`;
}

/** By octet: every fact names its owner, signer and zone. */
const PRESENTED = Array.from({ length: 256 }, (_, octet) => presented(octet));

/** Canonical form: US-ASCII letters in lower case (RFC 4034 §6.2). */
export function lowerName(name: Name): Name {
  const lower = name.slice();
  lowerNameAt(lower, 0, lower.length);
  return lower;
}

/** The same in place, for a name inside of RDATA. */
export function lowerNameAt(octets: Uint8Array, start: number, length: number): void {
  for (let offset = start; offset < start + length; offset += 1) octets[offset] = lowerOctet(octets[offset] as number);
}

/** Length octets are at most 63, below every letter, so that they need not be told from the octets of labels. */
const lowerOctet = (octet: number): number => (octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet);

/** A key for maps and comparison: equal exactly for names that are equal without regard to case (RFC 4343). */
export function nameKey(name: Name): string {
  return octetKey(lowerName(name));
}

export function sameName(left: Name, right: Name): boolean {
  return left.length === right.length && endsWith(left, right);
}

/** Of the octets alone, without regard to case. */
function endsWith(name: Name, end: Name): boolean {
  const start = name.length - end.length;
  for (let offset = 0; offset < end.length; offset += 1) if (lowerOctet(name[start + offset] as number) !== lowerOctet(end[offset] as number)) return false;
  return true;
}

/** The name without its first `count` labels; the root's ancestor is the root. */
export function ancestor(name: Name, count: number): Name {
  let offset = 0;
  for (let step = 0; step < count && name[offset] !== 0; step += 1) offset += (name[offset] as number) + 1;
  return name.subarray(offset);
}

export const parentName = (name: Name): Name => ancestor(name, 1);

/** True also for the name itself. */
export function isSubdomain(name: Name, of: Name): boolean {
  const start = name.length - of.length;
  let offset = 0;
  while (offset < start) offset += (name[offset] as number) + 1;
  return offset === start && endsWith(name, of);
}

/** Canonical order of names: by label from the right, absent label first, letters in lower case (RFC 4034 §6.1). */
export function compareNames(left: Name, right: Name): number {
  const leftLabels = labelsOf(lowerName(left)).reverse();
  const rightLabels = labelsOf(lowerName(right)).reverse();
  const shared = Math.min(leftLabels.length, rightLabels.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = compareLabel(leftLabels[index] as Uint8Array, rightLabels[index] as Uint8Array);
    if (difference !== 0) return difference;
  }
  return leftLabels.length - rightLabels.length;
}

function compareLabel(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const difference = (left[index] as number) - (right[index] as number);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** `prefix` label in front of a name, such as `*` or an NSEC3 hash. @throws {NameSyntaxError} if that is too long */
export function prependLabel(label: Uint8Array, name: Name): Name {
  return nameFromLabels([label, ...labelsOf(name)]);
}

const ASTERISK = Uint8Array.of(0x2a);

export const wildcardOf = (closestEncloser: Name): Name => prependLabel(ASTERISK, closestEncloser);

export function isWildcard(name: Name): boolean {
  return name[0] === 1 && name[1] === 0x2a;
}
