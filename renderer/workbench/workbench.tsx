/** The window: menus and tabs, the target of the tab in front, its views in areas, and what is under way below. */
import { LiveRegion } from '../a11y/live-region.tsx';
import { SearchDialog } from '../search/search-dialog.tsx';
import { useRunDrop } from '../session/use-run-drop.ts';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { ShellDialogs } from '../shell/shell-dialogs.tsx';
import { StepStrip } from '../step/step-strip.tsx';
import { RenameDialog } from '../tabs/rename-dialog.tsx';
import { RUN_PANEL, runTabId } from '../tabs/run-tabs.tsx';
import { useTabs } from '../tabs/tab-store.ts';
import { ActivityBar } from './activity-bar.tsx';
import { Dock } from './dock.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Palette } from './palette.tsx';
import { ReplayBar } from './replay-bar.tsx';
import { StatusBar } from './status-bar.tsx';
import { TargetBar, TitleBar } from './top-bar.tsx';
import { useNarrow } from './use-narrow.ts';
import { useTitle } from './use-title.ts';

export function Workbench(): React.ReactNode {
  const narrow = useNarrow();
  const tab = useTabs((state) => state.active);
  useTitle();
  useRunDrop();
  return (
    <div className={narrow ? 'workbench narrow' : 'workbench'}>
      <TitleBar />
      {/* The borders between panes must lie inside a landmark too (axe: region). */}
      <main className="run-main">
        <div role="tabpanel" id={RUN_PANEL} aria-labelledby={runTabId(tab)} className="run-panel" tabIndex={-1}>
          <TargetBar />
          <StepStrip />
          <div className="run-body"><ActivityBar /><Dock narrow={narrow} /></div>
          <ReplayBar />
        </div>
      </main>
      <StatusBar />
      <LiveRegion />
      <KeysDialog />
      <Palette />
      <SearchDialog />
      <SettingsDialog />
      <RenameDialog />
      <ShellDialogs />
    </div>
  );
}
