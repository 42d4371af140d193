/** `danescope`: finds the command, and ends with its exit code. */
import { plainText } from '../core/base/plain-text.ts';
import { version } from '../core/net/program-version.ts';
import { nearest } from './flags.ts';
import { helpText } from './help.ts';
import type { HelpTopic } from './help.ts';
import { NotPrinted } from './not-printed.ts';
import { standardOutput } from './output.ts';
import type { Output } from './output.ts';
import { UsageError } from './usage-error.ts';

/** @returns the exit code */
type Command = (args: readonly string[], output: Output) => Promise<number>;

/** Loaded when asked for: help must not wait for the engine. */
const COMMANDS: { readonly [name: string]: { readonly topic: HelpTopic; readonly load: (() => Promise<Command>) | null } } = {
  check: { topic: 'check', load: async () => (await import('./check.ts')).check },
  report: { topic: 'report', load: async () => (await import('./report.ts')).report },
  lab: { topic: 'lab', load: async () => (await import('./lab.ts')).lab },
  'trust-anchor': { topic: 'trust-anchor', load: async () => (await import('./trust-anchor.ts')).trustAnchor },
  // Their program is the local host; the launcher starts it.
  app: { topic: 'app', load: null },
  serve: { topic: 'app', load: null },
};

/** EX_USAGE and EX_SOFTWARE of sysexits.h; Node's own 1 for a crash would read as "warnings". */
const USAGE = 64;
const OUR_BUG = 70;
/** EX_UNAVAILABLE: the browser that prints is not there, or does not */
const NOT_PRINTED = 69;

async function main(args: readonly string[], to: Output): Promise<number> {
  try {
    return await dispatch(args, to);
  } catch (error) {
    if (error instanceof UsageError) {
      to.error(`danescope: ${plainText(error.message)}\n           ${plainText(error.hint)}\n`);
      return USAGE;
    }
    if (error instanceof NotPrinted) {
      to.error(`danescope: ${plainText(error.message)}\n`);
      return NOT_PRINTED;
    }
    to.error(`danescope: this is a bug of danescope, please report it:\n${plainLines(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
    return OUR_BUG;
  }
}

const plainLines = (text: string): string => text.split('\n').map((line) => plainText(line)).join('\n');

async function dispatch([first, ...rest]: readonly string[], to: Output): Promise<number> {
  if (first === undefined) throw new UsageError('no command was given', 'such as: danescope check example.org, or: danescope --help');
  if (first === '--help' || first === '-h' || first === 'help') return told(to, helpText(COMMANDS[rest[0] ?? '']?.topic ?? 'general'));
  if (first === '--version' || first === '-V') return told(to, `danescope ${version()}\n`);
  const command = COMMANDS[first];
  if (command === undefined) throw unknownCommand(first);
  if (rest.includes('--help') || rest.includes('-h')) return told(to, helpText(command.topic));
  if (command.load === null) throw new UsageError(`${first} is started by the danescope launcher`, `such as: npx danescope ${first}`);
  const run = await command.load();
  return run(rest, to);
}

function told(to: Output, text: string): number {
  to.write(text);
  return 0;
}

function unknownCommand(word: string): UsageError {
  if (/[.@:]/.test(word)) return new UsageError(`${word} is no command`, `to inspect it: danescope check ${word}`);
  const near = nearest(word.slice(0, 64), Object.keys(COMMANDS));
  return new UsageError(`${word} is no command`, near === null ? 'see: danescope --help' : `did you mean: danescope ${near}`);
}

const code = await main(process.argv.slice(2), standardOutput());
// An output that failed has set it already.
process.exitCode ??= code;
