/** Where a tooltip stands: beside what it tells of, never over it, and inside the window. */

/** px in the window */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface TipPlace {
  readonly left: number;
  readonly top: number;
}

/** px; narrow enough for a pointer to come across */
const GAP = 3;
const MARGIN = 4;

/**
 * @param at px from the left, where the reader looks at something wide
 * @param aside beside it first, for what has its like above and below
 * @returns null where there is no room that leaves it in sight
 */
export function tipPlace(of: Box, tip: Size, room: Size, { at, aside }: { readonly at: number; readonly aside: boolean }): TipPlace | null {
  const within = (wanted: number, length: number, whole: number): number => Math.max(MARGIN, Math.min(wanted, whole - length - MARGIN));
  const left = within(at, tip.width, room.width);
  const top = within((of.top + of.bottom - tip.height) / 2, tip.height, room.height);
  const rows: readonly TipPlace[] = [{ left, top: of.bottom + GAP }, { left, top: of.top - GAP - tip.height }];
  const columns: readonly TipPlace[] = [{ left: of.right + GAP, top }, { left: of.left - GAP - tip.width, top }];
  return [...(aside ? columns : []), ...rows, ...columns].find((place) => isInside(place, tip, room)) ?? null;
}

const isInside = ({ left, top }: TipPlace, tip: Size, room: Size): boolean =>
  left >= MARGIN && top >= MARGIN && left + tip.width <= room.width - MARGIN && top + tip.height <= room.height - MARGIN;
