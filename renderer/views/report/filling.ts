/** A long report comes into its preview piece by piece: as one document it would be parsed and laid out for longer than a frame may take. */
import { markupText } from '../../../core/graph/markup.ts';
import type { HtmlPiece } from '../../../core/report/html.ts';
import { nextTask } from '../../session/next-task.ts';

/** ms of making and taking in until the window has its turn; laying out what came takes about twice as long */
const AT_ONCE = 8;

/**
 * @param document that of a page whose parts hold nothing yet
 * @returns false where nobody waits any more
 * @throws {Error} for a piece of a part that the page has not
 */
export async function fill(document: Document, pieces: Iterable<HtmlPiece>, isOver: () => boolean): Promise<boolean> {
  const parser = new DOMParser();
  let began = performance.now();
  for (const { part, markup } of pieces) {
    if (isOver()) return false;
    const inside = document.getElementById(part);
    if (inside === null) throw new Error(`the page of the report has no part ${part}`);
    inside.append(...parser.parseFromString(markupText(markup), 'text/html').body.children);
    if (performance.now() - began < AT_ONCE) continue;
    await nextTask();
    began = performance.now();
  }
  return !isOver();
}
