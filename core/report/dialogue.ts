/** SMTP dialogues as text, with the prefixes that readers of swaks know: `->` sent, `<-` received, `~` inside TLS, `*` unexpected. */
import { plainText } from '../base/plain-text.ts';
import type { ConnectionState, ConsoleState, Run } from '../inspection/run.ts';
import type { DialogueLine } from '../smtp/facts.ts';
import { purposeText } from '../smtp/purpose.ts';
import { channelWords } from './channel-words.ts';
import { handshakeLines } from './handshake.ts';
import { noStyle, type Style } from './style.ts';

/** One line, escaped: a mail server must not be able to move the cursor of who reads it. */
export function dialogueLine(line: DialogueLine, style: Style = noStyle): string {
  if (line.from === 'note') return style('quiet', `=== ${plainText(line.text)}`);
  const text = `${prefix(line).padEnd(4)} ${plainText(line.text, 1000)}`;
  return line.unexpected ? style('bad', text) : text;
}

function prefix({ from, protected: isProtected, unexpected }: DialogueLine): string {
  const stroke = isProtected ? '~' : '-';
  const mark = unexpected ? '*' : '';
  return from === 'client' ? ` ${stroke}>${mark}` : `<${stroke}${mark}`;
}

/** A whole connection with the time since it began and since the line before, in seconds. */
export function dialogueText({ connection, lines, startedAt, failure, ...state }: ConnectionState, style: Style = noStyle): string[] {
  const purpose = purposeText(connection.purpose);
  const offer = purpose === null ? '' : `, ${purpose}`;
  const head = `=== ${plainText(connection.host)} [${plainText(connection.address)}]:${connection.port}${offer}`;
  let before = startedAt;
  const told = lines.map((line) => {
    const step = line.at - before;
    before = line.at;
    return `${seconds(line.at - startedAt)} ${style('quiet', `+${seconds(step)}`)} ${dialogueLine(line, style)}`;
  });
  const tls = handshakeLines(state).map((line) => style('quiet', `=== ${line}`));
  return [head, ...told, ...tls, ...(failure === null ? [] : [style('bad', `*** ${plainText(failure.text)}`)])];
}

/** What a person typed after the run, and what the server answered. */
export function consoleText(run: Run, console: ConsoleState, style: Style = noStyle): string[] {
  const { text, why } = channelWords(run, { ...console, state: console.verdict === null ? console.state : 'open' });
  const [head = '', ...lines] = dialogueText(console, style);
  const end = console.end === null ? [] : [`=== ${channelWords(run, console).text}`];
  return [head, `=== ${text}${why === null ? '' : `: ${why}`}`, ...lines, ...end];
}

/** Every report of a run that a person had a hand in begins with it. */
export const EDITED_BY_HAND = 'Edited by hand: commands were changed or left out in step mode. This is not what a sender meets.';

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
