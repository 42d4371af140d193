/** The current finding is one about what is selected, wherever it was selected: else its fix, copied, would be another host's. */
import { focusOf } from '../selection/focus.ts';
import { useSelection } from '../selection/selection-store.ts';
import type { Selection } from '../selection/selection-store.ts';
import { useSession } from '../session/session-store.ts';
import { findingsAbout } from '../views/details/model.ts';
import { findingIds } from '../views/findings/model.ts';
import { useUi } from '../workbench/ui-store.ts';
import { placeOf } from './findings.ts';

/** From now on. */
export function followSelection(): void {
  useSelection.subscribe(({ selection, endpoint }, before) => {
    if (selection !== null && selection !== before.selection) lead(selection, endpoint);
  });
}

function lead(selection: Selection, endpoint: Selection['subject'] | null): void {
  const { findings, run } = useSession.getState();
  if (findings.length === 0) return;
  const ids = findingIds(findings);
  const current = findings[ids.indexOf(useUi.getState().finding ?? '')];
  // It was chosen itself, and led here.
  if (current !== undefined && placeOf(current).subject === selection.subject) return;
  const about = findingsAbout(findings, selection.subject, focusOf(run, selection, endpoint));
  const [first] = about;
  if (first === undefined || (current !== undefined && about.includes(current))) return;
  useUi.setState({ finding: ids[findings.indexOf(first)] ?? null });
}
