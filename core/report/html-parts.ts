/** Pieces of the HTML report: text from outside, tables, links to what a subject names. */
import { plainText } from '../base/plain-text.ts';
import { wholeReferences } from '../base/whole-references.ts';
import type { SubjectId } from '../base/subject.ts';
import { subjectAnchor } from '../base/subject-anchor.ts';
import { element, together, type Child, type Markup } from '../graph/markup.ts';
import { STATUS_SIGNS } from './style.ts';

/** Text from outside: escaped, cut, and isolated so that it cannot reorder its surroundings. */
export const outside = (text: string, longest = 400): Markup => element('bdi', {}, plainText(text, longest));

/** The same of our own words: the reference of a rule stays whole. */
export const prose = (text: string, longest = 400): Markup => element('bdi', {}, wholeReferences(plainText(text, longest)));

/** Of a cell: its column is not made narrower than a word. */
export const sentence = (text: string): Markup => element('bdi', { class: 'sentence' }, wholeReferences(plainText(text, 600)));

/** A short text from outside that is not broken where another cell could be: an address, a code. */
export const word = (text: string): Markup => element('bdi', { class: 'word' }, plainText(text, 60));

/** A name whose lines may end between its labels, before they have to end within one. */
export const labels = (text: string): Markup => element('bdi', {}, ...plainText(text, 600).split(/(?<=\.)(?=[\p{L}_])/u).flatMap((part, index) => (index === 0 ? [part] : [element('wbr'), part])));

export const codeOf = (text: string, longest = 400): Markup => element('code', {}, outside(text, longest));

/** Sign and word; the sign is for the eye only. */
export const marked = (tone: string, sign: string, word: string): Markup => element('span', { class: `tone-${tone}` }, element('span', { 'aria-hidden': 'true' }, sign), ' ', word);

/** A security status; a dash where there is none. */
export function securityStatus(code: keyof typeof STATUS_SIGNS | undefined): Child {
  if (code === undefined) return '–';
  const [sign, tone] = STATUS_SIGNS[code];
  return marked(tone, sign, code);
}

export interface Row {
  readonly id?: string | null;
  /** the first is the row's header */
  readonly cells: readonly Child[];
}

/** Of so many a page lays out those in sight: it must not take the rest for small ones, which would be in sight too. */
const MANY_ROWS = 10;

/** Wide tables scroll on their own, by keyboard too; where a page is narrow each row is a card, whose cells say their column. */
export function table(caption: string, columns: readonly string[], rows: readonly Row[]): Markup {
  const head = element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col' }, column))));
  const body = element('tbody', {}, ...rows.map(({ id, cells }) => element('tr', { id: id ?? null }, ...cells.map((cell, index) => element(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row' } : { 'data-column': columns[index] ?? null }, cell)))));
  const height = rows.length > MANY_ROWS ? 'wide tall' : 'wide';
  return element('div', { class: height, role: 'group', tabindex: 0, 'aria-label': caption }, element('table', {}, element('caption', {}, caption), head, body));
}

/** Cells that are laid out at once: the columns of a table are known only when all of it is (CSS 2.2 §17.5.2.2), which takes longer than a frame for hundreds of rows. */
const CELLS_AT_ONCE = 220;

/** One table, or several of the same columns where there are many rows. @param rowOf is asked in order, as the tables are */
export function* tables<Item>(caption: string, columns: readonly string[], items: readonly Item[], rowOf: (item: Item) => Row): Generator<Markup> {
  const most = Math.ceil(CELLS_AT_ONCE / columns.length);
  for (let first = 0; first < items.length; first += most) {
    const last = Math.min(first + most, items.length);
    yield table(items.length > most ? `${caption}, rows ${String(first + 1)} to ${String(last)}` : caption, columns, items.slice(first, last).map(rowOf));
  }
}

/** For the caption of a table that is cut: nothing is left out without a word. */
export const firstOf = (most: number, count: number): string => (count > most ? `, the first ${String(most)} of ${String(count)}` : '');

/** Below a list that is cut. @param what in the plural */
export const leftOut = (most: number, count: number, what: string): readonly Markup[] =>
  (count > most ? [element('p', { class: 'quiet' }, `The first ${String(most)} of ${String(count)} ${what}; the run file has all.`)] : []);

export const facts = (pairs: readonly (readonly [name: string, value: Child])[]): Markup =>
  element('dl', {}, ...pairs.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))));

export const list = (items: readonly Child[]): Markup => element('ul', {}, ...items.map((item) => element('li', {}, item)));

export const section = (id: string, title: string, children: readonly Child[]): Markup =>
  element('section', { id, 'aria-labelledby': `${id}-title` }, element('h2', { id: `${id}-title` }, title), ...children);

export const separated = (items: readonly Child[], separator: string): Markup => together(...items.flatMap((item, index) => (index === 0 ? [item] : [separator, item])));

/** Each subject has at most one place in a report, and links lead only to places that are there. */
export class Anchors {
  readonly #known: ReadonlySet<string>;
  readonly #claimed = new Set<string>();

  /** @param subjects that will have a place */
  constructor(subjects: readonly SubjectId[]) {
    this.#known = new Set(subjects.flatMap((subject) => subjectAnchor(subject) ?? []));
  }

  /** The id for the place of a subject; null where it has one already. */
  claim(subject: SubjectId): string | null {
    const id = subjectAnchor(subject);
    if (id === null || !this.#known.has(id) || this.#claimed.has(id)) return null;
    this.#claimed.add(id);
    return id;
  }

  link(subject: SubjectId, label: Child): Markup {
    const id = subjectAnchor(subject);
    return id !== null && this.#known.has(id) ? element('a', { href: `#${id}` }, label) : together(label);
  }
}
