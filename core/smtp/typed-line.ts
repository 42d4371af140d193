/** What a person may send over a connection of ours: one line, and nothing by which more than a line would go out. */
import type { Result } from '../base/result.ts';
import { failed, success } from '../base/result.ts';
import type { ConsolePermission, LineRefusal } from './permission.ts';

/** octets of a command with its CRLF (RFC 5321 §4.5.3.1.4) */
export const LONGEST_COMMAND = 512;
/** octets of a line of mail with its CRLF (RFC 5321 §4.5.3.1.6) */
export const LONGEST_TEXT_LINE = 1000;
/** octets of a line of an AUTH exchange with its CRLF (RFC 4954 §4) */
export const LONGEST_AUTH_LINE = 12_288;

const refused = (code: LineRefusal['code'], text: string): Result<never, LineRefusal> => failed({ code, text });

/** The octets of the line with its CRLF. @param most with it */
export function lineOctets(text: string, most: number): Result<Uint8Array, LineRefusal> {
  // RFC 5321 §4.1.1: CRLF ends a command, so one inside would begin another; §4.5.2: NUL is not for commands.
  if (/[\r\n\0]/.test(text)) return refused('line-break', 'One line at a time: a line must not hold CR, LF or NUL.');
  const octets = encoder.encode(`${text}\r\n`);
  if (octets.length > most) return refused('too-long', `The line has ${String(octets.length)} octets with its CRLF; at most ${String(most)} are allowed.`);
  return success(octets);
}

/** In upper case; empty where the text does not begin with one. Whatever follows it, a lax server may take it for that verb. */
export const verbOf = (text: string): string => (/^[A-Za-z0-9]+/.exec(text)?.[0] ?? '').toUpperCase();

/** A command in place of one that step mode paused. */
export function editedCommand(text: string, planned: string): Result<Uint8Array, LineRefusal> {
  const verb = verbOf(text);
  if (verb === '') return refused('empty', 'A command begins with its verb.');
  if (GUARDED.has(verb)) return refused('not-here', `${verb} is for the console, which asks first.`);
  if (NEVER.has(verb) && verb !== verbOf(planned)) return refused('not-here', `${verb} cannot be put in here: ${NEVER.get(verb) ?? ''}`);
  if (verb === 'QUIT' && verbOf(planned) !== 'QUIT') return refused('not-here', 'To end the dialogue, stop it.');
  return lineOctets(text, LONGEST_COMMAND);
}

/** A command of the console. */
export function consoleCommand(text: string, permission: ConsolePermission, confirmed: boolean): Result<Uint8Array, LineRefusal> {
  const verb = verbOf(text);
  if (verb === '') return refused('empty', 'A command begins with its verb.');
  const never = NEVER.get(verb);
  if (never !== undefined) return refused('not-here', `${verb} is not sent from the console: ${never}`);
  const guard = GUARDED.get(verb);
  if (guard === undefined) return lineOctets(text, LONGEST_COMMAND);
  if (!permission[guard.needs]) return refused('not-allowed', `${verb} ${guard.why}; it is off for this channel.`);
  const octets = lineOctets(text, guard.needs === 'auth' ? LONGEST_AUTH_LINE : LONGEST_COMMAND);
  return octets.ok && !confirmed ? refused('needs-confirmation', `${verb} ${guard.why}.`) : octets;
}

const GUARDED: ReadonlyMap<string, { readonly needs: keyof ConsolePermission; readonly why: string }> = new Map([
  ['AUTH', { needs: 'auth', why: 'shows a password, or what stands for it, to the server' }],
  ['DATA', { needs: 'mail', why: 'hands over a message that the server delivers' }],
  ['BURL', { needs: 'mail', why: 'hands over a message that the server delivers' }],
]);

/** After these the channel would carry something else than lines of ours and replies. */
const NEVER: ReadonlyMap<string, string> = new Map([
  ['BDAT', 'what follows it is counted octets, not lines (RFC 3030 §2).'],
  ['STARTTLS', 'the handshake is made by the inspector, once a connection (RFC 3207 §4).'],
  ['TURN', 'it turns the roles of client and server round (RFC 5321 F.1).'],
  ['ATRN', 'it turns the roles of client and server round (RFC 2645 §5.2).'],
]);

/** A line of a message; one that begins with a full stop gets another (RFC 5321 §4.5.2). */
export const textLine = (text: string): Result<Uint8Array, LineRefusal> =>
  (text.startsWith('.') ? lineOctets(`.${text}`, LONGEST_TEXT_LINE + 1) : lineOctets(text, LONGEST_TEXT_LINE));

const encoder = new TextEncoder();
