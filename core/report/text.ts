/** The report for a terminal: the verdict, each endpoint, the findings with what to do. Pure text, at most 78 columns where it wraps. */
import { plainText } from '../base/plain-text.ts';
import type { Finding } from '../findings/finding.ts';
import { chainTree, type TreeNode } from '../graph/chain-tree.ts';
import { redactedWords } from '../inspection/redaction-kinds.ts';
import type { EndpointState, Run } from '../inspection/run.ts';
import { unicodeName } from '../target/name-words.ts';
import { targetWords } from '../target/target-words.ts';
import { anchorWarningTexts, anchorWords } from './anchor-words.ts';
import { circumstanceRows, notTested } from './circumstances.ts';
import { commandsInText } from './commands-in-text.ts';
import { consoleText, dialogueText, EDITED_BY_HAND } from './dialogue.ts';
import { senderRows, sendersOf } from './senders.ts';
import { serversText } from './servers.ts';
import { noStyle, OUTCOME_WORDS, SEVERITY_SIGNS, STATUS_SIGNS, type Style } from './style.ts';
import { fit, wrap } from './wrap.ts';

const WIDTH = 78;

export interface TextOptions {
  readonly style?: Style;
  /** with the dialogue of every connection */
  readonly dialogue?: boolean;
  /** with the chain of trust */
  readonly trust?: boolean;
}

/** Ends with a line end. Everything that came from outside is escaped. */
export function textReport(run: Run, findings: readonly Finding[], options: TextOptions = {}): string {
  const style = options.style ?? noStyle;
  // A terminal breaks lines by itself, and the codes of its colours have no width.
  const whole = options.style === undefined ? (lines: readonly string[]): string[] => lines.flatMap((line) => fit(line, WIDTH)) : (lines: readonly string[]): readonly string[] => lines;
  const sections = [
    verdictText(run, style), sendersText(run), whole(matrixText(run, style)), ...findings.map((finding) => findingText(finding, style)), whole(serversText(run)), circumstancesText(run, style),
    options.trust === true ? whole(trustText(run, style)) : [],
    options.dialogue === true ? whole([...run.connections.map((connection) => dialogueText(connection, style)), ...run.consoles.map((console) => consoleText(run, console, style))].flatMap((lines) => [...lines, ''])) : [],
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n').trimEnd()).join('\n\n')}\n`;
}

/** The headline, and what is not whole about the run. */
export function verdictText({ outcome, state, failure, edited }: Run, style: Style = noStyle): string[] {
  const [sign, tone] = OUTCOME_WORDS[outcome.outcome];
  const rfc = outcome.rfc === null || outcome.headline.includes('RFC') ? '' : ` (${outcome.rfc})`;
  const [first = '', ...rest] = wrap(`${plainText(outcome.headline)}${rfc}`, WIDTH - 2);
  const incomplete = state === 'finished' ? [] : wrap(`The run is not whole: ${plainText(failure ?? state, 400)}`, WIDTH, '  ').map((line) => style('doubtful', line));
  return [`${style(tone, sign)} ${style('strong', first)}`, ...rest.map((line) => `  ${style('strong', line)}`), ...incomplete, ...(edited ? wrap(EDITED_BY_HAND, WIDTH, '  ').map((line) => style('doubtful', line)) : [])];
}

/** One row for each kind of sender: what it does with mail for the domain, and what it reports (RFC 8460 §4.3). */
export function sendersText(run: Run): string[] {
  if (run.destination === null) return [];
  const rows = senderRows(sendersOf(run).domain).map(({ sender, does, tlsrpt }) =>
    `  ${sender.padEnd(13)}  ${does.padEnd(26)}  ${tlsrpt === null ? '' : `TLSRPT ${tlsrpt}`}`.trimEnd());
  return ['What senders do:', ...rows];
}

/** One row for each endpoint: host, address, key type, what decided it. */
export function matrixText(run: Run, style: Style = noStyle): string[] {
  const rows = run.endpoints.map((endpoint) => matrixRow(run, endpoint));
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map(({ cells }) => cells[column]?.length ?? 0)));
  const hosts = run.hosts.filter(({ name }) => !run.endpoints.some(({ verdict }) => verdict.host === name));
  return [
    ...rows.flatMap(({ cells, unicode, outcome, why }) => {
      const [sign, tone] = OUTCOME_WORDS[outcome];
      const head = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
      return [`${style(tone, sign)} ${head}  ${style(tone, outcome)}`, ...unicodeLine(unicode), ...wrap(why, WIDTH, '    ').map((line) => style('quiet', line))];
    }),
    ...hosts.flatMap(({ name, reason }) => [`? ${plainText(name)}`, ...unicodeLine(unicodeName(name)), ...wrap(plainText(reason.text), WIDTH, '    ').map((line) => style('quiet', line))]),
  ];
}

