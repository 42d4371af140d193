/** A large picture comes to the screen piece by piece, a few a frame; a newer one takes the place of the older one in the same way. */
import { startTransition, useEffect, useState } from 'react';

/** pieces drawn anew before a frame */
const A_FRAME = 2;

interface Pieces<Picture> {
  readonly shown: readonly Picture[];
  readonly newest: Picture;
}

/** @returns for each piece the picture it is of */
export function usePieces<Picture>(picture: Picture, count: number): readonly Picture[] {
  const [{ shown, newest }, setPieces] = useState<Pieces<Picture>>({ shown: [picture], newest: picture });
  const done = newest === picture ? shown.findIndex((one) => one !== picture) : 0;
  const next = done === -1 ? shown.length : done;
  const isWhole = next >= count && shown.length <= count;
  useEffect(() => {
    if (isWhole) return;
    const frame = requestAnimationFrame(() => startTransition(() => setPieces(({ shown: before }) => {
      const end = Math.min(count, next + A_FRAME);
      return { newest: picture, shown: [...Array.from({ length: end }, () => picture), ...before.slice(end, count)] };
    })));
    return () => cancelAnimationFrame(frame);
  }, [picture, count, next, isWhole]);
  return shown;
}
