/** Where the window stood: kept in the user's folder, and believed only as far as it fits the screens of today. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const windowState = z.strictObject({
  x: z.int().min(-100_000).max(100_000),
  y: z.int().min(-100_000).max(100_000),
  width: z.int().min(1).max(100_000),
  height: z.int().min(1).max(100_000),
  maximised: z.boolean(),
});
export type WindowState = z.infer<typeof windowState>;

export const SMALLEST = { width: 480, height: 360 } as const;
const USUAL = { width: 1360, height: 900 } as const;
/** of the title bar, so that it can be grasped */
const GRASP = { width: 100, height: 40 } as const;

/** @returns null where none was kept, or what was kept is not a state */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowState.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null; // none yet, or not JSON: the window opens as it first did
  }
}

/** What of a state holds on these screens. @param screens work areas, the primary one first */
export function placed(state: WindowState | null, screens: readonly Rectangle[]): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  const largest = screens[0] ?? { x: 0, y: 0, ...USUAL };
  if (state === null) return { width: Math.min(USUAL.width, largest.width), height: Math.min(USUAL.height, largest.height) };
  const screen = screens.find((area) => canBeGrasped(state, area));
  const { width: widest, height: highest } = screen ?? largest;
  const size = { width: clamped(state.width, SMALLEST.width, widest), height: clamped(state.height, SMALLEST.height, highest) };
  // Without a place Electron centres the window on the primary screen.
  return screen === undefined ? size : { ...size, x: state.x, y: state.y };
}

/** Enough of its upper edge lies on the screen. */
function canBeGrasped({ x, y, width }: WindowState, area: Rectangle): boolean {
  const shown = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  return shown >= GRASP.width && y >= area.y && y <= area.y + area.height - GRASP.height;
}

const clamped = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));

/** Written beside and renamed, so that a crash leaves the old or the new. @param failed is told why it could not be kept */
export function keepWindowState(window: BrowserWindow, file: string, failed: (why: string) => void): void {
  window.on('close', () => {
    const state: WindowState = { ...window.getNormalBounds(), maximised: window.isMaximized() };
    try {
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error));
    }
  });
}
