/** The size of all text, in steps; it survives a restart. */
import { create } from 'zustand';
import { say } from '../workbench/ui-store.ts';

const KEY = 'danescope.text-size';
/** per cent */
export const TEXT_SIZES = [80, 90, 100, 110, 125, 150, 175, 200];
const USUAL = 100;

export const useTextSize = create<{ readonly size: number }>()(() => ({ size: USUAL }));

export function startTextSize(): void {
  const stored = Number(localStorage.getItem(KEY));
  if (TEXT_SIZES.includes(stored)) apply(stored);
}

/** @param step 0 goes back to the usual size */
export function changeTextSize(step: 1 | 0 | -1): void {
  const now = useTextSize.getState().size;
  const size = step === 0 ? USUAL : TEXT_SIZES[TEXT_SIZES.indexOf(now) + step] ?? now;
  setTextSize(size);
  say(`Text at ${String(size)} %`);
}

export function setTextSize(size: number): void {
  localStorage.setItem(KEY, String(size));
  apply(size);
}

function apply(size: number): void {
  useTextSize.setState({ size });
  document.documentElement.style.fontSize = size === USUAL ? '' : `${String(size)}%`;
}
