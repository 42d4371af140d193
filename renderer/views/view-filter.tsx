/** The filter of a view; Ctrl+F leads to it. */
import { useKeyOf } from '../commands/key-hint.tsx';
import { setFilter, useFilter } from '../workbench/ui-store.ts';
import type { ViewName } from '../workbench/ui-store.ts';

export function ViewFilter({ view, label }: { readonly view: ViewName; readonly label: string }): React.ReactNode {
  const filter = useFilter(view);
  const key = useKeyOf('view.filter');
  return (
    <input
      className="filter view-filter" type="text" data-view-filter aria-label={label} placeholder="Filter" aria-keyshortcuts={key?.aria} value={filter} maxLength={200}
      spellCheck={false} onChange={(event) => setFilter(view, event.target.value)}
    />
  );
}
