/** The report for an issue tracker or a mail to the provider: Markdown in which nothing from outside is markup. */
import { plainText } from '../base/plain-text.ts';
import type { Finding } from '../findings/finding.ts';
import type { ConsoleState, Run } from '../inspection/run.ts';
import { consoleText, EDITED_BY_HAND } from './dialogue.ts';
import { senderRows, sendersOf } from './senders.ts';
import { anchorWarningTexts, anchorWords } from './anchor-words.ts';

/** Ends with a line end. */
export function markdownReport(run: Run, findings: readonly Finding[]): string {
  const { outcome, context } = run;
  const rfc = outcome.rfc === null || outcome.headline.includes('RFC') ? '' : ` (${outcome.rfc})`;
  const sections = [
    `# ${prose(context?.target.input ?? 'No target')}`, `**${prose(outcome.headline)}**${rfc}`, incomplete(run), run.edited ? EDITED_BY_HAND : '', senderList(run), endpointTable(run), ...findings.map(findingSection), ...run.consoles.map((console) => consoleSection(run, console)), circumstances(run),
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
    const cells = [verdict.host, verdict.address, verdict.keyType ?? '–', verdict.outcome, verdict.reason.text];
    return `| ${cells.map((cell) => prose(cell)).join(' | ')} |`;
  });
  return ['| MX host | Address | Key | Outcome | Reason |', '|---|---|---|---|---|', ...rows].join('\n');
}

function findingSection({ code, severity, message, rfc, remedy }: Finding): string {
  const fix = remedy === null ? [] : ['', `Fix: ${prose(remedy.text)}`];
  const copy = remedy?.copy == null ? [] : ['', ...codeBlock(remedy.copy)];
  return [`## ${severity}: ${code}`, '', `${prose(message)} (${rfc})`, ...fix, ...copy].join('\n');
}

const consoleSection = (run: Run, console: ConsoleState): string => ['## Console', '', ...consoleText(run, console).flatMap(codeBlock)].join('\n');

/** Indented by four: no fence that the text could close. */
const codeBlock = (text: string): string[] => text.split('\n').map((line) => `    ${plainText(line)}`);

function circumstances({ context, anchors }: Run): string {
  if (context === null) return '';
  const how = context.resolver.mode === 'iterative' ? 'resolved from the root' : `resolved by ${context.resolver.servers.map(({ address }) => address).join(', ')}`;
  const warnings = anchorWarningTexts(context).map((text) => ` Trust anchors: ${prose(text)}.`).join('');
  return `Checked ${context.startedAt} by Danescope ${prose(context.version)}: ${prose(how)}, trust anchor ${prose(anchorWords(anchors))}, ${prose(context.tlsLibrary)}.${warnings}`;
}

/** On one line, every character that could be markup or HTML escaped (CommonMark §2.4). */
const prose = (text: string): string => plainText(text, 2000).replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&').replaceAll(/:\/\//g, ':\\/\\/').replaceAll('@', '\\@');
