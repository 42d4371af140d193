/** The focus of the current run and selection, computed once a change for all views together. */
import type { SubjectId } from '../../core/base/subject.ts';
import type { Run } from '../../core/inspection/run.ts';
import { useSession } from '../session/session-store.ts';
import { focusOf } from './focus.ts';
import type { Focus } from './focus.ts';
import { useSelection } from './selection-store.ts';
import type { Selection } from './selection-store.ts';

export function useFocus(): Focus {
  const run = useSession((state) => state.run);
  const selection = useSelection((state) => state.selection);
  const endpoint = useSelection((state) => state.endpoint);
  return focusOnce(run, selection, endpoint);
}

interface Found {
  readonly run: Run;
  readonly selection: Selection | null;
  readonly endpoint: SubjectId | null;
  readonly focus: Focus;
}

/** Panes that draw in turn, and views that draw later, ask about runs before: those of all panes are kept. */
const KEPT = 5;
let found: readonly Found[] = [];

function focusOnce(run: Run, selection: Selection | null, endpoint: SubjectId | null): Focus {
  const known = found.find((one) => one.run === run && one.selection === selection && one.endpoint === endpoint);
  if (known !== undefined) return known.focus;
  const focus = focusOf(run, selection, endpoint);
  found = [{ run, selection, endpoint, focus }, ...found.slice(0, KEPT - 1)];
  return focus;
}
