/** The engine as its process runs it: on the ports of the system or on the practice lab. */
import type { InspectorEngine } from '../core/api/engine.ts';
import type { InspectRequest, Runtime, TargetReading } from '../core/api/inspector-client.ts';
import { success } from '../core/base/result.ts';
import { openConsole } from '../core/inspection/console.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import { inspect } from '../core/inspection/inspect.ts';
import { CONNECTIONS, DEFAULT_TIMEOUTS } from '../core/inspection/options.ts';
import type { Resolution } from '../core/inspection/options.ts';
import type { RunControl } from '../core/inspection/run-control.ts';
import { Turns } from '../core/inspection/turns.ts';
import { ehloName } from '../core/net/ehlo-name.ts';
import { openAsIs } from '../core/net/open-vantage.ts';
import type { OpenVantage } from '../core/net/open-vantage.ts';
import { systemVantage } from '../core/net/vantage.ts';
import type { Vantage } from '../core/net/vantage.ts';
import { anchorsText, resolutionText } from '../core/report/vantage-words.ts';
import { parseTarget } from '../core/target/parse.ts';
import type { TargetOptions } from '../core/target/parse.ts';
import type { EngineSettings } from './engine-messages.ts';
import type { RunningEngine } from './engine-server.ts';
import { version } from '../core/net/program-version.ts';

/** seen by nobody but the lab's own servers */
const LAB_HELO = 'probe.example.org';

export async function startEngine(settings: EngineSettings): Promise<RunningEngine> {
  const lab = settings.lab ? await (await import('../lab/open.ts')).openLab() : null;
  const from = lab ?? openAsIs(await systemVantage());
  const { vantage } = from;
  const helo = settings.helo ?? (lab === null ? ehloName() : LAB_HELO);
  const runs = new RunningRuns();
  const turns = new Turns(CONNECTIONS);
  const engine: InspectorEngine = {
    runtime: () => ({ ...runtimeOf(settings, vantage), helo, sources: vantage.sources }),
    parseTarget: (text) => reading(text),
    scenes: () => lab?.scenes ?? [],
    inspect: (request, signal, control) => runs.count(run(request, { from, helo, turns, control }, signal)),
    openConsole: (request, signal, control) => {
      const opened = openConsole(request, control, signal);
      return opened.ok ? success(runs.count(opened.value)) : opened;
    },
  };
  const close = async (): Promise<void> => {
    await runs.ended(vantage);
    await from.close();
  };
  return { engine, close };
}

const runtimeOf = (settings: EngineSettings, vantage: Vantage): Omit<Runtime, 'helo' | 'sources'> => ({
  version: version(),
  tlsLibrary: vantage.ports.tls.library,
  shell: settings.shell,
  lab: settings.lab,
  trustAnchors: anchorsText(vantage.trustAnchors),
  resolver: resolutionText(vantage.resolution),
});

function reading(text: string, options: TargetOptions = {}): TargetReading {
  const result = parseTarget(text, options);
  return result.ok ? { ok: true, target: result.value } : { ok: false, error: result.failure };
}

/** What all runs of an engine share; the turns make it one connection at a time to an address, however many windows there are. */
interface Circumstances {
  readonly from: OpenVantage;
  readonly helo: string;
  readonly turns: Turns;
  /** of this run alone */
  readonly control: RunControl;
}

/** A target that does not read is our bug here: the page asked `parseTarget` before, and shows what it said. */
async function* run(request: InspectRequest, { from, helo, turns, control }: Circumstances, signal: AbortSignal): AsyncGenerator<InspectionEvent, void> {
  const { port, tls } = request;
  const { vantage } = from;
  const target = reading(request.target, { ...(port === undefined ? {} : { port }), ...(tls === undefined ? {} : { tls }) });
  if (!target.ok) throw new Error(`target does not read: ${target.error.code}`);
  const { ports, options } = from.runOf(target.target, {
    helo: request.helo ?? helo, version: version(), resolution: resolutionOf(request, vantage), trustAnchors: vantage.trustAnchors, anchorWarnings: vantage.anchorWarnings ?? [], sources: vantage.sources, sourceNames: vantage.sourceNames,
    families: request.families ?? [4, 6], probe: request.probe ?? 'full', allServers: request.allServers ?? false, timeouts: DEFAULT_TIMEOUTS, lab: vantage.lab, turns, control,
  });
  yield* inspect(target.target, ports, options, signal);
}

/** A resolver that a person named is not gone round (ADR 11). */
const resolutionOf = ({ resolver }: InspectRequest, { resolution }: Vantage): Resolution =>
  (resolver === undefined ? resolution : { mode: 'forwarding', servers: [{ name: null, ...resolver }], why: null });

/** ms that runs have to say QUIT when the engine ends */
const GOODBYE = 2000;

class RunningRuns {
  #running = 0;
  #settle = (): void => {};

  async *count(events: AsyncGenerator<InspectionEvent, void>): AsyncGenerator<InspectionEvent, void> {
    this.#running += 1;
    try {
      yield* events;
    } finally {
      this.#running -= 1;
      if (this.#running === 0) this.#settle();
    }
  }

  async ended({ ports }: Vantage): Promise<void> {
    if (this.#running === 0) return;
    const idle = new Promise<void>((resolve) => {
      this.#settle = resolve;
    });
    await Promise.race([idle, ports.clock.sleep(GOODBYE, new AbortController().signal)]);
  }
}
