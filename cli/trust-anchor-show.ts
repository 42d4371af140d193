/** `danescope trust-anchor show`: the anchors in use, their age, and with `--check` which of them signs the root today. */
import { promiseEnd } from '../core/anchors/age.ts';
import type { AnchorWarning } from '../core/anchors/facts.ts';
import type { RootSighting, SightingFailure } from '../core/anchors/root-sighting.ts';
import type { TrackedKey } from '../core/anchors/rfc5011.ts';
import { keyOf } from '../core/anchors/rfc5011.ts';
import { standsFor } from '../core/anchors/root-keys.ts';
import { plainText } from '../core/base/plain-text.ts';
import type { Result } from '../core/base/result.ts';
import type { TrustAnchor } from '../core/dnssec/trust-anchor.ts';
import { anchorStorePath } from '../core/net/anchor-store.ts';
import type { Output } from './output.ts';
import { EXIT } from './trust-anchor-exit.ts';
import type { TrustAnchorArguments } from './trust-anchor-arguments.ts';
import { anchorLines, anchorView } from './trust-anchor-text.ts';
import type { AnchorView } from './trust-anchor-text.ts';
import { chosenAnchors, look, withVantage } from './trust-anchor-vantage.ts';

type Look = Result<RootSighting, SightingFailure>;

interface Shown {
  readonly anchors: readonly (AnchorView & { readonly signsRoot: boolean | null })[];
  readonly store: string | null;
  readonly asOf: string | null;
  readonly promisedUntil: string | null;
  readonly warnings: readonly AnchorWarning[];
  readonly tracked: readonly { readonly keyTag: number; readonly state: string; readonly since: string; readonly holdDownUntil: string | null }[];
  readonly check: { readonly result: 'valid' | 'bogus' | 'unreachable'; readonly signers: readonly number[]; readonly revoked: readonly number[]; readonly text: string } | null;
}

export async function showAnchors(read: Extract<TrustAnchorArguments, { readonly action: 'show' }>, output: Output): Promise<number> {
  const now = Date.now();
  const chosen = chosenAnchors(read.files, now);
  const [anchors, looked] = read.check || read.lab
    ? await withVantage(read, chosen.anchors, async (vantage) => [vantage.trustAnchors, read.check ? await look(vantage) : null] as const)
    : [chosen.anchors, null];
  const own = !read.lab;
  const shown: Shown = {
    anchors: anchors.map((anchor) => ({ ...anchorView(anchor), signsRoot: signsRoot(anchor, looked) })),
    store: own && chosen.store !== null ? anchorStorePath() : null,
    asOf: own ? dateText(chosen.asOf) : null, promisedUntil: own && chosen.asOf !== null ? dateText(promiseEnd(chosen.asOf)) : null,
    warnings: own ? chosen.warnings : [], tracked: own ? (chosen.store?.observation?.keys ?? []).map(trackedView) : [], check: looked === null ? null : checkView(looked),
  };
  output.write(read.format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : showText(shown, new Date(now).toISOString().slice(0, 10)));
  return exitCodeOf(shown);
}

function exitCodeOf({ check, warnings }: Shown): number {
  if (check?.result === 'bogus') return EXIT.refused;
  if (check?.result === 'unreachable') return EXIT.undetermined;
  return warnings.length > 0 ? EXIT.warned : EXIT.done;
}

const dateText = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString().slice(0, 10));

function signsRoot(anchor: TrustAnchor, looked: Look | null): boolean | null {
  if (looked === null || !looked.ok) return null;
  return looked.value.signers.some((key) => standsFor(anchor, key.rdata));
}

function checkView(looked: Look): NonNullable<Shown['check']> {
  if (!looked.ok) return { result: looked.failure.code, signers: [], revoked: [], text: looked.failure.text };
  const { signers, selfRevoked, vouched } = looked.value;
  const [by, revoked] = [signers.filter((key) => !key.revoked).map(({ keyTag }) => keyTag), selfRevoked.map(({ keyTag }) => keyTag)];
  const trusted = by.filter((keyTag) => vouched.some((key) => key.keyTag === keyTag));
  const revokedText = revoked.length === 0 ? '' : `; revoked: ${revoked.join(', ')}`;
  return { result: 'valid', signers: by, revoked, text: `the keys of the root are signed by ${by.join(', ')}, trusted here: ${trusted.join(', ')}${revokedText}` };
}

const trackedView = ({ rdata, state, since, holdDownUntil }: TrackedKey): Shown['tracked'][number] =>
  ({ keyTag: keyOf(rdata).keyTag, state, since: dateText(since) ?? '', holdDownUntil: dateText(holdDownUntil) });

function showText({ anchors, store, asOf, promisedUntil, warnings, tracked, check }: Shown, today: string): string {
  const lines = [
    ...anchors.flatMap((anchor) => [...anchorLines(anchor, today), ...(anchor.signsRoot === null ? [] : [`    ${anchor.signsRoot ? 'signs the root now' : 'does not sign the root now'}`])]),
    ...tracked.map(({ keyTag, state, since, holdDownUntil }) => `observed: key ${String(keyTag)} ${state} since ${since}${holdDownUntil === null ? '' : `, hold-down until ${holdDownUntil}`}`),
    ...(store === null ? [] : [`store: ${plainText(store, 400)}`]),
    ...(asOf === null ? [] : [`as of ${asOf}, to be looked at again by ${promisedUntil ?? ''}`]),
    ...(check === null ? [] : [`root: ${check.result}; ${plainText(check.text, 400)}`]),
    ...warnings.map(({ text }) => `warning: ${plainText(text, 400)}`),
  ];
  return `${lines.join('\n')}\n`;
}
