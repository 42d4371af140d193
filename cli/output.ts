/** Where a command writes. A reader that goes away (`| head`) is no failure: writing then does nothing. A full disk is one, and is told once. */
export interface Output {
  /** @param content octets where it is no text */
  write(content: string | Uint8Array): void;
  error(text: string): void;
  /** the output is a terminal that wants colour */
  readonly colour: boolean;
  /** a person sees what is written */
  readonly terminal: boolean;
  /** aborted when the reader of stdout went away, or nothing more can be written to it */
  readonly closed: AbortSignal;
}

/** EX_IOERR of sysexits.h: what was found did not all reach where it was to be written */
export const NOT_WRITTEN = 74;

export function standardOutput(): Output {
  const closed = new AbortController();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    closed.abort();
    if (error.code === 'EPIPE') return;
    process.stderr.write(`danescope: the output cannot be written (${error.code ?? error.message})\n`);
    // After the last write it comes late: the command has ended with its own code.
    process.exitCode = NOT_WRITTEN;
  });
  // A log that nobody reads must not end a run either.
  process.stderr.on('error', () => {});
  return {
    write: (content) => {
      if (!closed.signal.aborted) process.stdout.write(content);
    },
    error: (text) => void process.stderr.write(text),
    colour: wantsColour(process.stdout.isTTY, process.env),
    terminal: (process.stdout.isTTY as boolean | undefined) === true,
    closed: closed.signal,
  };
}

/** https://no-color.org: present and not empty means no colour */
export function wantsColour(terminal: boolean | undefined, environment: NodeJS.ProcessEnv): boolean {
  return terminal === true && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}
