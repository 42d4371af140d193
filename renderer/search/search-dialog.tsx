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
import { VIEWS } from '../workbench/views.ts';
import { itemsIn } from './searched-views.ts';
import { foundItems, searchItems } from './model.ts';
import type { SearchItem } from './model.ts';

export function SearchDialog(): React.ReactNode {
  const shown = useUi((state) => state.dialog === 'search');
  const label = useLabel();
  return <Dialog label={label} className="palette" shown={shown} close={closeDialog}><Search /></Dialog>;
}

const useLabel = (): string => useUi(({ searched }) => (searched === null ? 'Search all of the run' : `Find in ${VIEWS[searched].title}`));

/** more than anybody looks through */
const MOST = 60;

function Search(): React.ReactNode {
  const run = useSession((state) => state.run);
  const findings = useSession((state) => state.findings);
  const searched = useUi((state) => state.searched);
  const label = useLabel();
  const items = useMemo(() => itemsIn(searchItems(run, findings), searched), [run, findings, searched]);
  const find = useCallback((text: string) => foundItems(items, text), [items]);
  const none = items.length === 0 ? 'No run to search.' : `Nothing of that in ${searched === null ? 'the run' : VIEWS[searched].title}.`;
  return <ChooseByTyping label={label} listLabel="Found" placeholder={searched === null ? 'Host, finding, record, certificate, line' : label} most={MOST} none={none} find={find} idOf={(item) => item.id} choose={goTo} Line={SearchLine} />;
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
      <span className="search-title">{status === null ? null : <Mark status={status} wordless size={12} />}<Plain text={title} limit={600} mono /></span>
      <span className="search-detail quiet"><Plain text={detail} limit={160} /></span>
    </>
  );
}
