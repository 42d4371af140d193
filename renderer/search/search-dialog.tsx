/** Ctrl+K: one field for all of the run; Enter leads to it in its view. */
import { useCallback, useMemo } from 'react';
import { Dialog } from '../a11y/dialog.tsx';
import { openView } from '../commands/view-commands.ts';
import { useSelection } from '../selection/selection-store.ts';
import { useSession } from '../session/session-store.ts';
import { Mark } from '../status/mark.tsx';
import { Plain } from '../text/plain.tsx';
import { ChooseByTyping } from '../workbench/choose-by-typing.tsx';
import { closeDialog, useUi } from '../workbench/ui-store.ts';
import { foundItems, searchItems } from './model.ts';
import type { SearchItem } from './model.ts';

export function SearchDialog(): React.ReactNode {
  const shown = useUi((state) => state.dialog === 'search');
  return <Dialog label="Search all of the run" className="palette" shown={shown} close={closeDialog}><Search /></Dialog>;
}

/** more than anybody looks through */
const MOST = 60;

function Search(): React.ReactNode {
  const run = useSession((state) => state.run);
  const findings = useSession((state) => state.findings);
  const items = useMemo(() => searchItems(run, findings), [run, findings]);
  const find = useCallback((text: string) => foundItems(items, text), [items]);
  const none = items.length === 0 ? 'No run to search.' : 'Nothing of that in the run.';
  return <ChooseByTyping label="Search all of the run" listLabel="Found" placeholder="Host, finding, record, certificate, line" most={MOST} none={none} find={find} idOf={(item) => item.id} choose={goTo} Line={SearchLine} />;
}

function goTo(item: SearchItem): void {
  closeDialog();
  if (item.finding !== null) useUi.setState({ finding: item.finding });
  useSelection.getState().select(item.subject, item.event);
  requestAnimationFrame(() => openView(item.view));
}

function SearchLine({ item }: { readonly item: SearchItem }): React.ReactNode {
  const { kind, title, detail, status } = item;
  return (
    <>
      <span className="search-kind quiet">{kind}</span>
      <span className="search-title">{status === null ? null : <Mark status={status} wordless size={12} />}<Plain text={title} limit={160} mono /></span>
      <span className="search-detail quiet"><Plain text={detail} limit={160} /></span>
    </>
  );
}
