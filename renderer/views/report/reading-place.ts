/** Where somebody is in a document, told so that it is found again in another version of it. */

export interface ReadingPlace {
  /** of the document, in pixels: where nothing else of the place is found again */
  readonly scrolled: number;
  /** how far below the upper edge the element at it begins; less than 0 where it begins above */
  readonly below: number;
  /** ways to that element, the shortest first: any of their beginnings may be gone */
  readonly ways: readonly Way[];
}

interface Way {
  readonly id: string;
  /** which child of which child */
  readonly steps: readonly number[];
}

/** pixels below the upper edge at which a line of text may begin */
const EDGES = [1, 12, 24, 48];

/** @returns null at the very top, where a new document begins too */
export function readingPlace(document: Document): ReadingPlace | null {
  const scrolled = document.defaultView?.scrollY ?? 0;
  if (scrolled === 0) return null;
  const seen = EDGES.map((edge) => elementAt(document, edge)).find((one) => one !== null) ?? null;
  return { scrolled, below: seen?.getBoundingClientRect().top ?? 0, ways: seen === null ? [] : waysTo(seen) };
}

/** What is read, not the box around all of it. */
function elementAt(document: Document, edge: number): Element | null {
  const element = document.elementFromPoint(document.documentElement.clientWidth / 3, edge);
  return element?.parentElement?.closest('[id]') == null ? null : element;
}

function waysTo(element: Element): readonly Way[] {
  const ways: Way[] = [];
  const steps: number[] = [];
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    if (one.id !== '') ways.push({ id: one.id, steps: [...steps] });
    steps.unshift(one.parentElement === null ? 0 : [...one.parentElement.children].indexOf(one));
  }
  return ways;
}

/** The document must have been laid out once. */
export function readOn(document: Document, { scrolled, below, ways }: ReadingPlace): void {
  const view = document.defaultView;
  const element = ways.map((way) => elementOn(document, way)).find((one) => one !== null);
  if (element == null) return view?.scrollTo(0, scrolled);
  // Parts out of sight have no height of their own until they are led to (content-visibility).
  element.scrollIntoView({ block: 'start', behavior: 'instant' });
  view?.scrollBy({ top: element.getBoundingClientRect().top - below, behavior: 'instant' });
}

function elementOn(document: Document, { id, steps }: Way): Element | null {
  let element: Element | null = document.getElementById(id);
  for (const step of steps) element = element?.children[step] ?? element?.lastElementChild ?? element;
  return element;
}
