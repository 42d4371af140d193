/** The command line is wrong: what is, and the way out. Ends the command with exit code 64 (EX_USAGE of sysexits.h). */
export class UsageError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'UsageError';
    this.hint = hint;
  }
}
