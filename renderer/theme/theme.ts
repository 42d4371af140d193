/** One of four palettes, chosen or as the system has it. The choice survives a restart; the page carries the palette's name. */
import { create } from 'zustand';

const PALETTES = ['light', 'dark', 'hc-light', 'hc-dark'] as const;
export type Palette = (typeof PALETTES)[number];
export type ThemeChoice = 'system' | Palette;

export const THEME_CHOICES: readonly ThemeChoice[] = ['system', ...PALETTES];
export const THEME_TITLES: { readonly [Choice in ThemeChoice]: string } = {
  system: 'As the system', light: 'Light', dark: 'Dark', 'hc-light': 'High contrast light', 'hc-dark': 'High contrast dark',
};

const KEY = 'danescope.theme';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const systemContrast = window.matchMedia('(prefers-contrast: more)');

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly palette: Palette;
  readonly choose: (choice: ThemeChoice) => void;
}

export const useTheme = create<ThemeState>()((set) => ({
  choice: storedChoice(),
  palette: paletteOf(storedChoice()),
  choose: (choice) => {
    localStorage.setItem(KEY, choice);
    set({ choice });
    applyTheme();
  },
}));

/** Puts the theme on the page and follows the system from then on. */
export function startTheme(): void {
  applyTheme();
  for (const query of [systemDark, systemContrast]) query.addEventListener('change', applyTheme);
}

function applyTheme(): void {
  const palette = paletteOf(useTheme.getState().choice);
  useTheme.setState({ palette });
  document.documentElement.dataset['theme'] = palette;
}

function paletteOf(choice: ThemeChoice): Palette {
  if (choice !== 'system') return choice;
  const tone = systemDark.matches ? 'dark' : 'light';
  return systemContrast.matches ? `hc-${tone}` : tone;
}

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(KEY);
  return THEME_CHOICES.find((choice) => choice === stored) ?? 'system';
}
