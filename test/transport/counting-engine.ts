/** An engine without a network: it counts, so that a test can see what crosses the seam and what stops. */
import type { InspectorEngine } from '../../core/api/engine.ts';
import type { Runtime } from '../../core/api/inspector-client.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { parseTarget } from '../../core/target/parse.ts';

/**
 * The target says what happens: `count-500.example` tells 500 events and ends, `endless.example` goes on until it is stopped,
 * `bug.example` tells one event and throws. `resolver` of the runtime says how many runs are under way.
 */
export function countingEngine(shell: Runtime['shell']): InspectorEngine {
  const clock = new SystemClock();
  let running = 0;
  return {
    runtime: () => ({ version: '0.0.0', tlsLibrary: 'none', shell, lab: false, trustAnchors: 'none', resolver: `${String(running)} running`, helo: 'probe.example' }),
    parseTarget: (text) => {
      const result = parseTarget(text);
      return result.ok ? { ok: true, target: result.value } : { ok: false, error: result.failure };
    },
    scenes: () => [{ name: 'good', domain: 'good.example', title: 'Good — “all” of it', outcome: 'authenticated', findings: [] }],
    inspect: async function* inspect({ target }, signal) {
      running += 1;
      try {
        const most = target === 'endless.example' ? Number.POSITIVE_INFINITY : Number(/^count-(\d+)/.exec(target)?.[1] ?? 1);
        for (let seq = 0; seq < most && !signal.aborted; seq += 1) {
          yield event(seq);
          if (target === 'endless.example') await clock.sleep(1, signal);
        }
        if (target === 'bug.example') throw new Error('a bug with a secret in its text');
      } finally {
        running -= 1;
      }
    },
  };
}

const event = (seq: number): InspectionEvent => ({ seq, at: seq, subject: 'run:1', type: 'run.stopped', text: `event ${String(seq)} \u202e\u0000\ud83d\ude00` });
