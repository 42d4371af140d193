/** The only file that listens to the page: every message is held against its schema and its sender. */
import { ipcMain } from 'electron';
import type { IpcMainEvent } from 'electron';
import { z } from 'zod';
import { APP_ORIGIN, ENGINE_PORT } from '../core/api/page.ts';
import type { EngineProcess } from '../service/engine-process.ts';
import { relay } from './relay.ts';

/** What a page may say on the channel: nothing but the one port that comes with it. */
const enginePortMessage = z.null();

/** @param refused is told of each message that was dropped, for the log */
export function serveEnginePorts(engine: EngineProcess, refused: (why: string) => void): void {
  ipcMain.on(ENGINE_PORT, (event, message: unknown) => {
    const [port, ...more] = event.ports;
    const why = senderFault(event) ?? (port === undefined || more.length > 0 || !enginePortMessage.safeParse(message).success ? 'the message is not one port' : null);
    if (why === null && port !== undefined) return relay(port, engine);
    for (const dropped of event.ports) dropped.close();
    refused(why ?? 'the message is not one port');
  });
}

/** Only the top frame of our own page is listened to; a frame that navigated away has no say. */
function senderFault({ sender, senderFrame }: Pick<IpcMainEvent, 'sender' | 'senderFrame'>): string | null {
  if (senderFrame === null || senderFrame !== sender.mainFrame) return 'the sender is not the main frame';
  return senderFrame.url.startsWith(`${APP_ORIGIN}/`) ? null : 'the sender is not our page';
}
