/** Sizes of panes as they were left; a stored text that is none is as if there were none. */
import type { LayoutStorage } from 'react-resizable-panels';

export const sizesStorage: LayoutStorage = {
  getItem: (key) => {
    const text = localStorage.getItem(key);
    return text !== null && areSizes(text) ? text : null;
  },
  setItem: (key, value) => localStorage.setItem(key, value),
};

/** `{"left":18,"work":82}`: percentages, by name of the pane */
export function areSizes(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isSizes);
  } catch {
    return false;
  }
}

const isSizes = (value: unknown): boolean => typeof value === 'number'
  ? value >= 0 && value <= 100
  : typeof value === 'object' && value !== null && Object.values(value).every((size) => typeof size === 'number' && size >= 0 && size <= 100);
