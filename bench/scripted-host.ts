/** The local host with the built page, and behind it an engine that tells recorded events in place of inspecting anything. */
import { join } from 'node:path';
import type { InspectorEngine } from '../core/api/engine.ts';
import { failed } from '../core/base/result.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import { SystemClock } from '../core/net/system-clock.ts';
import { parseTarget } from '../core/target/parse.ts';
import { EngineProcess } from '../service/engine-process.ts';
import { startHost } from '../service/host.ts';
import type { Host } from '../service/host.ts';
import { readPageFiles } from '../service/page-files.ts';
import { openSession } from '../service/session.ts';
import type { Session } from '../service/session.ts';

const pageFolder = join(import.meta.dirname, '..', '..', 'renderer');
const clock = new SystemClock();

export interface Script {
  readonly events: readonly InspectionEvent[];
  /** events told at once, and ms between */
  pace: { readonly events: number; readonly ms: number };
  /** runs told to their end */
  told: number;
}

/** Messages pass through oRPC and the WebSocket as ever; only the process between is left out. */
export function startScriptedHost(script: Script): Promise<Host> {
  const engine = new EngineProcess(({ message }) => {
    const sessions = new Map<number, Session>();
    return {
      send: (sent) => {
        if (sent.type === 'open') sessions.set(sent.session, openSession(scripted(script), clock, (text) => message({ type: 'message', session: sent.session, text })));
        if (sent.type === 'message') sessions.get(sent.session)?.receive(sent.text);
        if (sent.type === 'close') sessions.get(sent.session)?.close();
      },
      kill: () => {},
    };
  });
  return startHost({ files: readPageFiles(pageFolder), engine, tokenLifetime: 60_000, grace: 5000, patience: 5000, now: Date.now });
}

function scripted(script: Script): InspectorEngine {
  return {
    runtime: () => ({ version: '0', tlsLibrary: 'none', shell: 'local-host', lab: true, trustAnchors: 'recorded', resolver: 'recorded', sources: [], helo: 'bench.example' }),
    parseTarget: (text) => {
      const read = parseTarget(text);
      return read.ok ? { ok: true, target: read.value } : { ok: false, error: read.failure };
    },
    scenes: () => [],
    inspect: (_request, signal) => told(script, signal),
    openConsole: () => failed({ code: 'unknown-run', text: 'recorded runs have no channel' }),
  };
}

/** Each run begins at a time of its own, as the window knows runs by it. */
async function* told(script: Script, signal: AbortSignal): AsyncGenerator<InspectionEvent, void> {
  const { events, pace } = script;
  const startedAt = new Date().toISOString();
  for (const [index, event] of events.entries()) {
    if (index > 0 && index % pace.events === 0 && pace.ms > 0) await clock.sleep(pace.ms, signal);
    yield event.type === 'run.started' ? { ...event, context: { ...event.context, startedAt } } : event;
  }
  script.told += 1;
}
