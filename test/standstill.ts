/**
 * A run of the tests that stands still ends, and says where. A test has its time, but who counts it is the process of the test: where that one
 * itself stands still, nobody would end the run.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** ms without a word from any test; the longest test says nothing for some three minutes on two cores */
const LONGEST = 10 * 60_000;

export class Standstill implements Reporter {
  readonly #longest: number;
  readonly #open = new Set<string>();
  #watch: NodeJS.Timeout | undefined;

  constructor(longest = LONGEST) {
    this.#longest = longest;
  }

  onTestModuleQueued({ moduleId }: TestModule): void {
    this.#open.add(moduleId);
    this.#heard();
  }

  onTestCaseReady(): void {
    this.#heard();
  }

  onTestCaseResult(): void {
    this.#heard();
  }

  onTestModuleEnd({ moduleId }: TestModule): void {
    this.#open.delete(moduleId);
    this.#heard();
  }

  onTestRunEnd(): void {
    clearTimeout(this.#watch);
  }

  #heard(): void {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#end(), this.#longest);
  }

  #end(): never {
    const children = childProcesses();
    const lines = [`No test said anything for ${String(this.#longest / 1000)} s. The run is ended. At work were:`, ...this.#open, ...children.flatMap((pid) => doingOf(pid))];
    process.stderr.write(`${lines.join('\n')}\n`);
    for (const pid of children) process.kill(pid, 'SIGKILL');
    process.exit(1);
  }
}

/** Linux alone tells them; elsewhere they end with the run, unless they stand still too. */
function childProcesses(): readonly number[] {
  return numbersIn('/proc').filter((pid) => statOf(`/proc/${String(pid)}`)?.parent === process.pid);
}

/** What each thread of a process waits for in the kernel, and the processor time it has had. */
function doingOf(pid: number): readonly string[] {
  const threads = numbersIn(`/proc/${String(pid)}/task`).map((thread) => `/proc/${String(pid)}/task/${String(thread)}`);
  return [`process ${String(pid)}:`, ...threads.map((at) => `  ${statOf(at)?.text ?? 'gone'} ${textOf(`${at}/wchan`)}`)];
}

function statOf(at: string): { readonly parent: number; readonly text: string } | null {
  const whole = textOf(`${at}/stat`);
  const [state = '', parent = '', ...rest] = whole.slice(whole.lastIndexOf(')') + 2).split(' ');
  if (state === '') return null;
  // utime and stime, in hundredths of a second (proc_pid_stat(5)).
  const seconds = (Number(rest[9]) + Number(rest[10])) / 100;
  return { parent: Number(parent), text: `${whole.slice(whole.indexOf('(') + 1, whole.lastIndexOf(')'))} ${state} ${seconds.toFixed(1)} s` };
}

function numbersIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
