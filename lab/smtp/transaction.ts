/** What a visitor with a console may try on a mail server of the lab: RFC 5321 §4.1 as Postfix answers it. Mail is taken and thrown away. */
export interface TransactionOptions {
  readonly hostname: string;
  /** AUTH (RFC 4954) is offered: a submission service inside TLS */
  readonly takesAuth: boolean;
}

type Mode = 'command' | 'message' | 'auth-name' | 'auth-password';

export class Transaction {
  readonly #options: TransactionOptions;
  #sender = false;
  #recipients = 0;
  #mode: Mode = 'command';

  constructor(options: TransactionOptions) {
    this.#options = options;
  }

  /** EHLO and STARTTLS begin anew (RFC 5321 §4.1.4). */
  reset(): void {
    this.#sender = false;
    this.#recipients = 0;
  }

  /** The line is no command, but part of a message or of AUTH. @returns the reply, null where none is due, undefined for a command */
  inside(line: string): string | null | undefined {
    switch (this.#mode) {
      case 'command': return undefined;
      case 'message': return line === '.' ? this.#delivered() : null;
      case 'auth-name':
        if (line === '*') return this.#authEnds('501 5.7.0 Authentication aborted');
        this.#mode = 'auth-password';
        return '334 UGFzc3dvcmQ6';
      case 'auth-password': return this.#authEnds(line === '*' ? '501 5.7.0 Authentication aborted' : `535 5.7.8 Error: authentication failed: ${line}`);
    }
  }

  answer(verb: string, line: string): string {
    switch (verb) {
      case 'NOOP': return '250 2.0.0 Ok';
      case 'RSET':
        this.reset();
        return '250 2.0.0 Ok';
      case 'HELP': return '214 2.0.0 Commands: EHLO MAIL RCPT DATA RSET NOOP VRFY HELP QUIT';
      case 'VRFY': return '252 2.0.0 Cannot VRFY user, but will accept message and attempt delivery';
      case 'ETRN': case 'EXPN': return '502 5.5.1 Error: command not implemented';
      case 'MAIL': return this.#mail(line);
      case 'RCPT': return this.#rcpt(line);
      case 'DATA': return this.#data();
      case 'AUTH': return this.#auth(line);
      default: return '502 5.5.2 Error: command not recognized';
    }
  }

  #mail(line: string): string {
    if (!/^MAIL FROM:\s*<[^<>]*>/i.test(line)) return '501 5.5.4 Syntax: MAIL FROM:<address>';
    if (this.#sender) return '503 5.5.1 Error: nested MAIL command';
    this.#sender = true;
    return '250 2.1.0 Ok';
  }

  #rcpt(line: string): string {
    const address = /^RCPT TO:\s*<([^<>]+)>/i.exec(line)?.[1];
    if (address === undefined) return '501 5.5.4 Syntax: RCPT TO:<address>';
    if (!this.#sender) return '503 5.5.1 Error: need MAIL command';
    const domain = address.split('@')[1]?.toLowerCase() ?? '';
    if (domain !== '' && !this.#options.hostname.toLowerCase().endsWith(domain)) return `554 5.7.1 <${address}>: Relay access denied`;
    this.#recipients += 1;
    return '250 2.1.5 Ok';
  }

  #data(): string {
    if (!this.#sender) return '503 5.5.1 Error: need MAIL command';
    if (this.#recipients === 0) return '554 5.5.1 Error: no valid recipients';
    this.#mode = 'message';
    return '354 End data with <CR><LF>.<CR><LF>';
  }

  #delivered(): string {
    this.#mode = 'command';
    this.reset();
    return '250 2.0.0 Ok: taken, and thrown away in the practice lab';
  }

  #auth(line: string): string {
    if (!this.#options.takesAuth) return '503 5.5.1 Error: authentication not enabled';
    const [, mechanism = '', initial = ''] = /^AUTH\s+(\S+)\s*(.*)$/i.exec(line) ?? [];
    // A server that quotes what it was sent: some do, and it must be kept nowhere.
    if (mechanism.toUpperCase() === 'PLAIN' && initial !== '') return `535 5.7.8 Error: authentication failed: ${initial}`;
    if (mechanism.toUpperCase() !== 'LOGIN' && mechanism.toUpperCase() !== 'PLAIN') return '504 5.5.4 Unrecognized authentication type';
    this.#mode = mechanism.toUpperCase() === 'LOGIN' ? 'auth-name' : 'auth-password';
    return mechanism.toUpperCase() === 'LOGIN' ? '334 VXNlcm5hbWU6' : '334 ';
  }

  #authEnds(reply: string): string {
    this.#mode = 'command';
    return reply;
  }
}
