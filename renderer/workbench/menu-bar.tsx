/** The commands in menus, where the window has no menu of its own. F10 leads here. */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Menu } from '../a11y/menu.tsx';
import type { MenuItem } from '../a11y/menu.tsx';
import { COMMAND_GROUPS, whyNot } from '../commands/command.ts';
import type { Command, CommandGroup } from '../commands/command.ts';
import { useCommands } from '../commands/commands-context.ts';
import { keysOf } from '../commands/key-bindings.ts';
import { ariaKey, shownKey } from '../commands/key-match.ts';

export const MENU_TITLES: { readonly [Group in CommandGroup]: string } = { Run: 'Run', Views: 'View', Go: 'Go', Copy: 'Copy', Window: 'Window' };

export function MenuBar(): React.ReactNode {
  const { bar, open, at, show, close, returnTo } = useMenuBar();
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = COMMAND_GROUPS.findIndex((group) => document.activeElement?.id === buttonId(group));
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') focusButton(bar, index + (event.key === 'ArrowRight' ? 1 : -1));
    else if (event.key === 'ArrowDown' || event.key === 'Enter' || event.key === ' ') show(COMMAND_GROUPS[index] ?? null);
    else if (event.key === 'Escape') returnTo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={bar} role="menubar" aria-label="Menu" className="menu-bar" data-menu-bar onKeyDown={onKeyDown} tabIndex={-1}>
      {COMMAND_GROUPS.map((group, index) => (
        <button
          key={group} id={buttonId(group)} type="button" role="menuitem" aria-haspopup="menu" aria-expanded={open === group} tabIndex={index === 0 ? 0 : -1} className={open === group ? 'menu-button open' : 'menu-button'}
          onClick={() => (open === group ? close() : show(group))} onMouseEnter={() => (open === null ? undefined : show(group))}
        >
          {MENU_TITLES[group]}
        </button>
      ))}
      {open === null ? null : <GroupMenu group={open} at={at} close={close} aside={(step) => show(beside(open, step))} />}
    </div>
  );
}

function useMenuBar() {
  const bar = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const [open, setOpen] = useState<CommandGroup | null>(null);
  const [at, setAt] = useState({ x: 0, y: 0 });
  const returnTo = useCallback((): void => {
    if (before.current instanceof HTMLElement) before.current.focus();
  }, []);
  const show = useCallback((group: CommandGroup | null): void => {
    const button = group === null ? null : document.querySelector(`#${buttonId(group)}`);
    if (button === null) return;
    if (bar.current?.contains(document.activeElement) === false) before.current = document.activeElement;
    const { left, bottom } = button.getBoundingClientRect();
    setAt({ x: left, y: bottom });
    setOpen(group);
  }, []);
  const close = useCallback((): void => {
    setOpen(null);
    returnTo();
  }, [returnTo]);
  useEffect(() => {
    const note = (event: Event): void => {
      if (event.target instanceof Element && event.target.closest('[data-menu-bar]') === null) before.current = event.target;
    };
    const key = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'F10' || event.shiftKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      focusButton(bar, 0);
    };
    document.addEventListener('focusin', note);
    window.addEventListener('keydown', key);
    return () => {
      document.removeEventListener('focusin', note);
      window.removeEventListener('keydown', key);
    };
  }, []);
  return { bar, open, at, show, close, returnTo };
}

interface GroupMenuProps {
  readonly group: CommandGroup;
  readonly at: { readonly x: number; readonly y: number };
  readonly close: (chosen: boolean) => void;
  readonly aside: (step: 1 | -1) => void;
}

function GroupMenu({ group, at, close, aside }: GroupMenuProps): React.ReactNode {
  const items = menuItems(useCommands().filter((command) => command.group === group));
  return <Menu key={group} label={MENU_TITLES[group]} items={items} at={at} close={close} aside={aside} />;
}

/** A line stands between commands of different things: `run.save`, then `tab.new`. */
export function menuItems(commands: readonly Command[]): readonly MenuItem[] {
  return commands.map((command, index) => {
    const [key] = keysOf(command);
    const previous = commands[index - 1];
    return {
      id: command.id, title: command.title, why: whyNot(command), run: command.run, apart: previous !== undefined && subject(previous) !== subject(command),
      ...(key === undefined ? {} : { key: { shown: shownKey(key), aria: ariaKey(key) } }), ...(command.checked === undefined ? {} : { checked: command.checked() }),
    };
  });
}

const subject = ({ id }: Command): string => id.slice(0, id.indexOf('.'));

const buttonId = (group: CommandGroup): string => `menu-${group.toLowerCase()}`;

function beside(group: CommandGroup, step: 1 | -1): CommandGroup | null {
  return COMMAND_GROUPS[(COMMAND_GROUPS.indexOf(group) + step + COMMAND_GROUPS.length) % COMMAND_GROUPS.length] ?? null;
}

function focusButton(bar: React.RefObject<HTMLDivElement | null>, index: number): void {
  const buttons = [...(bar.current?.querySelectorAll<HTMLElement>('.menu-button') ?? [])];
  buttons[(index + buttons.length) % buttons.length]?.focus();
}
