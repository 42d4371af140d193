/** Text to the clipboard, with a word about it. People paste into terminals: no line of it can end itself, move a cursor or be obeyed. */
import { plainText } from '../../core/base/plain-text.ts';
import { say } from '../workbench/ui-store.ts';

/**
 * @param text one line, or the lines; whatever a line holds from outside is escaped and stays in it
 * @param what in words, such as `the fix`
 */
export async function copyText(text: string | readonly string[], what: string): Promise<boolean> {
  const done = await write(copyable(typeof text === 'string' ? [text] : text));
  say(done ? `Copied ${what}` : `Could not copy ${what}: the system refused`);
  return done;
}

/** what of these lines may come onto a clipboard */
export const copyable = (lines: readonly string[]): string => lines.map((line) => plainText(line, Number.POSITIVE_INFINITY)).join('\n');

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without the permission, or out of focus, a selection can still be copied.
    return copySelection(text);
  }
}

function copySelection(text: string): boolean {
  const area = document.createElement('textarea');
  const before = document.activeElement;
  area.value = text;
  area.className = 'for-screen-reader';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
