/** Views that show one thing whole: what leads to a part of them is looked for, as a gap in a chain or a matrix would say what is not so. */
import type { ViewName } from '../workbench/views.ts';
import type { SearchItem, SearchKind } from './model.ts';

const KINDS: { readonly [View in ViewName]?: readonly SearchKind[] } = {
  overview: ['MX host', 'Endpoint'], certificates: ['Certificate', 'Endpoint'], tlsa: ['TLSA record', 'MX host'], trust: ['Zone', 'Question', 'TLSA record', 'Certificate', 'Endpoint', 'MX host'],
};

export const isSearched = (view: ViewName): boolean => KINDS[view] !== undefined;

/** What is found in a view is selected there. @param view null for all of them, each with its own */
export function itemsIn(items: readonly SearchItem[], view: ViewName | null): readonly SearchItem[] {
  const kinds = view === null ? undefined : KINDS[view];
  return view === null || kinds === undefined ? items : items.filter(({ kind }) => kinds.includes(kind)).map((item) => ({ ...item, view }));
}
