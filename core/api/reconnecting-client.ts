/** A client that outlives the engine's process: what was under way is lost with it, and the next question opens a new line. */
import { ConnectionLost } from './client.ts';
import type { InspectorClient } from './inspector-client.ts';

/** @param ended told once when the line that was opened is lost */
export type OpenLine = (ended: (why: string) => void) => Promise<InspectorClient>;

/** @param lost told each time a line that was open is lost, in words */
export function reconnectingClient(open: OpenLine, lost: (why: string) => void): InspectorClient {
  let line: Promise<InspectorClient> | null = null;
  let reason: string | null = null;
  const opened = (): Promise<InspectorClient> => {
    const mine: Promise<InspectorClient> = open((why) => {
      if (line === mine) line = null;
      reason = why;
      lost(why);
    });
    // One that cannot be opened is tried again with the next question.
    mine.catch(() => {
      if (line === mine) line = null;
    });
    return mine;
  };
  const client = (): Promise<InspectorClient> => (line ??= opened());
  const explained = (error: unknown): unknown => (error instanceof ConnectionLost && reason !== null ? new ConnectionLost(error, reason) : error);
  const answer = async <Value>(ask: (client: InspectorClient) => Promise<Value>): Promise<Value> => {
    try {
      return await ask(await client());
    } catch (error) {
      throw explained(error);
    }
  };
  const told = async function* told<News>(ask: (client: InspectorClient) => AsyncIterable<News>): AsyncGenerator<News, void> {
    try {
      yield* ask(await client());
    } catch (error) {
      throw explained(error);
    }
  };
  return {
    runtime: () => answer((engine) => engine.runtime()),
    parseTarget: (text) => answer((engine) => engine.parseTarget(text)),
    scenes: () => answer((engine) => engine.scenes()),
    inspect: (request, signal) => told((engine) => engine.inspect(request, signal)),
    control: (run, action) => answer((engine) => engine.control(run, action)),
    openConsole: (request, signal) => told((engine) => engine.openConsole(request, signal)),
  };
}
