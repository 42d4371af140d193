/** Views: brought to the front, moved to another area, filtered; areas shown and hidden. */
import { focusFirst } from '../a11y/panes.ts';
import { AREAS, AREA_TITLES } from '../workbench/areas.ts';
import { areaOf, isShown } from '../workbench/layout.ts';
import type { SideArea } from '../workbench/areas.ts';
import { hideArea, resetLayout, useLayout } from '../workbench/layout-store.ts';
import { isSearched } from '../search/searched-views.ts';
import { FIND, FINDS } from '../terminal/find-event.ts';
import { currentView } from '../workbench/current-view.ts';
import { moveView, say, showSearch, showView } from '../workbench/ui-store.ts';
import { VIEWS, VIEW_NAMES } from '../workbench/views.ts';
import type { View, ViewName } from '../workbench/views.ts';
import type { Command } from './command.ts';

export function viewCommands(): readonly Command[] {
  return [
    ...VIEW_NAMES.map(viewCommand),
    { id: 'view.filter', title: 'Filter in the view', group: 'Views', keys: ['Ctrl+F', '/'], run: focusFilter },
    areaCommand('left', ['Ctrl+B']),
    areaCommand('right', ['Ctrl+Alt+B']),
    areaCommand('bottom', ['Ctrl+J']),
    ...AREAS.map((area): Command => ({
      id: `view.move-${area}`, title: `Move view to: ${AREA_TITLES[area].toLowerCase()}`, group: 'Views', keys: [], run: () => moveCurrent(area),
      unavailable: () => (areaOf(useLayout.getState().layout, currentView()) === area ? `${VIEWS[currentView()].title} is there` : null),
    })),
    { id: 'layout.reset', title: 'Reset layout', group: 'Views', keys: [], run: reset },
  ];
}

function viewCommand(name: ViewName): Command {
  const { title, keys }: View = VIEWS[name];
  return { id: `view.${name}`, title, group: 'Views', keys, run: () => openView(name) };
}

function areaCommand(area: SideArea, keys: readonly string[]): Command {
  return {
    id: `area.${area}`, title: `${AREA_TITLES[area]}: show or hide`, group: 'Views', keys, run: () => toggleArea(area),
    unavailable: () => (useLayout.getState().layout.views[area].length === 0 ? 'No view is there' : null),
    checked: () => isShown(useLayout.getState().layout, area),
  };
}

/** Brings a view to the front and the keyboard into it. */
export function openView(name: ViewName): void {
  showView(name);
  // The view is on the screen after React has drawn it.
  requestAnimationFrame(() => focusFirst(`[data-view="${name}"]`));
}

function moveCurrent(area: (typeof AREAS)[number]): void {
  const view = currentView();
  moveView(view, area);
  requestAnimationFrame(() => focusFirst(`[data-view="${view}"]`));
}

function toggleArea(area: SideArea): void {
  if (isShown(useLayout.getState().layout, area)) return closeArea(area);
  hideArea(area, false);
  say(`${AREA_TITLES[area]} shown`);
}

/** The keyboard does not go with it. */
export function closeArea(area: SideArea): void {
  const pane = document.querySelector(`[data-pane="${area}"]`);
  const { activeElement } = document;
  const isInside = activeElement === document.body || pane?.contains(activeElement) === true;
  hideArea(area, true);
  say(`${AREA_TITLES[area]} hidden`);
  if (isInside) requestAnimationFrame(() => focusFirst('[data-pane="centre"]'));
}

function reset(): void {
  resetLayout();
  say('Every view is at its first place');
}

/** In the view that had the keyboard last, wherever it is now, and in no other: what is typed must not narrow a view that nobody looks at. */
function focusFilter(): void {
  const view = currentView();
  const shown = document.querySelector(`[data-view="${view}"]`);
  const filter = shown?.querySelector<HTMLInputElement>('[data-view-filter]');
  const log = shown?.querySelector(`[${FINDS}]`);
  if (filter != null) {
    filter.focus();
    filter.select();
  } else if (log != null) log.dispatchEvent(new Event(FIND));
  else if (isSearched(view)) showSearch(view);
  else say(`${VIEWS[view].title} has no filter; “Search all of the run” looks everywhere`);
}
