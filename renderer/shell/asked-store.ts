/** What was asked from outside of the page and waits for its reader. */
import { create } from 'zustand';
import { say, showDialog, useUi } from '../workbench/ui-store.ts';

interface Asked {
  /** of a link; nobody has agreed to it yet */
  readonly target: string | null;
  /** what befell the window, or could not be done: a paragraph each */
  readonly notice: readonly string[];
}

export const useAsked = create<Asked>()(() => ({ target: null, notice: [] }));

/** What must be read in full, and stays until it was. A question that waits for its answer is not covered by it. */
export function notify(notice: readonly string[]): void {
  if (useUi.getState().dialog === 'link') return say(notice.join('; '));
  useAsked.setState({ notice });
  showDialog('notice');
}
