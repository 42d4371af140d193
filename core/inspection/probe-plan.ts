/**
 * What to ask of an address next, from what it showed so far. One connection at a time, as few as it takes to know each key type
 * under TLS 1.3 and TLS 1.2: the usual offer; the key types that are left, at once, until none of them is there; then TLS 1.2.
 */
import { UNRECOGNIZED_NAME } from '../tls/alert.ts';
import type { TlsRequest } from '../tls/client.ts';
import type { ConnectionPurpose, SmtpFailure } from '../smtp/facts.ts';
import type { ProbeDepth } from './events.ts';
import type { Session } from '../smtp/session.ts';
import type { KeyType } from '../x509/facts.ts';

type KeyKind = TlsRequest['keyTypes'][number];

/** One connection to be made: what its ClientHello offers, and why. */
export interface Ask {
  readonly purpose: ConnectionPurpose;
  /** in words; null for the usual offer */
  readonly why: string | null;
  readonly keyTypes: readonly KeyKind[];
  readonly maximumVersion: TlsRequest['maximumVersion'];
  readonly serverName: boolean;
  readonly groups: 'usual' | 'small';
}

/** What came of an `Ask`. */
export interface Answer {
  readonly ask: Ask;
  readonly session: Pick<Session, 'failure' | 'tlsFailure' | 'established' | 'parameters'>;
  /** of the leaf; null where no certificate was seen */
  readonly keyType: KeyType | null;
}

/** connections to one address in one run as senders make them: three for the ladder, three key types, three under TLS 1.2 less what cannot come together */
export const MAXIMUM_CONNECTIONS = 8;

const KEY_TYPES: readonly KeyKind[] = ['RSA', 'ECDSA', 'EdDSA'];

/** in the order in which OpenSSL, the library of most senders, prefers them */
const USUAL_KEY_TYPES: readonly KeyKind[] = ['ECDSA', 'EdDSA', 'RSA'];

export const USUAL: Ask = { purpose: 'default', why: null, keyTypes: USUAL_KEY_TYPES, maximumVersion: 'TLSv1.3', serverName: true, groups: 'usual' };

/** The next connection; null where all is known that this way of probing wants to know. */
export function nextAsk(answers: readonly Answer[], probe: ProbeDepth): Ask | null {
  if (answers.length === 0) return USUAL;
  const base = answers.find(({ session }) => session.established);
  if (base === undefined) return nextRung(answers);
  if (probe === 'quick') return null;
  const senders = answers.length >= MAXIMUM_CONNECTIONS || !isSound(base) ? null : otherKeys(base, answers) ?? withTls12(base, answers);
  return senders ?? (probe === 'intrusive' ? injection(base, answers) : null);
}

/** Last, as a server may take it ill. */
function injection(base: Answer, answers: readonly Answer[]): Ask | null {
  const why = 'does the server obey inside TLS a command that came in clear behind STARTTLS?';
  return answers.some(({ ask }) => ask.purpose === 'command injection') ? null : { ...base.ask, purpose: 'command injection', why };
}

/** What serves only to explain a refusal needs no further connection. */
const isSound = ({ ask, session, keyType }: Answer): boolean => ask.serverName && !isTooOld(session.parameters?.protocol) && keyType !== null && keyType !== 'other';

/** RFC 8996 §4, §5 */
export const isTooOld = (protocol: string | undefined): boolean => protocol === 'TLSv1' || protocol === 'TLSv1.1' || protocol === 'SSLv3';

/** The ladder after a failed handshake: each rung leaves out what the server seems not to bear, and is tried once. */
export function nextRung(answers: readonly Answer[]): Ask | null {
  const last = answers.at(-1);
  if (last === undefined) return USUAL;
  const { ask, session: { tlsFailure } } = last;
  // RFC 6066 §3: a server may end the handshake where it does not know the name; RFC 7672 §8.1 lets it do no such thing.
  if (ask.serverName && tlsFailure?.alert?.from === 'server' && tlsFailure.alert.code === UNRECOGNIZED_NAME) {
    return { ...ask, purpose: 'without SNI', serverName: false, why: 'without SNI: which chain does the server show without a name?' };
  }
  if (ask.groups === 'usual' && isSilentEnd(last)) {
    return { ...ask, purpose: 'smaller ClientHello', groups: 'small', why: 'with a smaller ClientHello of fewer groups: is that one answered?' };
  }
  return null;
}

/** The ClientHello met silence, FIN or RST, as with devices that cannot read one of its length. */
function isSilentEnd({ session: { tlsFailure } }: Answer): boolean {
  const isEnd = tlsFailure?.code === 'closed' || tlsFailure?.code === 'reset' || tlsFailure?.code === 'timeout';
  return isEnd && !tlsFailure.messages.some(({ from }) => from === 'server');
}

/** All key types that were not seen are asked for at once: a refusal says that none of them is there. */
function otherKeys(base: Answer, answers: readonly Answer[]): Ask | null {
  const asked = answers.filter(({ ask }) => ask.maximumVersion === 'TLSv1.3');
  const left = KEY_TYPES.filter((keyType) => !asked.some((answer) => answer.session.established && answer.keyType === keyType));
  if (left.length === 0 || asked.some((answer) => answer !== base && isLater(answer, base, answers) && !showedWhatWasAsked(answer))) return null;
  return { ...base.ask, purpose: purposeOf(left), keyTypes: left, why: `is there a certificate with ${left.join(' or ')} too?` };
}

/** The key types that are there, under TLS 1.2: many servers prefer another one there, or show another chain. */
function withTls12(base: Answer, answers: readonly Answer[]): Ask | null {
  if (base.session.parameters?.protocol !== 'TLSv1.3') return null;
  const asked = answers.filter(({ ask }) => ask.maximumVersion === 'TLSv1.2');
  if (asked.some((answer) => !showedWhatWasAsked(answer))) return null;
  const seen = (among: readonly Answer[]): readonly KeyKind[] => KEY_TYPES.filter((keyType) => among.some((answer) => answer.session.established && answer.keyType === keyType));
  const left = seen(answers).filter((keyType) => !seen(asked).includes(keyType));
  if (left.length === 0) return null;
  return { ...base.ask, purpose: 'TLS 1.2', keyTypes: left, maximumVersion: 'TLSv1.2', why: `which chain does a sender without TLS 1.3 see (${left.join(' or ')})?` };
}

const isLater = (answer: Answer, base: Answer, answers: readonly Answer[]): boolean => answers.indexOf(answer) > answers.indexOf(base);

/** A server that shows a key type that was not asked for would do so for ever. */
const showedWhatWasAsked = ({ session, keyType, ask }: Answer): boolean => session.established && ask.keyTypes.some((asked) => asked === keyType);

function purposeOf(keyTypes: readonly KeyKind[]): ConnectionPurpose {
  const [first = 'RSA', second] = keyTypes;
  if (second === undefined) return first;
  if (first === 'ECDSA') return 'ECDSA or EdDSA';
  return second === 'ECDSA' ? 'RSA or ECDSA' : 'RSA or EdDSA';
}

/** A server that puts us off, or goes away before TLS, gets no further connection. A refused handshake only says what it has not. */
export const wantsNoMore = (failure: SmtpFailure | null): boolean =>
  failure !== null && (failure.code === 'aborted' || (failure.code !== 'tls' && !AFTER_THE_BEGINNING.has(failure.phase)));

const AFTER_THE_BEGINNING: ReadonlySet<SmtpFailure['phase']> = new Set(['handshake', 'ehlo-protected', 'quit']);
