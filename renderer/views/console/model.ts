/** The console of a run as the view shows it; everything follows from the run. */
import { plainText } from '../../../core/base/plain-text.ts';
import { endpointSubject } from '../../../core/base/subject.ts';
import type { SubjectId } from '../../../core/base/subject.ts';
import type { EndpointVerdict } from '../../../core/dane/facts.ts';
import type { ConsoleRequest } from '../../../core/inspection/control.ts';
import type { ConsoleState, Run } from '../../../core/inspection/run.ts';
import type { ChannelWords } from '../../../core/report/channel-words.ts';
import type { DialogueLine } from '../../../core/smtp/facts.ts';
import { nameInBothForms } from '../../../core/target/name-words.ts';
import { focusOf } from '../../selection/focus.ts';
import type { Selection } from '../../selection/selection-history.ts';
import type { Status } from '../../status/vocabulary.ts';
import { LONGEST_LABEL } from '../../text/subject-label.ts';

/** The last console where it is not closed. */
export function openConsoleOf({ consoles }: Run): ConsoleState | null {
  const last = consoles.at(-1);
  return last === undefined || last.state === 'closed' ? null : last;
}

const STATUSES: { readonly [State in ChannelWords['state']]: Omit<Status, 'word'> } = {
  opening: { sign: 'pending', tone: 'pending' }, authenticated: { sign: 'check', tone: 'secure' }, 'not-authenticated': { sign: 'cross', tone: 'bogus' }, closed: { sign: 'dash', tone: 'neutral' },
};

export const channelStatus = (state: ChannelWords['state']): Omit<Status, 'word'> => STATUSES[state];

/** How the server reads the next line, and whether it still owes a reply. `text`: lines of a message after 354. */
export type ConsoleTurn = 'command' | 'auth' | 'text' | 'busy';

/** From the lines alone: 334 asks for an answer within AUTH (RFC 4954 §4), 354 for a message up to a full stop alone (RFC 5321 §4.1.1.4). */
export function turnOf(lines: readonly DialogueLine[]): ConsoleTurn {
  const reply = lines.findLastIndex(({ from, text }) => from === 'server' && /^\d{3}(?: |$)/.test(text));
  const after = lines.slice(reply + 1).filter(({ from }) => from === 'client');
  const { text = '', redacted } = lines[reply] ?? {};
  if (text.startsWith('354') && after.every((line) => line.text !== '.')) return 'text';
  if (after.length > 0) return 'busy';
  return text.startsWith('334') && redacted === true ? 'auth' : 'command';
}

/** Endpoints to which a channel can be opened: each address and key type that TLS was made with. */
export interface ConsoleChoice extends Pick<ConsoleRequest, 'host' | 'address' | 'keyType'> {
  readonly id: string;
  /** escaped */
  readonly label: string;
  /** what selecting it selects in every view */
  readonly subject: SubjectId;
}

export function consoleChoices({ endpoints }: Run): readonly ConsoleChoice[] {
  const choices = new Map<string, ConsoleChoice>();
  for (const one of endpoints.map(({ verdict }) => choice(verdict))) if (!choices.has(one.id)) choices.set(one.id, one);
  return [...choices.values()];
}

function choice({ host, address, keyType: shown }: EndpointVerdict): ConsoleChoice {
  const keyType = shown === 'RSA' || shown === 'ECDSA' || shown === 'EdDSA' ? shown : null;
  return { host, address, keyType, id: `${host} ${address} ${keyType ?? ''}`, label: plainText(`${nameInBothForms(host)} · ${address}${keyType === null ? '' : ` · ${keyType}`}`, LONGEST_LABEL), subject: endpointSubject(host, address, shown) };
}

/** The endpoint that the selection leads to, as in every view; the first where nothing is selected. */
export function chosenEndpoint(run: Run, selection: Selection | null, last: SubjectId | null): ConsoleChoice | undefined {
  const choices = consoleChoices(run);
  const { endpoint } = selection === null ? { endpoint: null } : focusOf(run, selection, last);
  return choices.find(({ id }) => endpoint !== null && id === choice(endpoint.verdict).id) ?? choices[0];
}

/** `->`, `<~` and so on, as swaks has them. */
export const arrow = ({ from, protected: inside, unexpected }: DialogueLine): string => {
  const stroke = inside ? '~' : '-';
  return from === 'note' ? '===' : (from === 'client' ? ` ${stroke}>` : `<${stroke} `) + (unexpected ? '*' : '');
};
