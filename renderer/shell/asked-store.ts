/** What was asked from outside of the page and waits for its reader. */
import { create } from 'zustand';

interface Asked {
  /** of a link; nobody has agreed to it yet */
  readonly target: string | null;
  /** what befell the window */
  readonly notice: string | null;
}

export const useAsked = create<Asked>()(() => ({ target: null, notice: null }));
