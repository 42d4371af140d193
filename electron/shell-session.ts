/** Answers what the page asks of its window. Each input was held against its schema before it comes here. */
import { implement } from '@orpc/server';
import { shellContract } from '../core/api/shell-contract.ts';
import type { FileOnTheWire, PdfOnTheWire } from '../core/api/shell-contract.ts';
import type { MenuCommand, OpenedFile, SaveAnswer } from '../core/api/shell.ts';
import type { ServedRouter } from '../service/session.ts';
import type { Asks } from './asks.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface ShellActions {
  save(file: FileOnTheWire): Promise<SaveAnswer>;
  open(): Promise<OpenedFile | null>;
  printPdf(html: string): Promise<PdfOnTheWire>;
  showCommands(commands: readonly MenuCommand[]): void;
}

export function shellRouter(actions: ShellActions, asks: Asks): ServedRouter {
  const contract = implement(shellContract);
  const save = oneAtATime((file: FileOnTheWire) => actions.save(file), (): SaveAnswer => ({ saved: false, why: 'another file is being saved; its dialogue waits for you' }));
  const open = oneAtATime(() => actions.open(), () => {
    asks.tell({ type: 'notice', text: 'Another run is being opened; its dialogue waits for you.' });
    return null;
  });
  return {
    save: contract.save.handler(({ input }) => save(input)),
    open: contract.open.handler(() => open()),
    printPdf: contract.printPdf.handler(({ input }) => actions.printPdf(input)),
    showCommands: contract.showCommands.handler(({ input }) => {
      actions.showCommands(input);
      return null;
    }),
    asks: contract.asks.handler(({ signal }) => asks.listen(signal)),
  };
}
