/** The user's trust anchors as a file: JSON that a person can read, with the anchors as zone-file lines. */
import { toBase64 } from '../base/bytes.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { nameText } from '../dns/name.ts';
import { rdataText } from '../dns/presentation.ts';
import { rrtypeNumber } from '../dns/rrtype.ts';
import { readTrustAnchors } from '../dnssec/trust-anchor-file.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import { KEY_STATES } from './rfc5011.ts';
import type { KeyState, TrackedKey } from './rfc5011.ts';

export interface AnchorStore {
  /** ISO 8601 UTC */
  readonly updatedAt: string;
  /** empty only where every key was revoked (RFC 5011 §5) */
  readonly anchors: readonly StoredAnchor[];
  /** null where the root was never observed */
  readonly observation: { readonly at: string; readonly keys: readonly TrackedKey[] } | null;
}

export interface StoredAnchor {
  /** one DS or DNSKEY record in zone-file form */
  readonly record: string;
  /** where it came from, such as `IANA`, `built-in`, `RFC 5011` or the name of a file */
  readonly source: string;
  /** ISO 8601 UTC; null where no bound is known */
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

export const FORMAT = 'danescope trust anchors';
export const VERSION = 1;
/** octets */
export const MAXIMUM_STORE = 1_048_576;
const MAXIMUM_ENTRIES = 1000;

export function storeText({ updatedAt, anchors, observation }: AnchorStore): string {
  const keys = observation?.keys.map(({ rdata, state, since, holdDownUntil }) =>
    ({ record: dnskeyLine(rdata), state, since: isoTime(since), holdDownUntil: holdDownUntil === null ? null : isoTime(holdDownUntil) }));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, updatedAt, anchors, observation: observation === null ? null : { at: observation.at, keys } }, null, 2)}\n`;
}

/** @param at ms since 1970: anchors outside of their time are left out @param updatedAt named in the source */
export function anchorsOf({ anchors }: AnchorStore, at: number): readonly TrustAnchor[] {
  const current = anchors.filter(({ validFrom, validUntil }) => (validFrom === null || Date.parse(validFrom) <= at) && (validUntil === null || Date.parse(validUntil) > at));
  return current.flatMap(({ record, source }) => {
    const read = readTrustAnchors(record, `store (${source})`);
    if (!read.ok) throw new Error(`a stored anchor does not read: ${read.failure.text}`);
    return read.value;
  });
}

export const anchorLine = ({ zone, kind, rdata }: TrustAnchor): string => `${nameText(zone)} IN ${kind} ${rdataText(rrtypeNumber(kind) as number, rdata)}`;

const dnskeyLine = (rdata: Uint8Array): string =>
  `. IN DNSKEY ${String(((rdata[0] ?? 0) << 8) | (rdata[1] ?? 0))} ${String(rdata[2])} ${String(rdata[3])} ${toBase64(rdata.subarray(4))}`;

const isoTime = (at: number): string => new Date(at).toISOString();

/** A store written by hand or by a later version is refused in words; nothing of it is used. */
export function readStore(text: string): Result<AnchorStore, string> {
  if (text.length > MAXIMUM_STORE) return failed(`it is longer than ${String(MAXIMUM_STORE)} characters`);
  const json = parseJson(text);
  if (!isObject(json) || json['format'] !== FORMAT) return failed('it is no store of trust anchors');
  if (json['version'] !== VERSION) return failed(`it is of version ${JSON.stringify(json['version'])?.slice(0, 20) ?? 'none'}, this program knows version ${String(VERSION)}`);
  const { updatedAt, observation: observed } = json;
  const anchors = listOf(json['anchors'], readAnchor);
  if (!isTime(updatedAt)) return failed('its updatedAt is no time');
  if (typeof anchors === 'string') return failed(`its anchors: ${anchors}`);
  const observation = observed === null ? null : readObservation(observed);
  if (typeof observation === 'string') return failed(`its observation: ${observation}`);
  const emptied = observation?.keys.some(({ state }) => state === 'Revoked' || state === 'Removed') ?? false;
  return anchors.length === 0 && !emptied ? failed('it has no anchor') : success({ updatedAt, anchors, observation });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

type JsonObject = { readonly [member: string]: unknown };

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTime = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(value) && !Number.isNaN(Date.parse(value));
const isTimeOrNull = (value: unknown): value is string | null => value === null || isTime(value);

/** The list, or what is wrong with it. */
function listOf<Item>(value: unknown, read: (item: JsonObject) => Item | string): readonly Item[] | string {
  if (!Array.isArray(value) || value.length > MAXIMUM_ENTRIES) return `no list of up to ${String(MAXIMUM_ENTRIES)} entries`;
  const items: Item[] = [];
  for (const entry of value as readonly unknown[]) {
    const item = isObject(entry) ? read(entry) : 'an entry is no object';
    if (typeof item === 'string') return item;
    items.push(item);
  }
  return items;
}

function readAnchor({ record, source, validFrom, validUntil }: JsonObject): StoredAnchor | string {
  if (typeof record !== 'string' || typeof source !== 'string') return 'an anchor without record and source';
  if (!isTimeOrNull(validFrom) || !isTimeOrNull(validUntil)) return 'a bound that is no time';
  const read = readTrustAnchors(record, source);
  if (!read.ok) return read.failure.text;
  return read.value.length === 1 ? { record, source, validFrom, validUntil } : 'more than one record in an anchor';
}

function readObservation(value: unknown): { readonly at: string; readonly keys: readonly TrackedKey[] } | string {
  if (!isObject(value) || !isTime(value['at'])) return 'its time is missing';
  const keys = listOf(value['keys'], readTrackedKey);
  return typeof keys === 'string' ? keys : { at: value['at'], keys };
}

function readTrackedKey({ record, state, since, holdDownUntil }: JsonObject): TrackedKey | string {
  if (typeof record !== 'string' || !isTime(since) || !isTimeOrNull(holdDownUntil)) return 'a key without record and times';
  const known = KEY_STATES.find((candidate): candidate is KeyState => candidate === state);
  if (known === undefined) return 'a key in no known state';
  // Without an end of its hold-down a key would be trusted at once (RFC 5011 §2.4.1).
  if (holdDownUntil === null && (known === 'AddPend' || known === 'Revoked')) return `a key in state ${known} without the end of its hold-down`;
  const read = readTrustAnchors(record, '');
  const [key, ...more] = read.ok ? read.value : [];
  if (key === undefined || more.length > 0 || key.kind !== 'DNSKEY') return 'a key whose record is no DNSKEY';
  return { rdata: key.rdata, state: known, since: Date.parse(since), holdDownUntil: holdDownUntil === null ? null : Date.parse(holdDownUntil) };
}
