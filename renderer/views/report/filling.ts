/** A long report comes into its preview piece by piece: as one document it would be parsed and laid out for longer than a frame may take. */
import { markupText } from '../../../core/graph/markup.ts';
import type { HtmlPiece } from '../../../core/report/html.ts';
import { nextTask } from '../../session/next-task.ts';
import { turns } from '../../session/turns.ts';

/** What comes into one frame: ms of making and taking in, */
const MS = 6;
/** and characters of markup, as their layout takes longer still. */
const CHARACTERS = 24_000;

/**
 * @param document that of a page whose parts hold nothing yet
 * @returns false where nobody waits any more
 * @throws {Error} for a piece of a part that the page has not
 */
export async function fill(document: Document, pieces: Iterable<HtmlPiece>, isOver: () => boolean): Promise<boolean> {
  const parser = new DOMParser();
  let room = CHARACTERS;
  let began = performance.now();
  const giveWay = async (): Promise<void> => {
    await afterFrame();
    began = performance.now();
    room = CHARACTERS;
  };
  for (const { part, markup } of pieces) {
    const inside = document.getElementById(part);
    if (inside === null) throw new Error(`the page of the report has no part ${part}`);
    const text = markupText(markup);
    room -= text.length;
    if (room < 0 || performance.now() - began > MS) await giveWay();
    if (isOver()) return false;
    inside.append(...parser.parseFromString(text, 'text/html').body.children);
  }
  return !isOver();
}

/** Where the window is not in sight no frame is drawn, and none is waited for. */
async function afterFrame(): Promise<void> {
  await new Promise<void>((resolve) => turns().take(resolve));
  await nextTask();
}
