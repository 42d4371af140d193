/** A view on its way to another area. */
import type { DragEvent } from 'react';
import { create } from 'zustand';
import type { Area } from './areas.ts';
import { moveView } from './ui-store.ts';
import type { ViewName } from './views.ts';

export const useDrag = create<{ readonly view: ViewName | null }>()(() => ({ view: null }));

export function dragged(event: DragEvent, view: ViewName): void {
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', view);
  // A page that changes while a drag begins ends it at once in Chromium.
  setTimeout(() => useDrag.setState({ view }), 0);
}

/** @param before the view it was dropped on; null for the end of the area */
export function dropped(event: DragEvent, area: Area, before: ViewName | null): void {
  const { view } = useDrag.getState();
  if (view === null) return;
  event.preventDefault();
  event.stopPropagation();
  useDrag.setState({ view: null });
  if (view !== before) moveView(view, area, before);
}
