/** The report for an issue tracker or a mail to the provider: Markdown in which nothing from outside is markup. */
import { plainText } from '../base/plain-text.ts';
import type { Evidence, Finding } from '../findings/finding.ts';
import { redactedWords } from '../inspection/redaction-kinds.ts';
import type { ConnectionState, ConsoleState, Run } from '../inspection/run.ts';
import { nameInBothForms } from '../target/name-words.ts';
import { targetWords } from '../target/target-words.ts';
import { consoleText, dialogueLine, EDITED_BY_HAND } from './dialogue.ts';
import { senderRows, sendersOf } from './senders.ts';
import { anchorWarningTexts, anchorWords } from './anchor-words.ts';
import { clockWords } from './clock-words.ts';
import { circumstanceRows, endedAt, notTested } from './circumstances.ts';
import { commandsInText } from './commands-in-text.ts';

/** Ends with a line end. */
export function markdownReport(run: Run, findings: readonly Finding[]): string {
  const { outcome, context } = run;
  const rfc = outcome.rfc === null || outcome.headline.includes('RFC') ? '' : ` (${outcome.rfc})`;
  const sections = [
    `# ${prose(context === null ? 'No target' : targetWords(context.target))}`, `**${prose(outcome.headline)}**${rfc}`, incomplete(run), run.edited ? EDITED_BY_HAND : '', senderList(run), endpointTable(run), ...findings.map((finding) => findingSection(run, finding)), ...run.consoles.map((console) => consoleSection(run, console)), circumstances(run),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const incomplete = ({ state, failure }: Run): string => (state === 'finished' ? '' : `The run is not whole: ${prose(failure ?? state)}`);

function senderList(run: Run): string {
  if (run.destination === null) return '';
  return senderRows(sendersOf(run).domain).map(({ sender, example, does, text, rfc, tlsrpt }) =>
    `- Sender ${sender} (${prose(example)}): **${does}**. ${prose(text)} (${rfc})${tlsrpt === null ? '' : `; reports ${tlsrpt}`}`).join('\n');
}

function endpointTable(run: Run): string {
  if (run.endpoints.length === 0) return '';
  const rows = run.endpoints.map(({ verdict }) => {
    const cells = [nameInBothForms(verdict.host), verdict.address, verdict.keyType ?? '–', verdict.outcome, verdict.reason.text];
    return `| ${cells.map((cell) => prose(cell)).join(' | ')} |`;
  });
  return ['| MX host | Address | Key | Outcome | Reason |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** One finding for a ticket: what, by which rule, the fix, the evidence with the end of the dialogue, and about what. Ends with a line end. */
export const findingMarkdown = (run: Run, finding: Finding): string =>
  `${findingSection(run, finding)}\n\nAbout: ${prose(finding.subject)}${run.context === null ? '' : `, seen ${run.context.startedAt}`}\n`;

function findingSection(run: Run, { code, severity, message, rfc, remedy, evidence }: Finding): string {
  const fix = remedy === null ? [] : ['', `Fix: ${withCommands(remedy.text)}`];
  const copy = remedy?.copy == null ? [] : ['', ...codeBlock(remedy.copy)];
  return [`## ${severity}: ${prose(code)}`, '', `${prose(message)} (${prose(rfc)})`, ...fix, ...copy, ...excerpt(run, evidence)].join('\n');
}

const MOST_EVIDENCE = 5;
/** lines of a dialogue before the one that tells */
const BEFORE = 3;

/** Where it was seen, and the end of the dialogue that shows it. */
function excerpt({ connections }: Run, evidence: readonly Evidence[]): string[] {
  if (evidence.length === 0) return [];
  const places = evidence.slice(0, MOST_EVIDENCE).map(({ label }) => prose(label, 200)).join(', ');
  const more = evidence.length > MOST_EVIDENCE ? ` and ${String(evidence.length - MOST_EVIDENCE)} more` : '';
  const seen = evidence.flatMap(({ seq }) => connections.flatMap(({ lines }) => linesBefore(lines, seq))).slice(0, 2 * (BEFORE + 1));
  return ['', `Evidence: ${places}${more}`, ...(seen.length === 0 ? [] : ['', ...seen.flatMap((line) => codeBlock(dialogueLine(line).slice(0, 200)))])];
}

function linesBefore(lines: ConnectionState['lines'], seq: number | null): ConnectionState['lines'] {
  const index = seq === null ? -1 : lines.findIndex((line) => line.seq === seq);
  return index === -1 ? [] : lines.slice(Math.max(0, index - BEFORE), index + 1);
}

/** In a code span nothing is markup, and a backtick cannot be in it (CommonMark §6.1). */
const withCommands = (text: string): string => commandsInText(text).map((part) => (part.isCommand ? `\`${plainText(part.text)}\`` : prose(part.text))).join('');

const consoleSection = (run: Run, console: ConsoleState): string => ['## Console', '', ...consoleText(run, console).flatMap(codeBlock)].join('\n');

/** Indented by four: no fence that the text could close. */
const codeBlock = (text: string): string[] => text.split('\n').map((line) => `    ${plainText(line)}`);

function circumstances(run: Run): string {
  const { context, anchors } = run;
  if (context === null) return '';
  const warnings = anchorWarningTexts(context).map((text) => ` Trust anchors: ${prose(text)}.`).join('');
  const redacted = redactedWords(context.redacted);
  const where = context.lab === null ? '' : ` in the ${prose(context.lab)}`;
  const sentence = `Checked ${prose(context.startedAt)} to ${prose(endedAt(run))}${where} by Danescope ${prose(context.version)}: trust anchor ${prose(anchorWords(anchors))}, ${prose(context.tlsLibrary)}, EHLO ${prose(context.helo)}. Clock offset: ${prose(clockWords(run).whole)}.${warnings}`;
  const missing = notTested(run).map((text) => `- Not tested: ${prose(text, 600)}`).join('\n');
  const options = circumstanceRows(run).filter(([name]) => TOLD_BELOW.has(name)).map(([name, text]) => `${name}: ${prose(text)}.`).join(' ');
  return [sentence, options, missing, redacted === null ? '' : `Redacted: ${redacted}.`].filter((part) => part !== '').join('\n\n');
}

/** What the sentence before does not say. */
const TOLD_BELOW: ReadonlySet<string> = new Set(['Asked for', 'Seen from', 'Resolver', 'Name servers', 'Probing', 'Limits (ms)']);

/** On one line, every character that could be markup or HTML escaped (CommonMark §2.4), and nothing that a tracker makes a link of. */
const prose = (text: string, longest = 2000): string =>
  plainText(text, longest).replaceAll(/[\\`*_{}[\]<>()#+!|~&$]/g, '\\$&').replaceAll(/:\/\//g, ':\\/\\/').replaceAll('@', '\\@').replaceAll(/\b(www)\./gi, '$1\\.');
