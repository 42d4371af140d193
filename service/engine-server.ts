/** Serves sessions of an engine to the process that started us, until it ends us or goes away. */
import type { InspectorEngine } from '../core/api/engine.ts';
import type { Clock } from '../core/base/ports.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

export interface RunningEngine {
  readonly engine: InspectorEngine;
  /** stops what runs, waits until it said goodbye, and frees the ports */
  close(): Promise<void>;
}

/** Messages that come while the engine starts wait for it. A failure to start is told, and thrown. */
export async function serveParent(start: () => Promise<RunningEngine>, clock: Clock): Promise<void> {
  const parent = parentProcess();
  const running = start();
  const sessions = new Map<number, Session>();
  const end = async (): Promise<void> => {
    for (const session of sessions.values()) session.close();
    await (await running).close();
    process.exit(0);
  };
  // Ctrl+C in a terminal reaches the whole group: the shell decides when the engine ends.
  process.on('SIGINT', () => {});
  process.once('disconnect', () => void end());
  parent.onMessage((message) => void running.then(({ engine }) => received(message, { engine, clock, sessions, parent, end }), () => {}));
  try {
    await running;
    parent.send({ type: 'ready' });
  } catch (error) {
    parent.send({ type: 'failed', text: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}

interface Serving {
  readonly engine: InspectorEngine;
  readonly clock: Clock;
  readonly sessions: Map<number, Session>;
  readonly parent: Parent;
  readonly end: () => Promise<void>;
}

function received(message: ToEngine, { engine, clock, sessions, parent, end }: Serving): void {
  switch (message.type) {
    case 'open': {
      const { session } = message;
      sessions.set(session, openSession(engine, clock, (text) => parent.send({ type: 'message', session, text })));
      return;
    }
    case 'message': sessions.get(message.session)?.receive(message.text); return;
    case 'close':
      sessions.get(message.session)?.close();
      sessions.delete(message.session);
      return;
    case 'end': void end();
  }
}

interface Parent {
  send(message: FromEngine): void;
  onMessage(listener: (message: ToEngine) => void): void;
}

interface UtilityPort {
  postMessage(message: FromEngine): void;
  on(type: 'message', listener: (event: { readonly data: ToEngine }) => void): void;
}

/** Electron's utility process has a port to its parent, a child of Node's has `process.send`. */
function parentProcess(): Parent {
  const { parentPort } = process as { parentPort?: UtilityPort };
  if (parentPort !== undefined) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    return { send: (message) => parentPort.postMessage(message), onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)) };
  }
  return {
    // A parent that is gone is told by `disconnect`.
    send: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToEngine)),
  };
}
