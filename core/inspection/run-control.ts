/** A person's hand on a run: step mode while it goes on, the console after it. One a run; it outlives the run's last event. */
import type { PausableDeadline } from '../base/pausable-deadline.ts';
import { failed, success } from '../base/result.ts';
import type { ConsoleDesk } from '../smtp/console-desk.ts';
import type { PausedCommand, Pilot, StepWord } from '../smtp/session.ts';
import { editedCommand } from '../smtp/typed-line.ts';
import type { ControlAction, ControlAnswer, ControlRefusal } from './control.ts';
import type { RunThread } from './run-thread.ts';

interface Waiting extends PausedCommand {
  readonly settle: (word: StepWord | null) => void;
}

const refused = (code: ControlRefusal['code'], text: string): ControlAnswer => failed({ code, text });
const done = success(undefined);

/** ms that the other dialogues of a stopped run have to come to their next command and say QUIT */
const STOP_PATIENCE = 5000;

export class RunControl implements Pilot {
  isStopped = false;
  /** what a console goes on with; null until the run told its last event */
  thread: RunThread | null = null;
  desk: ConsoleDesk | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #isStepping: boolean;
  #pauses = 0;
  #dialogues = 0;
  #run: { readonly deadline: PausableDeadline; readonly stop: () => void; readonly sleep: (ms: number) => Promise<void> } | null = null;

  constructor({ step }: { readonly step: boolean }) {
    this.#isStepping = step;
  }

  /** The run begins: its deadline does not run while a person is waited for. */
  attach(deadline: PausableDeadline, stop: () => void, sleep: (ms: number) => Promise<void>): void {
    this.#run = { deadline, stop, sleep };
  }

  /** The run told its last event. */
  detach(thread: RunThread): void {
    this.#run = null;
    this.thread = thread;
  }

  get isAsked(): boolean {
    return this.#isStepping || this.isStopped;
  }

  nextPause(): number {
    this.#pauses += 1;
    return this.#pauses;
  }

  word({ pause, command }: PausedCommand, signal: AbortSignal): Promise<StepWord | null> {
    if (signal.aborted) return Promise.resolve(null);
    if (this.isStopped) return Promise.resolve({ type: 'stop' });
    this.#run?.deadline.pause();
    return new Promise((resolve) => {
      const left = (): void => settle(null);
      const settle = (word: StepWord | null): void => {
        signal.removeEventListener('abort', left);
        if (this.#waiting.delete(pause)) this.#run?.deadline.resume();
        resolve(word);
      };
      signal.addEventListener('abort', left);
      this.#waiting.set(pause, { pause, command, settle });
    });
  }

  forget(pause: number): void {
    this.#waiting.get(pause)?.settle(null);
  }

  begin(): void {
    this.#dialogues += 1;
  }

  end(): void {
    this.#dialogues -= 1;
    if (this.isStopped && this.#dialogues === 0) this.#run?.stop();
  }

  control(action: ControlAction): ControlAnswer {
    switch (action.type) {
      case 'type': return this.#type(action.text, action.confirmed);
      case 'close': return this.#close();
      case 'pause': case 'continue': case 'stop': case 'send': case 'skip': case 'edit': return this.#run === null ? refused('run-is-over', 'The run is over.') : this.#step(action);
    }
  }

  #step(action: Extract<ControlAction, { type: 'pause' | 'continue' | 'stop' | 'send' | 'skip' | 'edit' }>): ControlAnswer {
    switch (action.type) {
      case 'pause':
        this.#isStepping = true;
        return done;
      case 'continue':
        this.#isStepping = false;
        this.#all({ type: 'send' });
        return done;
      case 'stop': return this.#stop();
      case 'send': case 'skip': case 'edit': {
        const waiting = this.#waiting.get(action.pause);
        if (waiting === undefined) return refused('nothing-waits', 'That command waits no more.');
        return action.type === 'edit' ? edit(waiting, action.text) : answer(waiting, { type: action.type });
      }
    }
  }

  #stop(): ControlAnswer {
    this.isStopped = true;
    this.#all({ type: 'stop' });
    const run = this.#run;
    if (this.#dialogues === 0) run?.stop();
    else void run?.sleep(STOP_PATIENCE).then(() => run.stop());
    return done;
  }

  #all(word: StepWord): void {
    for (const { settle } of this.#waiting.values()) settle(word);
  }

  #type(text: string, confirmed: boolean): ControlAnswer {
    return this.desk === null ? refused('no-console', 'No channel is open.') : this.desk.type(text, confirmed);
  }

  #close(): ControlAnswer {
    if (this.desk === null) return refused('no-console', 'No channel is open.');
    this.desk.close();
    return done;
  }
}

function edit(waiting: Waiting, text: string): ControlAnswer {
  // Unchanged is sent as it is: the run is not marked for it.
  if (text === waiting.command) return answer(waiting, { type: 'send' });
  const octets = editedCommand(text, waiting.command);
  return octets.ok ? answer(waiting, { type: 'edit', text, octets: octets.value }) : octets;
}

function answer({ settle }: Waiting, word: StepWord): ControlAnswer {
  settle(word);
  return done;
}
