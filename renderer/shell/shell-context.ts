/** Hands the window's shell to the components that save, open and print. */
import { createContext, useContext } from 'react';
import type { Shell } from '../../core/api/shell.ts';

export const ShellContext = createContext<Shell | null>(null);

/** @throws {Error} outside of the app: our bug */
export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('no shell above this component');
  return shell;
}
