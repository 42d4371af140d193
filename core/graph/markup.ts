/** Markup that can only be built from elements: text from outside becomes text, whatever is in it. */
const MARKUP: unique symbol = Symbol('markup');

/** Escaped already; only this file makes it. */
export interface Markup {
  readonly [MARKUP]: string;
}

export type Attributes = { readonly [name: string]: string | number | null };
export type Child = Markup | string | null;

/** Void in HTML: without end tag. */
const VOID = new Set(['meta', 'link', 'br', 'hr', 'img', 'col', 'wbr']);
const NAME = /^[a-z][a-z0-9-]*$/i;

/**
 * @param attributes those that are null are left out
 * @param children strings are escaped
 * @throws {Error} for a name that is none: names are ours, never from outside
 */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  if (!NAME.test(name)) throw new Error(`not the name of an element: ${name}`);
  const told = Object.entries(attributes).map(([key, value]) => (value === null ? '' : attribute(key, value))).join('');
  const inside = children.map(inner).join('');
  return { [MARKUP]: VOID.has(name) ? `<${name}${told}>` : `<${name}${told}>${inside}</${name}>` };
}

/** Several one after the other. */
export const together = (...children: readonly Child[]): Markup => ({ [MARKUP]: children.map(inner).join('') });

/** A style sheet of our own: in it nothing may be escaped, so nothing from outside may be in it. */
export function styleElement(sheet: string): Markup {
  if (/<\//.test(sheet)) throw new Error('a style sheet that would end its element');
  return { [MARKUP]: `<style>${sheet}</style>` };
}

export const markupText = (markup: Markup): string => markup[MARKUP];

function attribute(name: string, value: string | number): string {
  if (!NAME.test(name)) throw new Error(`not the name of an attribute: ${name}`);
  return ` ${name}="${escaped(String(value))}"`;
}

function inner(child: Child): string {
  if (child === null) return '';
  return typeof child === 'string' ? escaped(child) : child[MARKUP];
}

const REFERENCES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What neither HTML nor XML may hold (XML 1.0 §2.2) becomes the replacement character. */
const FORBIDDEN = /[\p{Surrogate}\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]/gu;

const escaped = (text: string): string => text.replaceAll(FORBIDDEN, '\uFFFD').replaceAll(/[&<>"']/g, (character) => REFERENCES[character] ?? '');
