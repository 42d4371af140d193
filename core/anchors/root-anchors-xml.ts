/**
 * IANA's trust anchor document (RFC 9718 §2) and nothing more of XML: elements, attributes and comments. Document type
 * declarations, entities and CDATA are refused, so nothing in it can grow or point elsewhere.
 */
import { equalBytes, fromBase64, fromHex } from '../base/bytes.ts';
import { plainText } from '../base/plain-text.ts';
import { failed, success } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { ROOT } from '../dns/name.ts';
import { dsDigest } from '../dnssec/ds.ts';

export interface KeyDigest {
  readonly id: string;
  /** ms since 1970; before it the anchor must not be used */
  readonly validFrom: number;
  /** ms since 1970; from then on the anchor must not be used; null: no end is known */
  readonly validUntil: number | null;
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
}

const MAXIMUM_LENGTH = 65_536;
const MAXIMUM_DIGESTS = 64;

/** The key digests of the root zone in the order of the document; the failure is a clause that says what is wrong. */
export function readRootAnchorsXml(bytes: Uint8Array): Result<readonly KeyDigest[], string> {
  if (bytes.length > MAXIMUM_LENGTH) return failed(`it is longer than ${String(MAXIMUM_LENGTH)} octets`);
  try {
    return success(readDocument(readTree(new TextDecoder('utf-8').decode(bytes))));
  } catch (error) {
    if (error instanceof XmlSyntaxError) return failed(error.message);
    throw error;
  }
}

class XmlSyntaxError extends Error {}

const wrong = (text: string): XmlSyntaxError => new XmlSyntaxError(text);

interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  text: string;
}

/** comment, closing tag, opening tag with attributes, text; sticky, so that nothing in between is skipped */
const TOKEN = /<!--(?:(?!--)[\s\S])*-->|<\/(?<closing>[A-Za-z]+)\s*>|<(?<opening>[A-Za-z]+)(?<attributes>(?:\s+[A-Za-z]+\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*)\s*(?<empty>\/?)>|(?<text>[^<&]+)/y;
const ATTRIBUTE = /([A-Za-z]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const DECLARATION = /^\uFEFF?<\?xml\s[^<>?]*\?>/;
const MAXIMUM_DEPTH = 4;
const MAXIMUM_TOKENS = 4096;

function readTree(document: string): XmlElement {
  const body = document.replace(DECLARATION, '');
  const top: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [top];
  TOKEN.lastIndex = 0;
  for (let count = 0; TOKEN.lastIndex < body.length; count += 1) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(body);
    if (token === null || count > MAXIMUM_TOKENS) throw wrong(`“${plainText(body.slice(at, at + 40), 60)}” is nothing that such a document has`);
    place(token.groups ?? {}, open);
  }
  const [root, ...more] = top.children;
  if (open.length > 1 || root === undefined || more.length > 0 || top.text.trim() !== '') throw wrong('it is not one XML element');
  return root;
}

function place({ opening, closing, attributes, empty, text }: { readonly [group: string]: string | undefined }, open: XmlElement[]): void {
  const parent = open.at(-1) as XmlElement;
  if (text !== undefined) parent.text += text;
  if (closing !== undefined) {
    if (parent.name !== closing) throw wrong(`</${plainText(closing, 40)}> closes what is not open`);
    open.pop();
  }
  if (opening === undefined) return;
  const element: XmlElement = { name: opening, attributes: readAttributes(attributes ?? ''), children: [], text: '' };
  parent.children.push(element);
  if (empty !== '/') open.push(element);
  if (open.length > MAXIMUM_DEPTH + 1) throw wrong('it is nested too deep');
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    if (attributes.has(name)) throw wrong(`the attribute ${name} is there twice`);
    attributes.set(name, double ?? single ?? '');
  }
  return attributes;
}

function readDocument(document: XmlElement): readonly KeyDigest[] {
  if (document.name !== 'TrustAnchor') throw wrong(`it is a <${plainText(document.name, 40)}>, not a <TrustAnchor>`);
  if (only(document, 'Zone') !== '.') throw wrong('it is not about the root zone');
  const digests = document.children.filter(({ name }) => name === 'KeyDigest');
  if (digests.length === 0) throw wrong('it has no <KeyDigest>');
  if (digests.length > MAXIMUM_DIGESTS) throw wrong(`it has more than ${String(MAXIMUM_DIGESTS)} <KeyDigest>`);
  return digests.map(readKeyDigest);
}

const DIGEST_LENGTHS: { readonly [type: number]: number } = { 1: 20, 2: 32, 4: 48 };

function readKeyDigest(element: XmlElement): KeyDigest {
  const id = element.attributes.get('id') ?? '';
  const [keyTag, algorithm, digestType] = [number(element, 'KeyTag', 0xffff), number(element, 'Algorithm', 0xff), number(element, 'DigestType', 0xff)];
  const digest = only(element, 'Digest').replaceAll(/\s+/g, '');
  const length = DIGEST_LENGTHS[digestType];
  if (!/^(?:[0-9A-Fa-f]{2})+$/.test(digest) || (length !== undefined && digest.length !== length * 2)) throw wrong(`the digest of key ${String(keyTag)} is none of type ${String(digestType)}`);
  const validFrom = time(element.attributes.get('validFrom'), keyTag);
  if (validFrom === null) throw wrong(`key ${String(keyTag)} has no validFrom`);
  const read = { id, keyTag, algorithm, digestType, digest: fromHex(digest), validFrom, validUntil: time(element.attributes.get('validUntil'), keyTag) };
  checkPublicKey(element, read);
  return read;
}

/** RFC 9718 §2.2: the key itself may stand beside its digest. §3.2: a digest that is not its own must not be used; it shows a broken document. */
function checkPublicKey(element: XmlElement, { keyTag, algorithm, digestType, digest }: KeyDigest): void {
  if (!element.children.some(({ name }) => name === 'PublicKey')) return;
  const flags = number(element, 'Flags', 0xffff);
  const key = only(element, 'PublicKey').replaceAll(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(key) || key.length % 4 !== 0) throw wrong(`the public key ${String(keyTag)} is no base64 text`);
  const computed = dsDigest(ROOT, Uint8Array.of(flags >> 8, flags & 0xff, 3, algorithm, ...fromBase64(key)), digestType);
  if (computed !== null && !equalBytes(computed, digest)) throw wrong(`the digest of key ${String(keyTag)} is not that of the public key beside it`);
}

function only(element: XmlElement, name: string): string {
  const [child, ...more] = element.children.filter((candidate) => candidate.name === name);
  if (child === undefined || more.length > 0) throw wrong(`<${element.name}> has not exactly one <${name}>`);
  return child.text.trim();
}

function number(element: XmlElement, name: string, most: number): number {
  const text = only(element, name);
  if (/^\d{1,5}$/.test(text) && Number(text) <= most) return Number(text);
  throw wrong(`<${name}> is no number up to ${String(most)}: “${plainText(text, 20)}”`);
}

/** xsd:dateTime with seconds and zone, as RFC 9718 §2.1 has it; null where the attribute is absent */
function time(text: string | undefined, keyTag: number): number | null {
  if (text === undefined) return null;
  const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const read = form ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(read)) throw wrong(`key ${String(keyTag)} has the time “${plainText(text, 40)}”, which is none`);
  return read;
}
