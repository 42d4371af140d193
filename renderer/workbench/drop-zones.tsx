/** While a view is dragged: where it can go, also to an area that is hidden or empty. */
import { useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import { dropped, useDrag } from './drag.ts';
import { AREA_TITLES } from './areas.ts';
import { isShown } from './layout.ts';
import type { Area } from './areas.ts';
import { useLayout } from './layout-store.ts';

/** Those at the borders lie over the centre. */
const ORDER: readonly Area[] = ['centre', 'left', 'right', 'bottom'];

export function DropZones(): React.ReactNode {
  const dragging = useDrag((state) => state.view !== null);
  return dragging ? <Zones /> : null;
}

function Zones(): React.ReactNode {
  const layout = useLayout((state) => state.layout);
  const ref = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState<Area | null>(null);
  const [places, setPlaces] = useState<{ readonly [Place in Area]?: CSSProperties }>({});
  useLayoutEffect(() => {
    const frame = ref.current?.getBoundingClientRect();
    if (frame !== undefined) setPlaces(Object.fromEntries(ORDER.map((area) => [area, isShown(layout, area) ? placeOf(area, frame) : EDGES[area]])));
  }, [layout]);
  return (
    <div ref={ref} className="drop-zones" aria-hidden="true">
      {ORDER.map((area) => (
        <div
          key={area} className={area === over ? 'drop-zone over' : 'drop-zone'} style={places[area]} data-drop={area}
          onDragEnter={() => setOver(area)} onDragOver={(event) => event.preventDefault()} onDrop={(event) => dropped(event, area, null)}
        >
          <span>{AREA_TITLES[area]}</span>
        </div>
      ))}
    </div>
  );
}

/** Where an area that is not on the screen would come. */
const EDGES: { readonly [Place in Area]: CSSProperties } = {
  centre: {}, left: { left: 0, top: 0, bottom: 0, width: '12%' }, right: { right: 0, top: 0, bottom: '24%', width: '14%' }, bottom: { left: '12%', right: 0, bottom: 0, height: '24%' },
};

/** The area below its tabs, which take a view themselves. */
function placeOf(area: Area, frame: DOMRect): CSSProperties {
  const pane = document.querySelector(`[data-pane="${area}"]`);
  const head = pane?.querySelector('.area-head')?.getBoundingClientRect();
  if (pane === null || head === undefined) return {};
  const { left, width, bottom } = pane.getBoundingClientRect();
  return { left: left - frame.left, top: head.bottom - frame.top, width, height: bottom - head.bottom };
}
