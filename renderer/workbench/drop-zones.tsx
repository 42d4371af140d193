/** While a view is dragged: where it can go, also to an area that is hidden or empty. */
import { useState } from 'react';
import { dropped, useDrag } from './drag.ts';
import { AREAS, AREA_TITLES } from './layout.ts';
import type { Area } from './layout.ts';

export function DropZones(): React.ReactNode {
  const view = useDrag((state) => state.view);
  const [over, setOver] = useState<Area | null>(null);
  if (view === null) return null;
  return (
    <div className="drop-zones" aria-hidden="true">
      {AREAS.map((area) => (
        <div
          key={area} className={area === over ? `drop-zone drop-${area} over` : `drop-zone drop-${area}`} data-drop={area}
          onDragEnter={() => setOver(area)} onDragOver={(event) => event.preventDefault()} onDrop={(event) => dropped(event, area, null)}
        >
          <span>{AREA_TITLES[area]}</span>
        </div>
      ))}
    </div>
  );
}
