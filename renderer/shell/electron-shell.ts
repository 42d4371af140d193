/** What the page asks of its window, answered by Electron's main process over a port of its own. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { SHELL_PORT, SHELL_WANTED } from '../../core/api/page.ts';
import type { ShellRpc } from '../../core/api/shell-contract.ts';
import type { FileToSave, MenuCommand, Shell, ShellAsk } from '../../core/api/shell.ts';
import { portFromPreload } from './preload-port.ts';

export async function electronShell(): Promise<Shell> {
  const port = await portFromPreload(SHELL_WANTED, SHELL_PORT);
  port.start();
  return shellOver(createORPCClient<ShellRpc>(new RPCLink({ port })));
}

export function shellOver(rpc: ShellRpc): Shell {
  let shown = '';
  return {
    kind: 'electron',
    save: ({ name, type, content }) => rpc.save({ name, type, content: onTheWire(content) }),
    open: () => rpc.open(),
    printPdf: async (html) => {
      const answer = await rpc.printPdf(html);
      return answer.ok ? { ok: true, pdf: Uint8Array.from(atob(answer.base64), (character) => character.charCodeAt(0)) } : answer;
    },
    showCommands: (commands) => {
      // A menu that is built anew closes the one that is open.
      const text = JSON.stringify(commands);
      if (text !== shown) void rpc.showCommands(copied(commands)).then(() => (shown = text));
    },
    listen: (listener) => {
      const end = new AbortController();
      void tellAsks(rpc, listener, end.signal);
      return () => end.abort();
    },
  };
}

/** Only what the main process knows: it refuses a record with more. */
const copied = (commands: readonly MenuCommand[]): MenuCommand[] => commands.map(({ id, title, group, key, enabled }) => ({ id, title, group, key, enabled }));

function onTheWire(content: FileToSave['content']): { text: string } | { base64: string } {
  if (typeof content === 'string') return { text: content };
  let binary = '';
  // A spread of all octets at once would exceed the arguments that a call may have.
  for (let from = 0; from < content.length; from += 8192) binary += String.fromCharCode(...content.subarray(from, from + 8192));
  return { base64: btoa(binary) };
}

async function tellAsks(rpc: ShellRpc, listener: (ask: ShellAsk) => void, signal: AbortSignal): Promise<void> {
  try {
    for await (const ask of await rpc.asks(undefined, { signal })) listener(ask);
  } catch (error) {
    // The window goes away, or nobody listens any more.
    if (!signal.aborted && !(error instanceof Error && error.name === 'AbortError')) throw error;
  }
}
