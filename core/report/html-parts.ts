/** Pieces of the HTML report: text from outside, tables, links to what a subject names. */
import { plainText } from '../base/plain-text.ts';
import type { SubjectId } from '../base/subject.ts';
import { element, together, type Child, type Markup } from '../graph/markup.ts';

/** Text from outside: escaped, cut, and isolated so that it cannot reorder its surroundings. */
export const outside = (text: string, longest = 400): Markup => element('bdi', {}, plainText(text, longest));

export const codeOf = (text: string, longest = 400): Markup => element('code', {}, outside(text, longest));

/** Sign and word; the sign is for the eye only. */
export const marked = (tone: string, sign: string, word: string): Markup => element('span', { class: `tone-${tone}` }, element('span', { 'aria-hidden': 'true' }, sign), ' ', word);

export interface Row {
  readonly id?: string | null;
  /** the first is the row's header */
  readonly cells: readonly Child[];
}

/** Wide tables scroll on their own, by keyboard too. */
export function table(caption: string, columns: readonly string[], rows: readonly Row[]): Markup {
  const head = element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, column))));
  const body = element('tbody', {}, ...rows.map(({ id, cells }) => element('tr', { id: id ?? null }, ...cells.map((cell, index) => element(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row' } : {}, cell)))));
  return element('div', { class: 'wide', role: 'group', tabindex: 0, 'aria-label': caption }, element('table', {}, element('caption', {}, caption), head, body));
}

export const facts = (pairs: readonly (readonly [name: string, value: Child])[]): Markup =>
  element('dl', {}, ...pairs.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));

export const list = (items: readonly Child[]): Markup => element('ul', {}, ...items.map((item) => element('li', {}, item)));

export const section = (id: string, title: string, ...children: readonly Child[]): Markup =>
  element('section', { id, 'aria-labelledby': `${id}-title` }, element('h2', { id: `${id}-title` }, title), ...children);

export const separated = (items: readonly Child[], separator: string): Markup => together(...items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])));

/** Each subject has at most one place in a report, and links lead only to places that are there. */
export class Anchors {
  readonly #known: ReadonlySet<string>;
  readonly #claimed = new Set<string>();

  /** @param subjects that will have a place */
  constructor(subjects: readonly SubjectId[]) {
    this.#known = new Set(subjects.map(anchorOf));
  }

  /** The id for the place of a subject; null where it has one already. */
  claim(subject: SubjectId): string | null {
    const id = anchorOf(subject);
    if (!this.#known.has(id) || this.#claimed.has(id)) return null;
    this.#claimed.add(id);
    return id;
  }

  link(subject: SubjectId, label: Child): Markup {
    const id = anchorOf(subject);
    return this.#known.has(id) ? element('a', { href: `#${id}` }, label) : together(label);
  }
}

const LONGEST_ANCHOR = 500;

/** The subject itself, as long as a fragment may hold its characters. */
const anchorOf = (subject: SubjectId): string =>
  subject.slice(0, LONGEST_ANCHOR).replaceAll(/[^A-Za-z0-9:._/-]/gu, (character) => `~${(character.codePointAt(0) ?? 0).toString(16)}~`);
