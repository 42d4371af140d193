/** Reads trust anchors from DS and DNSKEY records in zone-file form (RFC 1035 §5.1), as other validators write them. */
import { fromBase64, fromHex } from '../base/bytes.ts';
import { plainText } from '../base/plain-text.ts';
import { type Result, failed, success } from '../base/result.ts';
import { type Name, NameSyntaxError, parseName } from '../dns/name.ts';
import { digestName } from './algorithm.ts';
import { type TrustAnchor, trustAnchor } from './trust-anchor.ts';

/** What is wrong with a line of an anchor file, with an example of a good one. */
export interface AnchorSyntaxFailure {
  /** from 1; the line on which the record starts; 0 for the file as a whole */
  readonly line: number;
  readonly text: string;
}

const EXAMPLE = 'example: . IN DS 20326 8 2 E06D44B8…';
const MAXIMUM_LENGTH = 1_000_000;
const MAXIMUM_ANCHORS = 1000;

/** `source` is shown wherever an anchor is named, such as the name of the file. */
export function readTrustAnchors(text: string, source: string): Result<readonly TrustAnchor[], AnchorSyntaxFailure> {
  if (text.length > MAXIMUM_LENGTH) return failure(0, `the file is longer than ${MAXIMUM_LENGTH} characters`);
  const anchors: TrustAnchor[] = [];
  for (const { line, fields } of entries(text)) {
    if (fields === null) return failure(line, 'a parenthesis is not closed');
    const read = readEntry(fields, source);
    if (typeof read === 'string') return failure(line, read);
    anchors.push(read);
    if (anchors.length > MAXIMUM_ANCHORS) return failure(line, `more than ${MAXIMUM_ANCHORS} anchors`);
  }
  return anchors.length === 0 ? failure(0, 'there is no DS or DNSKEY record in it') : success(anchors);
}

const failure = (line: number, text: string): { readonly ok: false; readonly failure: AnchorSyntaxFailure } =>
  failed({ line, text: `${text}; ${EXAMPLE}` });

interface Entry {
  readonly line: number;
  /** null where a parenthesis stays open */
  readonly fields: readonly string[] | null;
}

/** Records as fields: comments dropped, lines inside parentheses joined (RFC 1035 §5.1). */
function* entries(text: string): Generator<Entry> {
  let open: { readonly line: number; readonly fields: string[] } | null = null;
  for (const [index, content] of text.split(/\r?\n/).entries()) {
    const words: string[] = content.replace(/;.*$/, '').replaceAll(/[()]/g, ' $& ').split(/\s+/).filter((word) => word !== '');
    const entry: { readonly line: number; readonly fields: string[] } = open ?? { line: index + 1, fields: [] };
    entry.fields.push(...words);
    const depth = entry.fields.filter((word) => word === '(').length - entry.fields.filter((word) => word === ')').length;
    open = depth > 0 ? entry : null;
    const fields = entry.fields.filter((word) => word !== '(' && word !== ')');
    if (open === null && fields.length > 0) yield { line: entry.line, fields };
  }
  if (open !== null) yield { line: open.line, fields: null };
}

/** The anchor, or what is wrong. Owner, then TTL and class in any order or absent, type and RDATA. */
function readEntry(fields: readonly string[], source: string): TrustAnchor | string {
  if (/^(IN|DS|DNSKEY)$/i.test(fields[0] ?? '')) return 'the record has no owner name in front';
  const owner = readOwner(fields[0] ?? '');
  if (typeof owner === 'string') return owner;
  const typeIndex = fields.findIndex((field, index) => index > 0 && !/^\d+[smhdw]?$/i.test(field) && field.toUpperCase() !== 'IN');
  const type = (fields[typeIndex] ?? '').toUpperCase();
  const rest = fields.slice(typeIndex + 1);
  if (typeIndex < 0 || (type !== 'DS' && type !== 'DNSKEY')) return `“${plainText(fields.join(' '), 60)}” is no DS or DNSKEY record`;
  const rdata = type === 'DS' ? readDs(rest) : readDnskey(rest);
  if (typeof rdata === 'string') return rdata;
  return trustAnchor(owner, type, rdata, source) ?? `the ${type} record is too short`;
}

function readOwner(text: string): Name | string {
  try {
    return parseName(text);
  } catch (error) {
    if (error instanceof NameSyntaxError) return plainText(error.message, 200);
    throw error;
  }
}

const DIGEST_LENGTHS: ReadonlyMap<number, number> = new Map([[1, 20], [2, 32], [4, 48]]);

function readDs(fields: readonly string[]): Uint8Array | string {
  const [keyTag, algorithm, digestType] = [number(fields[0], 0xffff), number(fields[1], 0xff), number(fields[2], 0xff)];
  const digest = fields.slice(3).join('');
  if (keyTag === null || algorithm === null || digestType === null) return 'a DS record needs key tag, algorithm and digest type as numbers';
  if (digest === '' || digest.length % 2 !== 0 || /[^0-9a-f]/i.test(digest)) return 'the digest of the DS record is no hexadecimal text';
  const expected = DIGEST_LENGTHS.get(digestType);
  if (expected !== undefined && digest.length !== expected * 2) return `a ${digestName(digestType)} digest has ${expected * 2} hexadecimal digits, this one ${digest.length}`;
  return Uint8Array.of(keyTag >> 8, keyTag & 0xff, algorithm, digestType, ...fromHex(digest));
}

function readDnskey(fields: readonly string[]): Uint8Array | string {
  const [flags, protocol, algorithm] = [number(fields[0], 0xffff), number(fields[1], 0xff), number(fields[2], 0xff)];
  const key = fields.slice(3).join('');
  if (flags === null || protocol === null || algorithm === null) return 'a DNSKEY record needs flags, protocol and algorithm as numbers';
  if ((flags & 0x0100) === 0 || protocol !== 3) return 'a trust anchor needs the Zone Key flag (256) and protocol 3';
  if ((flags & 0x0080) !== 0) return 'this key is revoked (RFC 5011 §2.1) and cannot be a trust anchor';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key) || key.length % 4 !== 0) return 'the key of the DNSKEY record is no base64 text';
  return Uint8Array.of(flags >> 8, flags & 0xff, protocol, algorithm, ...fromBase64(key));
}

function number(text: string | undefined, most: number): number | null {
  return text !== undefined && /^\d{1,5}$/.test(text) && Number(text) <= most ? Number(text) : null;
}
