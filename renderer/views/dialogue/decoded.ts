/** What a line says, beside its octets: replies by code and enhanced status, commands and capabilities by their meaning. */
import { localTime } from '../../text/time.ts';
import type { Field } from '../details/fields.ts';
import type { DialogueRow } from './model.ts';

/** RFC 5321 §4.2.3, RFC 3207 §4, RFC 4954 §6 */
const REPLIES: { readonly [code: string]: string } = {
  '211': 'system status', '214': 'help', '220': 'service ready', '221': 'closing the channel', '250': 'completed', '251': 'user not local, will forward',
  '252': 'cannot verify the user, but will try', '334': 'authentication goes on', '354': 'start of the mail', '421': 'not available, closing the channel',
  '450': 'mailbox busy', '451': 'error in processing', '452': 'not enough storage', '454': 'TLS not available for now', '455': 'parameters not accepted now',
  '500': 'syntax error', '501': 'syntax error in parameters', '502': 'command not implemented', '503': 'bad order of commands', '504': 'parameter not implemented',
  '521': 'accepts no mail', '523': 'encryption needed', '530': 'must first do STARTTLS or authenticate', '534': 'mechanism too weak', '535': 'credentials not accepted',
  '538': 'encryption required for the mechanism', '550': 'not taken: mailbox not available', '551': 'user not local', '552': 'storage exceeded', '553': 'mailbox name not allowed',
  '554': 'failed', '555': 'parameters not recognised', '556': 'domain accepts no mail',
};

/** First digit: RFC 5321 §4.2.1. */
const SEVERITY: { readonly [digit: string]: string } = { '2': 'done', '3': 'go on', '4': 'failed for now', '5': 'failed for good' };

/** Second part of an enhanced status code: RFC 3463 §3. */
const SUBJECTS: { readonly [digit: string]: string } = { '0': 'no more to say', '1': 'address', '2': 'mailbox', '3': 'mail system', '4': 'network and routing', '5': 'protocol', '6': 'content', '7': 'security or policy' };

const VERBS: { readonly [verb: string]: string } = {
  EHLO: 'greets, asks for capabilities (RFC 5321 §4.1.1.1)', HELO: 'greets (RFC 5321 §4.1.1.1)', STARTTLS: 'asks for TLS on this connection (RFC 3207 §4)', QUIT: 'ends the session (RFC 5321 §4.1.1.10)',
  NOOP: 'does nothing (RFC 5321 §4.1.1.9)', RSET: 'drops the mail under way (RFC 5321 §4.1.1.5)', MAIL: 'begins a mail (RFC 5321 §4.1.1.2)', RCPT: 'names a recipient (RFC 5321 §4.1.1.3)',
  VRFY: 'asks about a mailbox (RFC 5321 §4.1.1.6)', HELP: 'asks for help (RFC 5321 §4.1.1.8)',
};

const CAPABILITIES: { readonly [keyword: string]: string } = {
  SIZE: 'greatest mail, in octets (RFC 1870)', PIPELINING: 'several commands at once (RFC 2920)', STARTTLS: 'TLS on this connection (RFC 3207)', '8BITMIME': 'eight-bit text (RFC 6152)',
  ENHANCEDSTATUSCODES: 'finer reply codes (RFC 2034)', DSN: 'delivery notices on request (RFC 3461)', CHUNKING: 'mail in pieces, BDAT (RFC 3030)', BINARYMIME: 'binary mail (RFC 3030)',
  SMTPUTF8: 'addresses beyond ASCII (RFC 6531)', AUTH: 'authentication (RFC 4954)', REQUIRETLS: 'TLS all the way (RFC 8689)', VRFY: 'VRFY command', ETRN: 'asks for queued mail (RFC 1985)', HELP: 'HELP command', LIMITS: 'limits told (RFC 9422)',
};

const own = (table: { readonly [key: string]: string }, key: string): string | undefined => (Object.hasOwn(table, key) ? table[key] : undefined);

/**
 * @param row its text is escaped already
 * @param startedAt ISO time at which the run began
 */
export function decodedFields(row: DialogueRow, startedAt: string | null): readonly Field[] {
  const when = row.time === '' ? [] : [{ label: 'Time', value: `${row.time} UTC, ${row.difference} s after the line before` }, ...hereFields(row, startedAt)];
  const what = [{ label: 'Line', value: row.hint }];
  if (row.kind === 'server') return [...what, ...when, ...replyFields(row.text)];
  if (row.kind === 'client') return [...what, ...when, ...verbFields(row.text)];
  return row.kind === 'tls' ? [...what, ...when, { label: 'Message', value: row.text }] : [...what, ...when];
}

/** A server's log has its local time as often as UTC. */
function hereFields({ at }: DialogueRow, startedAt: string | null): readonly Field[] {
  const local = at === null || startedAt === null ? null : localTime(Date.parse(startedAt) + at);
  return local === null ? [] : [{ label: 'Local time', value: local }];
}

function replyFields(text: string): readonly Field[] {
  const [, code, separator = '', rest = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/.exec(text) ?? [];
  if (code === undefined) return [{ label: 'Reply', value: 'not a reply of SMTP (RFC 5321 §4.2)' }];
  const meaning = [own(REPLIES, code), own(SEVERITY, code.slice(0, 1))].filter((part) => part !== undefined).join('; ');
  return [
    { label: 'Reply', value: `${code}, ${meaning}` }, { label: 'Place', value: separator === '-' ? 'more lines of this reply follow' : 'last line of the reply' },
    ...statusFields(rest), ...capabilityFields(code, rest),
  ];
}

function statusFields(rest: string): readonly Field[] {
  const [status, severity = '', subject = ''] = /^([245])\.(\d{1,3})\.\d{1,3}(?= |$)/.exec(rest) ?? [];
  if (status === undefined) return [];
  return [{ label: 'Status', value: [status, own(SEVERITY, severity), own(SUBJECTS, subject)].filter((part) => part !== undefined).join(', ') }];
}

function capabilityFields(code: string, rest: string): readonly Field[] {
  const meaning = code === '250' ? own(CAPABILITIES, /^[A-Za-z0-9-]+/.exec(rest)?.[0].toUpperCase() ?? '') : undefined;
  return meaning === undefined ? [] : [{ label: 'Capability', value: meaning }];
}

function verbFields(text: string): readonly Field[] {
  const meaning = own(VERBS, /^[A-Za-z]+/.exec(text)?.[0].toUpperCase() ?? '');
  return meaning === undefined ? [] : [{ label: 'Command', value: meaning }];
}
