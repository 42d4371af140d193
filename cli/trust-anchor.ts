/** `danescope trust-anchor`: which keys of the root are trusted, and how to change that. */
import { anchorWarnings } from '../core/anchors/age.ts';
import { icannAuthority } from '../core/anchors/icann-authority.ts';
import { ROOT_ANCHORS_SIGNATURE, ROOT_ANCHORS_XML } from '../core/anchors/ports.ts';
import type { DocumentSource } from '../core/anchors/ports.ts';
import { anchorChanges, builtInStore, storedAnchor } from '../core/anchors/stored-anchors.ts';
import { readSignedRootAnchors } from '../core/anchors/signed-root-anchors.ts';
import type { SignedRootAnchors } from '../core/anchors/signed-root-anchors.ts';
import { anchorsOf } from '../core/anchors/store.ts';
import type { AnchorStore } from '../core/anchors/store.ts';
import { plainText } from '../core/base/plain-text.ts';
import { anchorStorePath, loadAnchorStore, removeAnchorStore, saveAnchorStore } from '../core/net/anchor-store.ts';
import { HttpsDocuments } from '../core/net/https-documents.ts';
import { failed, success } from '../core/base/result.ts';
import type { Result } from '../core/base/result.ts';
import type { Certificate } from '../core/x509/certificate.ts';
import { readAnchorFile, readSmallFile, unusableStore } from './files.ts';
import type { Output } from './output.ts';
import { readTrustAnchorArguments } from './trust-anchor-arguments.ts';
import type { TrustAnchorArguments } from './trust-anchor-arguments.ts';
import { EXIT } from './trust-anchor-exit.ts';
import { observeRoot } from './trust-anchor-observe.ts';
import { showAnchors } from './trust-anchor-show.ts';
import { changeText } from './trust-anchor-text.ts';

type ArgumentsOf<Action> = Extract<TrustAnchorArguments, { readonly action: Action }>;

/** Where the signed document comes from, and whose signature counts. */
export interface Publisher {
  readonly documents: DocumentSource;
  readonly authority: Certificate;
}

const IANA: Publisher = { documents: new HttpsDocuments(), authority: icannAuthority() };

/** @returns 0 done, 1 a warning was shown, 2 what came is not to be believed, 3 nothing came */
export function trustAnchor(args: readonly string[], output: Output, publisher: Publisher = IANA): Promise<number> {
  const read = readTrustAnchorArguments(args);
  switch (read.action) {
    case 'show': return showAnchors(read, output);
    case 'replace': return Promise.resolve(replace(read, output));
    case 'reset': return Promise.resolve(reset(read, output));
    case 'refresh': return refresh(read, output, publisher);
    case 'observe': return observeRoot(read, output);
  }
}

/** The file must hold all anchors that are to be trusted: what is not in it is trusted no longer. */
function replace({ files, format }: ArgumentsOf<'replace'>, output: Output): number {
  const anchors = files.flatMap((file) => readAnchorFile(file, 'replace')).map(storedAnchor);
  const before = currentStore();
  return tellSaved({ before, after: { updatedAt: new Date().toISOString(), anchors, observation: null }, format, note: null }, output);
}

function reset({ format }: ArgumentsOf<'reset'>, output: Output): number {
  const path = anchorStorePath();
  const removed = removeAnchorStore(path);
  if (!removed.ok) throw unusableStore(removed.failure);
  const text = removed.value ? `The built-in trust anchors are in use again; the store is kept as ${path}.bak.` : 'The built-in trust anchors were in use already.';
  output.write(format === 'json' ? `${JSON.stringify({ reset: removed.value, store: path }, null, 2)}\n` : `${text}\n`);
  return EXIT.done;
}

async function refresh({ from, format }: ArgumentsOf<'refresh'>, output: Output, { documents, authority }: Publisher): Promise<number> {
  const got = from === 'IANA' ? await fetched(documents, output.closed) : success({ xml: readSmallFile(from.xml, '--xml'), signature: readSmallFile(from.signature, '--signature') });
  if (!got.ok) {
    output.error(`danescope: ${got.failure}\n           the anchors stay as they are; with files: danescope trust-anchor refresh --xml FILE --signature FILE\n`);
    return EXIT.undetermined;
  }
  const now = Date.now();
  const read = readSignedRootAnchors(got.value, now, authority);
  if (!read.ok) {
    output.error(`danescope: ${read.failure.text}\n           the anchors stay as they are\n`);
    return EXIT.refused;
  }
  const { signer, signedAt } = read.value.signature;
  const note = `IANA’s trust anchors, signed${signedAt === null ? '' : ` ${new Date(signedAt).toISOString()}`} by ${signer} under the ICANN Root CA.`;
  const before = currentStore();
  const others = before.anchors.filter(({ record }) => !record.startsWith('. '));
  return tellSaved({ before, after: { updatedAt: new Date(now).toISOString(), anchors: [...read.value.anchors, ...others], observation: null }, format, note }, output);
}

async function fetched(documents: DocumentSource, signal: AbortSignal): Promise<Result<SignedRootAnchors, string>> {
  const [xml, signature] = await Promise.all([documents.fetch(ROOT_ANCHORS_XML, signal), documents.fetch(ROOT_ANCHORS_SIGNATURE, signal)]);
  if (!xml.ok) return failed(xml.failure.text);
  return signature.ok ? success({ xml: xml.value, signature: signature.value }) : failed(signature.failure.text);
}

/** What is in use without flags. A store that cannot be used is replaced like any other: that is the way out of it. */
function currentStore(): AnchorStore {
  const store = loadAnchorStore();
  return (store.ok ? store.value : null) ?? builtInStore();
}

interface Saved {
  readonly before: AnchorStore;
  readonly after: AnchorStore;
  readonly format: 'text' | 'json';
  /** a sentence about where they came from */
  readonly note: string | null;
}

/** An old document may be signed as well as a new one: what it leaves without a usable key is told at once. */
function tellSaved({ before, after, format, note }: Saved, output: Output): number {
  const path = anchorStorePath();
  const saved = saveAnchorStore(after, path);
  if (!saved.ok) throw unusableStore(saved.failure);
  const changes = anchorChanges(before.anchors, after.anchors);
  output.write(format === 'json' ? `${JSON.stringify({ store: path, ...changes }, null, 2)}\n` : changeText({ changes, path, note }));
  const now = Date.now();
  const warnings = anchorWarnings({ anchors: anchorsOf(after, now), asOf: null, now });
  for (const { text } of warnings) output.error(`danescope: trust anchors: ${plainText(text, 400)}\n`);
  return warnings.length > 0 ? EXIT.warned : EXIT.done;
}
