/** Light, dark, or as the system has it. The choice survives a restart; the page carries the resolved theme. */
import { create } from 'zustand';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'danescope.theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
}

export const useTheme = create<ThemeState>()((set) => ({
  choice: storedChoice(),
  choose: (choice) => {
    localStorage.setItem(KEY, choice);
    set({ choice });
    applyTheme(choice);
  },
}));

/** Puts the theme on the page and follows the system from then on. */
export function startTheme(): void {
  applyTheme(useTheme.getState().choice);
  systemDark.addEventListener('change', () => applyTheme(useTheme.getState().choice));
}

function applyTheme(choice: ThemeChoice): void {
  const dark = choice === 'dark' || (choice === 'system' && systemDark.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}
