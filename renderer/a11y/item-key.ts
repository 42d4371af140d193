/** Ids carry names from outside; in the document they stand escaped and cut. */
import { plainText } from '../../core/base/plain-text.ts';

const LONGEST = 300;

/** value of `data-item` */
export const itemKey = (id: string): string => plainText(id, LONGEST);

export const itemOf = (container: HTMLElement | null, id: string): HTMLElement | null =>
  container?.querySelector<HTMLElement>(`[data-item="${CSS.escape(itemKey(id))}"]`) ?? null;
