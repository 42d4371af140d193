/** The title bar with menus and tabs, and below it the question of the tab in front. */
import { StepToggle } from '../step/step-toggle.tsx';
import { RunTabs } from '../tabs/run-tabs.tsx';
import { useSession } from '../session/session-store.ts';
import { useSelection } from '../selection/selection-store.ts';
import { Icon } from './icon.tsx';
import { MenuBar } from './menu-bar.tsx';
import { TargetField } from './target-field.tsx';
import { showDialog } from './ui-store.ts';

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
  return (
    <div className="target-bar" data-pane="top">
      <History />
      <TargetField />
      <StepToggle />
      <button type="button" className="quiet-button" aria-keyshortcuts="Control+K" onClick={() => showDialog('search')}><Icon name="search" size={14} />Search <kbd aria-hidden="true">Ctrl K</kbd></button>
      <button type="button" className="quiet-button" aria-keyshortcuts="F1" onClick={() => showDialog('palette')}>Commands <kbd aria-hidden="true">F1</kbd></button>
    </div>
  );
}

function History(): React.ReactNode {
  const back = useSelection((state) => state.back.length > 0);
  const forward = useSelection((state) => state.forward.length > 0);
  return (
    <div className="history">
      <button type="button" className="icon-button" aria-label="Back in the selection history" title="Back (Alt+←)" aria-disabled={!back} onClick={() => useSelection.getState().goBack()}><Icon name="back" /></button>
      <button type="button" className="icon-button" aria-label="Forward in the selection history" title="Forward (Alt+→)" aria-disabled={!forward} onClick={() => useSelection.getState().goForward()}><Icon name="forward" /></button>
    </div>
  );
}

function Lens(): React.ReactNode {
  return (
    <svg width="18" height="18" viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" aria-hidden="true">
      <circle cx="8.5" cy="8.5" r="6.2" />
      <path d="m13.2 13.2 4.6 4.6" strokeWidth="2.2" />
      <path d="M5.6 8.7 7.7 10.8 11.6 6.3" />
    </svg>
  );
}
