/** Hands a file to the person. */
import { say } from '../workbench/ui-store.ts';

export function saveFile({ name, type, content }: { readonly name: string; readonly type: string; readonly content: string | Blob }): void {
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
  say(`Saved ${name}`);
}
