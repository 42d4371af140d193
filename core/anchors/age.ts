/** Whether trust anchors still do, by what is known of the root's keys and by how long they were promised for. */
import { ROOT, sameName } from '../dns/name.ts';
import type { TrustAnchor } from '../dnssec/trust-anchor.ts';
import type { AnchorWarning } from './facts.ts';
import { rootKeyOf } from './root-keys.ts';
import type { RootKey } from './root-keys.ts';

export interface AnchorAge {
  readonly anchors: readonly TrustAnchor[];
  /** ms since 1970, when somebody last vouched for them: the release, a refresh; null: nobody promised anything */
  readonly asOf: number | null;
  /** ms since 1970 */
  readonly now: number;
}

const DAY = 86_400_000;
const WARN_BEFORE = 30 * DAY;
const REFRESH = 'danescope trust-anchor refresh gets the present ones';

/** A year after the release, or after the last refresh, the anchors should be looked at. @param asOf ms since 1970 */
export function promiseEnd(asOf: number): number {
  const end = new Date(asOf);
  end.setUTCFullYear(end.getUTCFullYear() + 1);
  return end.getTime();
}

/** The gravest warning alone, or none. Roots other than the Internet's, such as the practice lab's, are nobody's promise. */
export function anchorWarnings({ anchors, asOf, now }: AnchorAge): readonly AnchorWarning[] {
  if (anchors.length === 0) return [{ code: 'no-usable-anchor', text: `there is no trust anchor; ${REFRESH}` }];
  const keys = rootKeysOf(anchors);
  const found = keys.length === 0 ? null : keyWarning(keys, now);
  if (found !== null) return [found];
  if (asOf === null || now < promiseEnd(asOf)) return [];
  return [{ code: 'promise-ended', text: `the trust anchors are of ${isoDate(asOf)}, more than a year ago; ${REFRESH}` }];
}

/** Empty as soon as an anchor of the root is none of the known keys: then nothing can be said. */
function rootKeysOf(anchors: readonly TrustAnchor[]): readonly RootKey[] {
  const keys = anchors.filter(({ zone }) => sameName(zone, ROOT)).map(rootKeyOf);
  return keys.includes(null) ? [] : keys.flatMap((key) => key ?? []);
}

function keyWarning(keys: readonly RootKey[], now: number): AnchorWarning | null {
  const reached = (date: string | null, at: number): boolean => date !== null && Date.parse(date) <= at;
  const names = [...new Set(keys.map(({ label, keyTag }) => `${label} (${String(keyTag)})`))].join(', ');
  if (keys.every(({ revoked }) => reached(revoked, now))) {
    return { code: 'no-usable-anchor', text: `${names}: revoked since ${lastOf(keys, 'revoked')}, so no usable trust anchor of the root is left; ${REFRESH}` };
  }
  if (!keys.some(({ signsFrom, signsUntil }) => reached(signsFrom, now) && !reached(signsUntil, now))) {
    return { code: 'not-signing', text: `${names}: the root is signed with another key${untilText(keys, now)}; ${REFRESH}` };
  }
  if (!keys.some(({ signsUntil }) => !reached(signsUntil, now + WARN_BEFORE))) {
    return { code: 'ends-soon', text: `${names}: the root is signed with another key from ${lastOf(keys, 'signsUntil')} on; ${REFRESH}` };
  }
  return null;
}

const lastOf = (keys: readonly RootKey[], date: 'revoked' | 'signsUntil'): string => keys.map((key) => key[date] ?? '').sort().at(-1) ?? '';

function untilText(keys: readonly RootKey[], now: number): string {
  const last = lastOf(keys, 'signsUntil');
  return last !== '' && Date.parse(last) <= now ? ` since ${last}` : '';
}

const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);
