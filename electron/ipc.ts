/** The only file that listens to the page: every message is held against its schema and its sender. */
import { ipcMain } from 'electron';
import type { IpcMainEvent, MessagePortMain } from 'electron';
import { z } from 'zod';
import { APP_ORIGIN, ENGINE_PORT, SHELL_PORT } from '../core/api/page.ts';

/** What a page may say on a channel: nothing but the one port that comes with it. */
const portMessage = z.null();

/** Answers what comes over the port. @returns what ends that, and closes the port */
export type ServePort = (port: MessagePortMain) => () => void;

export interface PortServers {
  readonly engine: ServePort;
  readonly shell: ServePort;
  /** is told of each message that was dropped, for the log */
  readonly refused: (why: string) => void;
}

export function servePorts({ engine, shell, refused }: PortServers): void {
  for (const [channel, serve] of [[ENGINE_PORT, latestOf(engine)], [SHELL_PORT, latestOf(shell)]] as const) {
    ipcMain.on(channel, (event, message: unknown) => {
      const [port, ...more] = event.ports;
      const why = senderFault(event) ?? (port === undefined || more.length > 0 || !portMessage.safeParse(message).success ? 'the message is not one port' : null);
      if (why === null && port !== undefined) return serve(port);
      for (const dropped of event.ports) dropped.close();
      refused(why ?? 'the message is not one port');
    });
  }
}

/** open at once; a page has one of each, and another where it lost that or was loaded again */
const MOST_PORTS = 4;

/** The oldest gives way: what a page left open when it went away must not keep out the next. */
function latestOf(serve: ServePort): (port: MessagePortMain) => void {
  const open = new Map<MessagePortMain, () => void>();
  return (port) => {
    open.set(port, serve(port));
    port.on('close', () => open.delete(port));
    const [oldest] = open;
    if (open.size <= MOST_PORTS || oldest === undefined) return;
    open.delete(oldest[0]);
    oldest[1]();
  };
}

/** Only the top frame of our own page is listened to; a frame that navigated away has no say. */
function senderFault({ sender, senderFrame }: Pick<IpcMainEvent, 'sender' | 'senderFrame'>): string | null {
  if (senderFrame === null || senderFrame !== sender.mainFrame) return 'the sender is not the main frame';
  return senderFrame.url.startsWith(`${APP_ORIGIN}/`) ? null : 'the sender is not our page';
}
