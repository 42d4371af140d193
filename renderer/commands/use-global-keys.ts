/** Global keys work whichever pane has the focus; a plain character only where nobody types (WCAG 2.1.4). */
import { useEffect } from 'react';
import { useUi } from '../workbench/ui-store.ts';
import { matchesKey } from './key-match.ts';
import type { Command } from './registry.ts';

export function useGlobalKeys(all: readonly Command[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || useUi.getState().keysShown || useUi.getState().paletteShown) return;
      const command = all.find((one) => one.keys.some((key) => matchesKey(event, key) && !(isPlain(key) && isTyping(event.target))));
      if (command === undefined) return;
      event.preventDefault();
      command.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [all]);
}

const isPlain = (key: string): boolean => key.length === 1;

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
