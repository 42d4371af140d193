/** The size of all text, in steps; it survives a restart. */
import { say } from '../workbench/ui-store.ts';

const KEY = 'danescope.text-size';
const SIZES = [80, 90, 100, 110, 125, 150, 175, 200];
const USUAL = 100;

export function startTextSize(): void {
  const stored = Number(localStorage.getItem(KEY));
  if (SIZES.includes(stored)) apply(stored);
}

/** @param step 0 goes back to the usual size */
export function changeTextSize(step: 1 | 0 | -1): void {
  const now = Number.parseFloat(document.documentElement.style.fontSize || '100');
  const size = step === 0 ? USUAL : SIZES[SIZES.indexOf(now) + step] ?? now;
  localStorage.setItem(KEY, String(size));
  apply(size);
  say(`Text at ${String(size)} %`);
}

function apply(size: number): void {
  document.documentElement.style.fontSize = size === USUAL ? '' : `${String(size)}%`;
}