const unicodeLine = (unicode: string | null): string[] => (unicode === null ? [] : [`    ${unicode}`]);

interface MatrixRow {
  readonly cells: readonly string[];
  /** the host's name as it is read, where that is not how it is asked for */
  readonly unicode: string | null;
  readonly outcome: EndpointState['verdict']['outcome'];
  readonly why: string;
}

function matrixRow(run: Run, { verdict }: EndpointState): MatrixRow {
  const host = run.hosts.find(({ name }) => name === verdict.host);
  const record = host?.records.find(({ index }) => index === verdict.matched?.record);
  const match = record === undefined ? '' : `${record.usage} ${record.selector} ${record.matchingType}`;
  const preference = host?.preference == null ? '' : `${host.preference} `;
  const rfc = verdict.reason.rfc === null ? '' : ` (${verdict.reason.rfc})`;
  return {
    cells: [`${preference}${plainText(verdict.host)}`, plainText(verdict.address), verdict.keyType ?? '–', match], unicode: unicodeName(verdict.host), outcome: verdict.outcome,
    why: `${plainText(verdict.reason.text, 600)}${rfc}`,
  };
}

export function findingText({ code, severity, message, rfc, remedy }: Finding, style: Style = noStyle): string[] {
  const [sign, tone] = SEVERITY_SIGNS[severity];
  const head = `${style(tone, `${sign} ${severity}`)}: ${style('strong', code)} (${rfc})`;
  const fix = remedy === null ? [] : fixText(remedy.text);
  // Lines to paste stay whole: a broken zone-file line is no record.
  const copy = remedy?.copy == null ? [] : remedy.copy.split('\n').map((line) => `    ${plainText(line)}`);
  return [head, ...wrap(plainText(message, 2000), WIDTH, '  '), ...fix, ...copy];
}

/** A command longer than a line would be broken somewhere: it gets a line of its own. */
function fixText(text: string): string[] {
  const long = commandsInText(text).filter((part) => part.isCommand && part.text.length > WIDTH / 2).map((part) => part.text);
  const parts = long.reduce<readonly string[]>((before, command) => before.flatMap((part) => part.split(`\`${command}\``).flatMap((piece, index) => (index === 0 ? [piece] : [command, piece]))), [`Fix: ${text}`]);
  return parts.flatMap((part) => (long.includes(part) ? [`    ${plainText(part)}`] : wrap(plainText(part.trim(), 1000), WIDTH, '  ')));
}

export function trustText(run: Run, style: Style = noStyle): string[] {
  return chainTree(run).flatMap((node) => nodeText(node, style, 0));
}

const MAXIMUM_DEPTH = 60;

function nodeText({ label, status, word, detail, children }: TreeNode, style: Style, depth: number): string[] {
  const [sign, tone] = STATUS_SIGNS[status];
  const indent = '  '.repeat(depth);
  const text = plainText([word === undefined ? label : `${label}, ${word}`, ...(detail === '' ? [] : [detail])].join(': '), 1000);
  const [first = '', ...rest] = wrap(text, WIDTH, `${indent}  `);
  const below = depth < MAXIMUM_DEPTH ? children.flatMap((child) => nodeText(child, style, depth + 1)) : [];
  return [`${indent}${style(tone, sign)} ${first.trimStart()}`, ...rest, ...below];
}

function circumstancesText(run: Run, style: Style): string[] {
  const { context, anchors } = run;
  if (context === null) return [];
  const { target, tlsLibrary, startedAt, version, helo, lab } = context;
  const where = lab === null ? '' : ` in the ${lab}`;
  const text = `Checked ${targetWords(target)} at ${startedAt}${where} by Danescope ${version}: trust anchor ${anchorWords(anchors)}, ${tlsLibrary}, EHLO ${helo}.`;
  const options = circumstanceRows(run).filter(([name]) => TOLD_BELOW.has(name)).map(([name, value]) => `${name}: ${value}.`).join(' ');
  const redacted = redactedWords(context.redacted);
  const quiet = [text, options, ...(redacted === null ? [] : [`Redacted: ${redacted}.`])].flatMap((sentence) => wrap(plainText(sentence, 2000), WIDTH)).map((line) => style('quiet', line));
  const missing = notTested(run).flatMap((one) => wrap(plainText(`Not tested: ${one}`, 1000), WIDTH)).map((line) => style('quiet', line));
  const warnings = anchorWarningTexts(context).flatMap((warning) => wrap(plainText(`Trust anchors: ${warning}.`, 1000), WIDTH).map((line) => style('doubtful', line)));
  return [...quiet, ...missing, ...warnings];
}

/** What the sentence before does not say. */
const TOLD_BELOW: ReadonlySet<string> = new Set(['Asked for', 'Ended (UTC)', 'Seen from', 'Resolver', 'Name servers', 'Probing', 'Clock offset', 'Limits (ms)']);
