/** The title bar with menus and tabs, and below it the question of the tab in front. */
import { seenTip } from '../a11y/tip.ts';
import { KeyHint, useKeyOf, withKey } from '../commands/key-hint.tsx';
import { StepToggle } from '../step/step-toggle.tsx';
import { RunTabs } from '../tabs/run-tabs.tsx';
import { useSession } from '../session/session-store.ts';
import { useSelection } from '../selection/selection-store.ts';
import { Icon } from './icon.tsx';
import { MenuBar } from './menu-bar.tsx';
import { TargetField } from './target-field.tsx';
import { showDialog, showSearch } from './ui-store.ts';

export function TitleBar(): React.ReactNode {
  const ownMenu = useSession((state) => state.runtime?.shell === 'electron');
  return (
    <header className="title-bar">
      <h1 className="brand"><Lens /><span>Danescope</span></h1>
      {ownMenu ? null : <MenuBar />}
      <RunTabs />
    </header>
  );
}

export function TargetBar(): React.ReactNode {
  const search = useKeyOf('search.show');
  const palette = useKeyOf('palette.show');
  return (
    <div className="target-bar" data-pane="top">
      <History />
      <TargetField />
      <StepToggle />
      <button type="button" className="quiet-button" aria-keyshortcuts={search?.aria} onClick={() => showSearch(null)}><Icon name="search" size={14} />Search <KeyHint of={search} /></button>
      <button type="button" className="quiet-button" aria-keyshortcuts={palette?.aria} onClick={() => showDialog('palette')}>Commands <KeyHint of={palette} /></button>
    </div>
  );
}

function History(): React.ReactNode {
  const back = useSelection((state) => state.back.length > 0);
  const forward = useSelection((state) => state.forward.length > 0);
  const toBack = useKeyOf('selection.back');
  const toForward = useKeyOf('selection.forward');
  return (
    <div className="history">
      <button type="button" className="icon-button" aria-label="Back in the selection history" {...seenTip(withKey('Back in the selection history', toBack))} aria-keyshortcuts={toBack?.aria} aria-disabled={!back} onClick={() => useSelection.getState().goBack()}><Icon name="back" /></button>
      <button type="button" className="icon-button" aria-label="Forward in the selection history" {...seenTip(withKey('Forward in the selection history', toForward))} aria-keyshortcuts={toForward?.aria} aria-disabled={!forward} onClick={() => useSelection.getState().goForward()}><Icon name="forward" /></button>
    </div>
  );
}

function Lens(): React.ReactNode {
  return (
    <svg width="1.4em" height="1.4em" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" aria-hidden="true">
      <circle cx="8.5" cy="8.5" r="6.2" />
      <path d="m13.2 13.2 4.6 4.6" strokeWidth="2.2" />
      <path d="M5.6 8.7 7.7 10.8 11.6 6.3" />
    </svg>
  );
}
