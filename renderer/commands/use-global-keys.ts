/** Global keys work whichever pane has the focus; a plain character only where nobody types (WCAG 2.1.4). */
import { useEffect } from 'react';
import { say, useUi } from '../workbench/ui-store.ts';
import { perform, whyNot } from './command.ts';
import { keysOf } from './key-bindings.ts';
import { isCharacter, matchesKey } from './key-match.ts';
import type { Command } from './command.ts';

export function useGlobalKeys(all: readonly Command[]): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || useUi.getState().dialog !== null) return;
      const command = all.find((one) => keysOf(one).some((key) => matchesKey(event, key) && !(isCharacter(key) && isTyping(event.target))));
      if (command === undefined) return;
      // Esc is pressed for many reasons; where there is nothing to stop, it is not ours.
      if (event.key === 'Escape' && whyNot(command) !== null) return;
      event.preventDefault();
      perform(command, say);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [all]);
}

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
