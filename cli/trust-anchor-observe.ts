/** `danescope trust-anchor refresh --observe`: follows the keys of the root as RFC 5011 has it, one look a call. */
import { followRoot } from '../core/anchors/follow-root.ts';
import { keyOf, refreshInterval } from '../core/anchors/rfc5011.ts';
import type { TrackedKey, Transition } from '../core/anchors/rfc5011.ts';
import type { RootSighting } from '../core/anchors/root-sighting.ts';
import { anchorsOf } from '../core/anchors/store.ts';
import { anchorChanges, builtInStore } from '../core/anchors/stored-anchors.ts';
import { plainText } from '../core/base/plain-text.ts';
import { anchorStorePath, loadAnchorStore, saveAnchorStore } from '../core/net/anchor-store.ts';
import type { ResolvingVantage } from '../core/net/vantage.ts';
import type { Output } from './output.ts';
import { unusableStore } from './files.ts';
import { EXIT } from './trust-anchor-exit.ts';
import type { TrustAnchorArguments } from './trust-anchor-arguments.ts';
import { changeText } from './trust-anchor-text.ts';
import { look, withVantage } from './trust-anchor-vantage.ts';

type Observing = Extract<TrustAnchorArguments, { readonly action: 'observe' }>;

export function observeRoot(read: Observing, output: Output): Promise<number> {
  const store = loadAnchorStore();
  if (!store.ok) throw unusableStore(store.failure);
  const anchors = anchorsOf(store.value ?? builtInStore(), Date.now());
  return withVantage(read, anchors, (vantage) => observeFrom(vantage, read.format, output));
}

/** A look that does not validate changes nothing (RFC 5011 §2.2). */
export async function observeFrom(vantage: ResolvingVantage, format: 'text' | 'json', output: Output): Promise<number> {
  const looked = await look(vantage);
  if (!looked.ok) {
    output.error(`danescope: the keys of the root: ${plainText(looked.failure.text, 400)}\n           the anchors stay as they are\n`);
    return looked.failure.code === 'bogus' ? EXIT.refused : EXIT.undetermined;
  }
  const path = anchorStorePath();
  const loaded = loadAnchorStore(path);
  if (!loaded.ok) throw unusableStore(loaded.failure);
  const before = loaded.value ?? builtInStore();
  const { store, transitions } = followRoot(before, looked.value);
  const saved = saveAnchorStore(store, path);
  if (!saved.ok) throw unusableStore(saved.failure);
  const changes = anchorChanges(before.anchors, store.anchors);
  const keys = (store.observation?.keys ?? []).map((key) => keyView(key));
  const again = new Date(looked.value.at + refreshInterval(looked.value)).toISOString();
  output.write(format === 'json'
    ? `${JSON.stringify({ store: path, keys, lookAgain: again, ...changes }, null, 2)}\n`
    : `${[...transitions.map(transitionText), ...keys.map(keyText), `Look again by ${again} (RFC 5011 §2.3).`].join('\n')}\n${changeText({ changes, path, note: noteOf(looked.value) })}`);
  return EXIT.done;
}

const noteOf = ({ vouched }: RootSighting): string => `The keys of the root validate under ${vouched.map(({ keyTag }) => String(keyTag)).join(', ')}.`;

const transitionText = ({ rdata, from, to }: Transition): string => `key ${String(keyOf(rdata).keyTag)}: ${from} → ${to}`;

interface KeyView {
  readonly keyTag: number;
  readonly state: string;
  readonly since: string;
  readonly holdDownUntil: string | null;
}

const keyView = ({ rdata, state, since, holdDownUntil }: TrackedKey): KeyView =>
  ({ keyTag: keyOf(rdata).keyTag, state, since: new Date(since).toISOString(), holdDownUntil: holdDownUntil === null ? null : new Date(holdDownUntil).toISOString() });

const keyText = ({ keyTag, state, since, holdDownUntil }: KeyView): string =>
  `  ${String(keyTag)} ${state} since ${since}${holdDownUntil === null ? '' : `, hold-down until ${holdDownUntil}`}`;
