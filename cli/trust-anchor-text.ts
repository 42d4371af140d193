/** Trust anchors and what changes them, for a person. */
import type { AnchorChanges } from '../core/anchors/stored-anchors.ts';
import { rootKeyOf } from '../core/anchors/root-keys.ts';
import { plainText } from '../core/base/plain-text.ts';
import { toHex } from '../core/base/bytes.ts';
import { nameText } from '../core/dns/name.ts';
import { algorithmName, digestName } from '../core/dnssec/algorithm.ts';
import { dsDigest, parseDs } from '../core/dnssec/ds.ts';
import type { TrustAnchor } from '../core/dnssec/trust-anchor.ts';

export interface AnchorView {
  readonly zone: string;
  readonly kind: 'DS' | 'DNSKEY';
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  /** hexadecimal; of a DNSKEY its SHA-256 digest */
  readonly digest: string;
  readonly label: string | null;
  readonly source: string;
  /** ISO dates, as known */
  readonly published: string | null;
  readonly signsFrom: string | null;
  readonly signsUntil: string | null;
  readonly revoked: string | null;
}

const SHA256 = 2;

export function anchorView(anchor: TrustAnchor): AnchorView {
  const { zone, kind, rdata, keyTag, algorithm, source } = anchor;
  const ds = kind === 'DS' ? parseDs(rdata) : null;
  const known = rootKeyOf(anchor);
  return {
    zone: nameText(zone), kind, keyTag, algorithm, source, digestType: ds?.digestType ?? SHA256, digest: toHex(ds?.digest ?? dsDigest(zone, rdata, SHA256) ?? new Uint8Array()),
    label: known?.label ?? anchor.label, published: known?.published ?? anchor.since, signsFrom: known?.signsFrom ?? null,
    signsUntil: known?.signsUntil ?? null, revoked: known?.revoked ?? null,
  };
}

/** @param today ISO date: what lies ahead is told as announced */
export function anchorLines(view: AnchorView, today: string): readonly string[] {
  const { zone, kind, keyTag, algorithm, digestType, digest, label, source } = view;
  return [
    `${plainText(zone, 255)} ${kind} ${String(keyTag)}${label === null ? '' : ` (${label})`}, algorithm ${String(algorithm)} ${algorithmName(algorithm)}, from ${plainText(source, 200)}`,
    `    ${digestName(digestType)} ${digest}`,
    ...datesOf(view, today).map((line) => `    ${line}`),
  ];
}

function datesOf({ published, signsFrom, signsUntil, revoked }: AnchorView, today: string): readonly string[] {
  const dated = (date: string | null, past: string, ahead: string): string[] => (date === null ? [] : [`${date <= today ? past : ahead} ${date}`]);
  const parts = [
    ...dated(published, 'in the root zone since', 'in the root zone from'), ...dated(signsFrom, 'signs since', 'is to sign from'),
    ...dated(signsUntil, 'until', 'until'), ...dated(revoked, 'revoked', 'is to be revoked'),
  ];
  return parts.length === 0 ? [] : [parts.join(', ')];
}

export function changeText({ changes, path, note }: { readonly changes: AnchorChanges; readonly path: string; readonly note: string | null }): string {
  const { added, removed, kept } = changes;
  const list = (sign: string, records: readonly string[]): string[] => records.map((record) => `  ${sign} ${plainText(record, 120)}`);
  const head = added.length + removed.length === 0 ? 'The trust anchors are the same as before.' : 'The trust anchors are now:';
  return `${[...(note === null ? [] : [plainText(note, 400)]), head, ...list('+', added), ...list('-', removed), ...list(' ', kept), `Stored in ${plainText(path, 400)}; the one before is kept as .bak.`].join('\n')}\n`;
}
