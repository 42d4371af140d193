/** The runs of the window in tabs, each with the sign and word of its state. */
import { useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useStore } from 'zustand';
import { Menu } from '../a11y/menu.tsx';
import type { MenuItem } from '../a11y/menu.tsx';
import { seenTip } from '../a11y/tip.ts';
import { isBrowsersOwn } from '../commands/browser-keys.ts';
import { useKeyOf, withKey } from '../commands/key-hint.tsx';
import { openTab } from '../commands/tab-commands.ts';
import { useController } from '../session/controller-context.ts';
import { useSession } from '../session/session-store.ts';
import { Mark } from '../status/mark.tsx';
import { Icon } from '../workbench/icon.tsx';
import { showDialog } from '../workbench/ui-store.ts';
import { showTab, useTabs } from './tab-store.ts';
import type { RunTab } from './tab-store.ts';
import { tabStatus, tabTitle } from './tab-title.ts';

/** id of the part of the page that shows the active run */
export const RUN_PANEL = 'run-panel';
export const runTabId = (id: number): string => `run-tab-${String(id)}`;

export function RunTabs(): React.ReactNode {
  const tabs = useTabs((state) => state.tabs);
  const controller = useController();
  const [menu, setMenu] = useState<{ readonly tab: RunTab; readonly x: number; readonly y: number } | null>(null);
  const openMenu = (tab: RunTab, element: Element): void => {
    const { left, bottom } = element.getBoundingClientRect();
    setMenu({ tab, x: left, y: bottom });
  };
  const close = (tab: RunTab): void => {
    controller.close(tab);
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.run-tabs [aria-selected="true"]')?.focus());
  };
  return (
    <div className="run-tabs" data-pane="tabs">
      <div role="tablist" aria-label="Runs" className="run-tab-list" tabIndex={-1} onKeyDown={(event) => onTabKey(event, { tabs, openMenu, close })}>
        {tabs.map((tab) => <OneTab key={tab.id} tab={tab} openMenu={openMenu} close={(one) => controller.close(one)} />)}
      </div>
      <NewTab />
      {menu === null ? null : (
        <Menu label={tabTitle(menu.tab)} items={menuOf(menu.tab, close)} at={menu} close={(chosen) => {
          setMenu(null);
          if (!chosen) document.querySelector<HTMLElement>(`#${runTabId(menu.tab.id)}`)?.focus();
        }} />
      )}
    </div>
  );
}

/** A browser keeps the first of its keys for itself. */
function NewTab(): React.ReactNode {
  const inBrowser = useSession((state) => state.runtime?.shell !== 'electron');
  const key = useKeyOf('tab.new', inBrowser ? isBrowsersOwn : undefined);
  return <button type="button" className="icon-button" aria-label="New tab" aria-keyshortcuts={key?.aria} {...seenTip(withKey('New tab', key))} onClick={openTab}><Icon name="plus" /></button>;
}

function menuOf(tab: RunTab, close: (tab: RunTab) => void): readonly MenuItem[] {
  const rename = (): void => {
    showTab(tab.id);
    showDialog('rename');
  };
  return [{ id: 'rename', title: 'Rename the tab', run: rename }, { id: 'close', title: 'Close the tab', run: () => close(tab) }];
}

interface OneTabProps {
  readonly tab: RunTab;
  readonly openMenu: (tab: RunTab, element: Element) => void;
  readonly close: (tab: RunTab) => void;
}

/* The cross is for the mouse: a tab may hold nothing that takes the focus. Keys close by Delete and by the command. */
function OneTab({ tab, openMenu, close }: OneTabProps): React.ReactNode {
  const selected = useTabs((state) => state.active === tab.id);
  const status = tabStatus(useStore(tab.session));
  const title = tabTitle(tab);
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    openMenu(tab, event.currentTarget);
  };
  return (
    <div role="presentation" className={selected ? 'run-tab selected' : 'run-tab'} onAuxClick={(event) => (event.button === 1 ? close(tab) : undefined)}>
      <button
        type="button" role="tab" id={runTabId(tab.id)} aria-selected={selected} aria-controls={selected ? RUN_PANEL : undefined} tabIndex={selected ? 0 : -1} {...seenTip(title)}
        onClick={() => showTab(tab.id)} onDoubleClick={() => showDialog('rename')} onContextMenu={onContextMenu}
      >
        {status === null ? null : <Mark status={status} wordless size={12} />}
        <bdi className="run-tab-title">{title}</bdi>
      </button>
      <span className="run-tab-close" aria-hidden="true" {...seenTip('Close (Delete, on the tab)')} onClick={() => close(tab)}><Icon name="close" size={12} /></span>
    </div>
  );
}

interface TabKeys {
  readonly tabs: readonly RunTab[];
  readonly openMenu: (tab: RunTab, element: Element) => void;
  readonly close: (tab: RunTab) => void;
}

function onTabKey(event: KeyboardEvent, { tabs, openMenu, close }: TabKeys): void {
  const index = tabs.findIndex((tab) => document.activeElement?.id === runTabId(tab.id));
  const now = tabs[index];
  if (now === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  const last = tabs.length - 1;
  const next = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1, Home: 0, End: last }[event.key];
  if (event.key === 'Delete') close(now);
  else if (event.key === 'F2') showDialog('rename');
  else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(now, document.activeElement ?? document.body);
  else if (next !== undefined) bringForward(tabs[next] ?? now);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function bringForward({ id }: RunTab): void {
  showTab(id);
  document.querySelector<HTMLElement>(`#${runTabId(id)}`)?.focus();
}
