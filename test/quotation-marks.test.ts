/** What a person reads has one form of quotation marks, “ ” and ’, wherever in our sources it stands. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const FOLDERS = ['core', 'cli', 'service', 'electron', 'renderer', 'lab', 'conformance', 'scripts'];
const PLACEHOLDER = 'X';

interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Every text literal below a node; what is put into a template counts as a word. */
function literals(node: SyntaxNode): readonly string[] {
  const below = Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]) as unknown[]).filter(isNode).flatMap(literals);
  if ((node.type === 'Literal' || node.type === 'JSXText') && typeof node['value'] === 'string') return [node['value'], ...below];
  if (node.type !== 'TemplateLiteral') return below;
  const quasis = node['quasis'] as readonly { readonly value: { readonly raw: string } }[];
  return [quasis.map(({ value }) => value.raw).join(PLACEHOLDER), ...below];
}

/** A word in straight marks between others, or an apostrophe in one. Attributes, selectors, policies and JSON have no such place. */
const STRAIGHT = /(?:^|[\s(:])"(?!<)[^"=]{1,80}"(?=[\s.,:;)]|$)|\p{Letter}'\p{Letter}/u;
const isProse = (text: string): boolean => /[\p{Letter}”"’] [\p{Letter}“"]/u.test(text);

export const straightMarks = (text: string): string | null => (isProse(text) ? (STRAIGHT.exec(text)?.[0] ?? null) : null);

const files = FOLDERS.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:tsx?|mjs)$/.test(name)).map((name) => join(root, folder, name)));

test('no text literal of the product has straight marks', () => {
  const read = files.map((file) => ({ file: relative(root, file), texts: literals(parseSync(file, readFileSync(file, 'utf8')).program as unknown as SyntaxNode) }));
  expect(read.reduce((count, { texts }) => count + texts.length, 0)).toBeGreaterThan(10_000);
  expect(read.flatMap(({ file, texts }) => texts.filter((text) => straightMarks(text) !== null).map((text) => `${file}: ${text.slice(0, 160)}`))).toEqual([]);
});

test('straight marks are told from those of a syntax', () => {
  for (const text of ['"X" is no address', 'it is "X".', 'There is more than one @ in "X". Give one.', 'the server’s own', 'the server\'s own name', 'titles as ". IN DS"']) expect([text, straightMarks(text) !== null]).toEqual([text, text !== 'the server’s own']);
  for (const text of ['<p class="one two">', '[data-view="X"] [tabindex="0"]', 'script-src \'self\' \'wasm-unsafe-eval\'', '{"left":18,"work":82}', '"', 'TXT "v=spf1 -all"']) expect([text, straightMarks(text)]).toEqual([text, null]);
});
