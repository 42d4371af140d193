/** The commands that a person may type, what each does in one line, and which of them the server offers. */

export interface Suggestion {
  readonly text: string;
  readonly help: string;
}

interface Verb extends Suggestion {
  /** keyword of the extension without which it is not offered; null for what every server has */
  readonly needs: string | null;
}

const VERBS: readonly Verb[] = [
  { text: 'EHLO ', needs: null, help: 'Says who we are; the server lists its extensions anew (RFC 5321 §4.1.1.1).' },
  { text: 'MAIL FROM:<>', needs: null, help: 'Begins a transaction with its return path; nothing is sent before DATA (§4.1.1.2).' },
  { text: 'RCPT TO:<>', needs: null, help: 'Names a recipient; the reply says whether the server takes mail for it (§4.1.1.3).' },
  { text: 'DATA', needs: null, help: 'Hands over a message, line by line, up to a full stop alone. It is delivered (§4.1.1.4).' },
  { text: 'RSET', needs: null, help: 'Gives the transaction up; the channel stays (§4.1.1.5).' },
  { text: 'VRFY ', needs: null, help: 'Asks whether a mailbox is there; most servers do not say (§4.1.1.6).' },
  { text: 'EXPN ', needs: 'EXPN', help: 'Asks for the members of a list (§4.1.1.7).' },
  { text: 'HELP', needs: null, help: 'Asks for the server’s own help (§4.1.1.8).' },
  { text: 'NOOP', needs: null, help: 'Does nothing; keeps the channel from idling (§4.1.1.9).' },
  { text: 'ETRN ', needs: 'ETRN', help: 'Asks the server to work through its queue for a domain (RFC 1985).' },
  { text: 'QUIT', needs: null, help: 'Ends the session; the server closes the channel (§4.1.1.10).' },
];

const PARAMETERS: readonly { readonly verb: 'MAIL' | 'RCPT'; readonly keyword: string; readonly texts: readonly string[]; readonly help: string }[] = [
  { verb: 'MAIL', keyword: 'SIZE', texts: ['SIZE='], help: 'Octets of the message, so that the server can refuse early (RFC 1870).' },
  { verb: 'MAIL', keyword: '8BITMIME', texts: ['BODY=8BITMIME'], help: 'The message has octets beyond ASCII (RFC 6152).' },
  { verb: 'MAIL', keyword: 'SMTPUTF8', texts: ['SMTPUTF8'], help: 'Addresses and headers may be UTF-8 (RFC 6531).' },
  { verb: 'MAIL', keyword: 'REQUIRETLS', texts: ['REQUIRETLS'], help: 'Every hop must use verified TLS, or the mail comes back (RFC 8689).' },
  { verb: 'MAIL', keyword: 'DSN', texts: ['RET=HDRS', 'RET=FULL'], help: 'What a delivery report gives back (RFC 3461).' },
  { verb: 'RCPT', keyword: 'DSN', texts: ['NOTIFY=NEVER', 'NOTIFY=SUCCESS,FAILURE,DELAY'], help: 'When a delivery report is wanted (RFC 3461).' },
];

/** @param capabilities as the server listed them inside TLS */
export function suggestions(typed: string, capabilities: readonly string[]): readonly Suggestion[] {
  if (typed.trim() === '') return [];
  const upper = typed.toUpperCase();
  const keywords = new Set(capabilities.map(keywordOf));
  const verbs = VERBS.filter(({ needs }) => needs === null || keywords.has(needs));
  const all: readonly Suggestion[] = [...verbs, ...authMechanisms(capabilities), ...parametersFor(typed, keywords)];
  return all.filter(({ text }) => text.toUpperCase().startsWith(upper) && text.toUpperCase() !== upper);
}

/** All that can be asked for, where nothing is typed yet. */
export const everyVerb = (capabilities: readonly string[]): readonly Suggestion[] => {
  const keywords = new Set(capabilities.map(keywordOf));
  return [...VERBS.filter(({ needs }) => needs === null || keywords.has(needs)), ...authMechanisms(capabilities)];
};

function authMechanisms(capabilities: readonly string[]): readonly Suggestion[] {
  const offered = capabilities.find((capability) => keywordOf(capability) === 'AUTH')?.split(/\s+/).slice(1) ?? [];
  return offered.slice(0, 20).filter((mechanism) => /^[A-Za-z0-9_-]{1,20}$/.test(mechanism)).map((mechanism) => ({ text: `AUTH ${mechanism.toUpperCase()}`, help: HELP_AUTH }));
}

function parametersFor(typed: string, keywords: ReadonlySet<string>): readonly Suggestion[] {
  const [, verb = '', before = ''] = /^((?:MAIL|RCPT)) ((?:FROM|TO):\s*<[^<>]*>(?:\s+\S+)*\s+)\S*$/i.exec(typed) ?? [];
  if (verb === '') return [];
  const given = typed.slice(0, verb.length + 1 + before.length);
  return PARAMETERS.filter((one) => one.verb === verb.toUpperCase() && keywords.has(one.keyword)).flatMap(({ texts, help }) => texts.map((text) => ({ text: `${given}${text}`, help })));
}

const HELP_AUTH = 'Logs in; nothing of what follows is kept (RFC 4954).';

/** One line about the verb that is being typed; null for an unknown one. */
export function helpFor(typed: string): string | null {
  const verb = verbOf(typed);
  if (verb === 'AUTH') return HELP_AUTH;
  return verb === '' ? null : VERBS.find(({ text }) => verbOf(text) === verb)?.help ?? null;
}

export const verbOf = (typed: string): string => (/^[A-Za-z0-9]+/.exec(typed)?.[0] ?? '').toUpperCase();

const keywordOf = (capability: string): string => (/^\S+/.exec(capability)?.[0] ?? '').toUpperCase();
