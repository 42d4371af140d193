/** One area of the window: its views in tabs, one of them in front. A tab is dragged to another area, or moved by its menu. */
import { useState } from 'react';
import type { DragEvent, KeyboardEvent, MouseEvent } from 'react';
import { Menu } from '../a11y/menu.tsx';
import type { MenuItem } from '../a11y/menu.tsx';
import { seenTip } from '../a11y/tip.ts';
import { closeArea } from '../commands/view-commands.ts';
import { PaneSession } from '../session/pane-session.tsx';
import { useSession } from '../session/session-store.ts';
import { useTabs } from '../tabs/tab-store.ts';
import { dragged, dropped, useDrag } from './drag.ts';
import { Icon } from './icon.tsx';
import { AREAS, AREA_TITLES } from './areas.ts';
import type { Area } from './areas.ts';
import { useLayout } from './layout-store.ts';
import { frontOf, moveView, showView, useUi } from './ui-store.ts';
import { ViewBoundary } from './view-boundary.tsx';
import { VIEW_COMPONENTS } from './view-components.tsx';
import { VIEWS } from './views.ts';
import type { ViewName } from './views.ts';

export function AreaPane({ area }: { readonly area: Area }): React.ReactNode {
  const layout = useLayout((state) => state.layout);
  const view = useUi((state) => frontOf(layout, state.front, area));
  return (
    <PaneSession>
      <section className={`area area-${area}`} aria-label={AREA_TITLES[area]} data-pane={area} tabIndex={-1}>
        <AreaHead area={area} front={view} />
        {view === null ? <p className="view-empty">Drag a view here.</p> : <FrontView view={view} />}
      </section>
    </PaneSession>
  );
}

/** Another run, or another view, begins afresh. */
function FrontView({ view }: { readonly view: ViewName }): React.ReactNode {
  const tab = useTabs((state) => state.active);
  const Component = VIEW_COMPONENTS[view];
  return (
    <div role="tabpanel" id={`view-${view}`} aria-labelledby={`tab-${view}`} className="view" data-view={view} tabIndex={-1}>
      <ViewBoundary key={`${String(tab)} ${view}`} title={VIEWS[view].title}><Component /></ViewBoundary>
    </div>
  );
}

function AreaHead({ area, front }: { readonly area: Area; readonly front: ViewName | null }): React.ReactNode {
  const views = useLayout((state) => state.layout.views[area]);
  const [menu, setMenu] = useState<{ readonly view: ViewName; readonly x: number; readonly y: number } | null>(null);
  const openMenu = (view: ViewName, element: Element): void => {
    const { left, bottom } = element.getBoundingClientRect();
    setMenu({ view, x: left, y: bottom });
  };
  return (
    <div className="area-head" onDragOver={(event) => allow(event)} onDrop={(event) => dropped(event, area, null)}>
      <div role="tablist" aria-label={`Views: ${AREA_TITLES[area].toLowerCase()}`} className="tabs" onKeyDown={(event) => onTabKey(event, { views, openMenu })} tabIndex={-1}>
        {views.map((view) => <ViewTab key={view} area={area} view={view} selected={view === front} openMenu={openMenu} />)}
      </div>
      {area === 'centre' ? null : <button type="button" className="icon-button" aria-label={`Hide: ${AREA_TITLES[area].toLowerCase()}`} {...seenTip(`Hide: ${AREA_TITLES[area].toLowerCase()}`)} onClick={() => closeArea(area)}><Icon name="hide" /></button>}
      {menu === null ? null : <ViewMenu area={area} {...menu} close={(chosen) => closed(menu.view, chosen, () => setMenu(null))} />}
    </div>
  );
}

const allow = (event: DragEvent): void => {
  if (useDrag.getState().view !== null) event.preventDefault();
};

function closed(view: ViewName, chosen: boolean, close: () => void): void {
  close();
  if (!chosen) document.querySelector<HTMLElement>(`#tab-${view}`)?.focus();
}

interface ViewTabProps {
  readonly area: Area;
  readonly view: ViewName;
  readonly selected: boolean;
  readonly openMenu: (view: ViewName, element: Element) => void;
}

function ViewTab({ area, view, selected, openMenu }: ViewTabProps): React.ReactNode {
  const findings = useSession((state) => state.findings.length);
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    openMenu(view, event.currentTarget);
  };
  return (
    <button
      type="button" role="tab" id={`tab-${view}`} aria-selected={selected} aria-controls={selected ? `view-${view}` : undefined} tabIndex={selected ? 0 : -1} className={selected ? 'tab selected' : 'tab'}
      onClick={() => showView(view)} onContextMenu={onContextMenu} draggable onDragStart={(event) => dragged(event, view)} onDragEnd={() => useDrag.setState({ view: null })}
      onDragOver={allow} onDrop={(event) => dropped(event, area, view)}
    >
      {VIEWS[view].title}
      {view === 'findings' && findings > 0 ? <span className="count">{findings}</span> : null}
    </button>
  );
}

interface ViewMenuProps {
  readonly area: Area;
  readonly view: ViewName;
  readonly x: number;
  readonly y: number;
  readonly close: (chosen: boolean) => void;
}

function ViewMenu({ area, view, x, y, close }: ViewMenuProps): React.ReactNode {
  const moves = AREAS.map((to): MenuItem => ({ id: to, title: `Move to: ${AREA_TITLES[to].toLowerCase()}`, why: to === area ? `${VIEWS[view].title} is there` : null, run: () => moveAndFocus(view, to) }));
  const hide: readonly MenuItem[] = area === 'centre' ? [] : [{ id: 'hide', title: `Hide: ${AREA_TITLES[area].toLowerCase()}`, apart: true, run: () => closeArea(area) }];
  return <Menu label={VIEWS[view].title} items={[...moves, ...hide]} at={{ x, y }} close={close} />;
}

function moveAndFocus(view: ViewName, to: Area): void {
  moveView(view, to);
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`#tab-${view}`)?.focus());
}

interface TabKeys {
  readonly views: readonly ViewName[];
  readonly openMenu: (view: ViewName, element: Element) => void;
}

function onTabKey(event: KeyboardEvent, { views, openMenu }: TabKeys): void {
  const index = views.findIndex((view) => document.activeElement?.id === `tab-${view}`);
  const now = views[index];
  if (now === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const last = views.length - 1;
  const next = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1, Home: 0, End: last }[event.key];
  if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(now, document.activeElement ?? document.body);
  else if (next !== undefined) bringForward(views[next] ?? now);
  else return;
  event.preventDefault();
}

function bringForward(view: ViewName): void {
  showView(view);
  document.querySelector<HTMLElement>(`#tab-${view}`)?.focus();
}
