/** The filter of a view; Ctrl+F leads to it. */
import { setFilter, useFilter } from '../workbench/ui-store.ts';
import type { ViewName } from '../workbench/ui-store.ts';

export function ViewFilter({ view, label }: { readonly view: ViewName; readonly label: string }): React.ReactNode {
  const filter = useFilter(view);
  return (
    <input
      className="filter view-filter" type="text" data-view-filter aria-label={label} placeholder="Filter" aria-keyshortcuts="Control+F" value={filter} maxLength={200}
      spellCheck={false} onChange={(event) => setFilter(view, event.target.value)}
    />
  );
}
