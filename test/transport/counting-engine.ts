/** An engine without a network: it counts, so that a test can see what crosses the seam and what stops. */
import type { InspectorEngine } from '../../core/api/engine.ts';
import { PausableDeadline } from '../../core/base/pausable-deadline.ts';
import { failed, success } from '../../core/base/result.ts';
import type { Runtime } from '../../core/api/inspector-client.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { RunControl } from '../../core/inspection/run-control.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { ConsoleDesk } from '../../core/smtp/console-desk.ts';
import { parseTarget } from '../../core/target/parse.ts';

/**
 * The target says what happens: `count-500.example` tells 500 events and ends, `endless.example` goes on until it is stopped,
 * `bug.example` tells one event and throws, `paused.example` waits at its second event for a word. `resolver` of the runtime says
 * how many runs and consoles are under way.
 */
export function countingEngine(shell: Runtime['shell']): InspectorEngine {
  const clock = new SystemClock();
  let running = 0;
  return {
    runtime: () => ({ version: '0.0.0', tlsLibrary: 'none', shell, lab: false, trustAnchors: 'none', resolver: `${String(running)} running`, helo: 'probe.example', sources: [] }),
    parseTarget: (text) => {
      const result = parseTarget(text);
      return result.ok ? { ok: true, target: result.value } : { ok: false, error: result.failure };
    },
    scenes: () => [{ name: 'good', domain: 'good.example', title: 'Good — “all” of it', outcome: 'authenticated', findings: [] }],
    openConsole: ({ host }, signal, control) => {
      if (host !== 'mx.example') return failed({ code: 'unknown-endpoint', text: `not ${host}` });
      const desk = new ConsoleDesk({ mail: false, auth: false });
      control.desk = desk;
      return success(typing(desk, signal));
    },
    inspect: async function* inspect({ target }, signal, control) {
      if (target === 'paused.example') return yield* pausing(signal, control);
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

  async function* pausing(signal: AbortSignal, control: RunControl): AsyncGenerator<InspectionEvent, void> {
    const nobody = new AbortController();
    control.attach(new PausableDeadline(clock, 60_000, nobody.signal), () => {}, () => Promise.resolve());
    running += 1;
    try {
      for (let seq = 0; !signal.aborted && control.isAsked; seq += 1) {
        const pause = control.nextPause();
        const word = control.word({ pause, command: 'EHLO x' }, signal);
        yield paused(seq, pause);
        if ((await word)?.type === 'stop') return;
      }
    } finally {
      running -= 1;
      nobody.abort();
    }
  }

  /** Tells each line that came through the guards. */
  async function* typing(desk: ConsoleDesk, signal: AbortSignal): AsyncGenerator<InspectionEvent, void> {
    running += 1;
    try {
      for (let seq = 100; ; seq += 1) {
        const line = desk.next(signal);
        yield { ...event(seq), type: 'run.stopped', text: 'next line' };
        const typed = await line;
        if (typed === null) return;
        yield { ...event((seq += 1)), type: 'run.stopped', text: typed.text };
      }
    } finally {
      running -= 1;
    }
  }
}

const paused = (seq: number, pause: number): InspectionEvent => ({ seq, at: seq, subject: 'run:1', type: 'smtp.paused', connection: 1, pause, command: 'EHLO x' });

const event = (seq: number): InspectionEvent => ({ seq, at: seq, subject: 'run:1', type: 'run.stopped', text: `event ${String(seq)} \u202e\u0000\ud83d\ude00` });
