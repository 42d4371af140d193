/** A person's hand for tests: answers each pause, and types line after line, as facts come. */
import { PausableDeadline } from '../../core/base/pausable-deadline.ts';
import type { ControlAction } from '../../core/inspection/control.ts';
import { RunControl } from '../../core/inspection/run-control.ts';
import { SystemClock } from '../../core/net/system-clock.ts';
import { systemPorts } from '../../core/net/ports.ts';
import { IDLE_WARNING } from '../../core/smtp/listening.ts';
import type { ConverseOptions } from '../../core/smtp/session.ts';

/** A control whose run goes on. @param stop what stopping the run does */
export function stepping(stop: () => void = () => {}): RunControl {
  const control = new RunControl({ step: true });
  const clock = new SystemClock();
  const deadline = new PausableDeadline(clock, 60_000, new AbortController().signal);
  deadline.clear();
  control.attach(deadline, stop, () => new Promise(() => {}));
  return control;
}

/** A person who looks away: the time until the warning passes at once. */
export function hurried(): ConverseOptions['ports'] {
  const clock = new (class extends SystemClock {
    override sleep(ms: number, signal: AbortSignal): Promise<void> {
      return super.sleep(ms === IDLE_WARNING ? 0 : ms, signal);
    }
  })();
  return { ...systemPorts(), clock };
}

export type Answer = (command: string, pause: number) => ControlAction;

export const send: Answer = (_command, pause) => ({ type: 'send', pause });
