/** Text to the clipboard, with a word about it. */
import { say } from '../workbench/ui-store.ts';

/** @param what in words, such as `the fix` */
export async function copyText(text: string, what: string): Promise<boolean> {
  const done = await write(text);
  say(done ? `Copied ${what}` : `Could not copy ${what}: the system refused`);
  return done;
}

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
