/** Hands the commands to the components that show them. */
import { createContext, useContext } from 'react';
import type { Command } from './command.ts';

export const CommandsContext = createContext<readonly Command[]>([]);

export const useCommands = (): readonly Command[] => useContext(CommandsContext);
