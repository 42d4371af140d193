/** The window: navigator, the views in tabs, details, and the dialogue below. Every border between panes can be moved. */
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { LiveRegion } from '../a11y/live-region.tsx';
import { DialogueDrawer } from '../views/dialogue/dialogue-drawer.tsx';
import { DetailsPane } from '../views/details/details-pane.tsx';
import { useRunDrop } from '../session/use-run-drop.ts';
import { Editor } from './editor.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Navigator } from './navigator.tsx';
import { Palette } from './palette.tsx';
import { ReplayBar } from './replay-bar.tsx';
import { Splitter } from './splitter.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useNarrow } from './use-narrow.ts';
import { useTitle } from './use-title.ts';

export function Workbench(): React.ReactNode {
  const narrow = useNarrow();
  useTitle();
  useRunDrop();
  return (
    <div className={narrow ? 'workbench narrow' : 'workbench'}>
      <TopBar />
      {/* The borders between panes must lie inside a landmark too (axe: region). */}
      <main className="panes">{narrow ? <Stacked /> : <Panes />}</main>
      <ReplayBar />
      <StatusBar />
      <LiveRegion />
      <KeysDialog />
      <Palette />
    </div>
  );
}

function Panes(): React.ReactNode {
  const columns = useDefaultLayout({ id: 'danescope.columns', storage: localStorage });
  const rows = useDefaultLayout({ id: 'danescope.rows', storage: localStorage });
  const upper = useDefaultLayout({ id: 'danescope.upper', storage: localStorage });
  return (
    <Group id="columns" orientation="horizontal" {...columns}>
      <Panel id="navigator" defaultSize={224} minSize={160} maxSize="40%" groupResizeBehavior="preserve-pixel-size"><Navigator /></Panel>
      <Splitter label="Width of the navigator" />
      <Panel id="work" minSize={320}>
        <Group id="rows" orientation="vertical" {...rows}>
          <Panel id="upper" minSize={160}>
            <Group id="upper-columns" orientation="horizontal" {...upper}>
              <Panel id="editor" minSize={280}><Editor /></Panel>
              <Splitter label="Width of the details" />
              <Panel id="details" defaultSize={304} minSize={180} groupResizeBehavior="preserve-pixel-size"><DetailsPane /></Panel>
            </Group>
          </Panel>
          <Splitter label="Height of the dialogue" />
          <Panel id="dialogue" defaultSize={262} minSize={90} groupResizeBehavior="preserve-pixel-size"><DialogueDrawer /></Panel>
        </Group>
      </Panel>
    </Group>
  );
}

/** At 320 px, or with text at 200 %, the panes stand below each other. */
function Stacked(): React.ReactNode {
  return (
    <div className="stacked">
      <Editor />
      <DetailsPane />
      <DialogueDrawer />
      <Navigator />
    </div>
  );
}
