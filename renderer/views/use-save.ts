/** Hands a file to the person through the window, and says how it went. */
import { useContext } from 'react';
import type { FileToSave } from '../../core/api/shell.ts';
import { plainText } from '../../core/base/plain-text.ts';
import { browserShell } from '../shell/browser-shell.ts';
import { ShellContext } from '../shell/shell-context.ts';
import { say } from '../workbench/ui-store.ts';

/** A page whose window is not known to it saves as browsers do. */
export function useSave(): (file: FileToSave) => Promise<void> {
  const shell = useContext(ShellContext) ?? browserShell(() => null);
  return async (file) => {
    const answer = await shell.save(file);
    if (answer.saved) say(`Saved ${file.name}`);
    else if (answer.why !== 'declined') say(`Not saved: ${plainText(answer.why, 300)}`);
  };
}
