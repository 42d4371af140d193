/** The view that had the keyboard last: what a menu's "Move view to" is about. */
import { useLayout } from './layout-store.ts';
import { frontOf, useUi } from './ui-store.ts';
import { areaOf } from './layout.ts';
import { isViewName } from './views.ts';
import type { ViewName } from './views.ts';

let last: ViewName | null = null;

/** Notes it from now on. */
export function followFocus(): void {
  document.addEventListener('focusin', ({ target }) => {
    const inside = target instanceof Element ? target.closest<HTMLElement>('[data-view]')?.dataset['view'] : undefined;
    if (isViewName(inside)) last = inside;
  });
}

export function currentView(): ViewName {
  const { layout } = useLayout.getState();
  const { front } = useUi.getState();
  if (last !== null && frontOf(layout, front, areaOf(layout, last)) === last) return last;
  return frontOf(layout, front, 'centre') ?? 'overview';
}
