/** The areas of the window beside each other; every border between them can be moved, by mouse and by the arrow keys. */
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';
import { useTextSize } from '../theme/text-size.ts';
import { AreaPane } from './area.tsx';
import { DropZones } from './drop-zones.tsx';
import { AREAS } from './areas.ts';
import { isShown } from './layout.ts';
import { useLayout } from './layout-store.ts';
import { sidesStorage, useSideWithText } from './sides-with-text.ts';
import { Splitter } from './splitter.tsx';

export function Dock({ narrow }: { readonly narrow: boolean }): React.ReactNode {
  const resets = useLayout((state) => state.resets);
  return <div className="dock">{narrow ? <Stacked /> : <Columns key={resets} />}<DropZones /></div>;
}

function Columns(): React.ReactNode {
  const left = useLayout((state) => isShown(state.layout, 'left'));
  const sizes = useDefaultLayout({ id: 'danescope.columns', panelIds: left ? ['left', 'work'] : ['work'], storage: sidesStorage });
  const side = useSideWithText();
  const px = usePixels();
  return (
    <Group id="columns" orientation="horizontal" {...sizes}>
      {left ? <><Panel id="left" panelRef={side} defaultSize={px(208)} minSize={px(160)} maxSize="40%" groupResizeBehavior="preserve-pixel-size"><AreaPane area="left" /></Panel><Splitter label="Width of the left side" /></> : null}
      <Panel id="work" minSize={320}><Rows /></Panel>
    </Group>
  );
}

function Rows(): React.ReactNode {
  const bottom = useLayout((state) => isShown(state.layout, 'bottom'));
  const sizes = useDefaultLayout({ id: 'danescope.rows', panelIds: bottom ? ['upper', 'bottom'] : ['upper'], storage: sidesStorage });
  const side = useSideWithText();
  const px = usePixels();
  return (
    <Group id="rows" orientation="vertical" {...sizes}>
      <Panel id="upper" minSize={160}><Upper /></Panel>
      {bottom ? <><Splitter label="Height of the bottom" /><Panel id="bottom" panelRef={side} defaultSize={px(262)} minSize={px(90)} groupResizeBehavior="preserve-pixel-size"><AreaPane area="bottom" /></Panel></> : null}
    </Group>
  );
}

function Upper(): React.ReactNode {
  const right = useLayout((state) => isShown(state.layout, 'right'));
  const sizes = useDefaultLayout({ id: 'danescope.upper', panelIds: right ? ['centre', 'right'] : ['centre'], storage: sidesStorage });
  const side = useSideWithText();
  const px = usePixels();
  return (
    <Group id="upper-columns" orientation="horizontal" {...sizes}>
      <Panel id="centre" minSize={280}><AreaPane area="centre" /></Panel>
      {right ? <><Splitter label="Width of the right side" /><Panel id="right" panelRef={side} defaultSize={px(270)} minSize={px(180)} groupResizeBehavior="preserve-pixel-size"><AreaPane area="right" /></Panel></> : null}
    </Group>
  );
}

/** Sizes of panes are given for text of the usual size. */
function usePixels(): (usual: number) => number {
  const size = useTextSize((state) => state.size);
  return (usual) => (usual * size) / 100;
}

/** At 320 px, or with text at 200 %, the areas stand below each other. */
function Stacked(): React.ReactNode {
  const layout = useLayout((state) => state.layout);
  const shown = (['centre', 'right', 'bottom', 'left'] as const satisfies readonly (typeof AREAS)[number][]).filter((area) => isShown(layout, area));
  return <div className="stacked">{shown.map((area) => <AreaPane key={area} area={area} />)}</div>;
}
