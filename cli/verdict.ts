/** The end of the text: what senders do, for each host, and the findings with what to do. */
import { plainText } from '../core/base/plain-text.ts';
import type { Finding } from '../core/findings/finding.ts';
import type { Run } from '../core/inspection/run.ts';
import { OUTCOME_SIGNS, SEVERITY_SIGNS } from './style.ts';
import type { Paint } from './style.ts';

export function verdictText(run: Run, findings: readonly Finding[], paint: Paint): string {
  const lines = ['', ...outcomeLines(run, paint), ...findings.flatMap((finding) => ['', ...findingLines(finding, paint)]), ''];
  return `${lines.join('\n')}\n`;
}

function outcomeLines({ outcome, state }: Run, paint: Paint): readonly string[] {
  const [sign, tone] = OUTCOME_SIGNS[outcome.outcome];
  const rfc = outcome.rfc === null ? '' : ` (${outcome.rfc})`;
  const ended = state === 'finished' ? [] : [paint('doubtful', `    the run is not complete: ${state}`)];
  const hosts = outcome.hosts.map((host) => {
    const [hostSign, hostTone] = OUTCOME_SIGNS[host.outcome];
    return `    ${paint(hostTone, hostSign)} ${host.preference === null ? '' : `${String(host.preference)} `}${plainText(host.name)}: ${host.outcome}`;
  });
  return [`${paint(tone, `${sign} ${outcome.outcome}`)}: ${paint('strong', plainText(outcome.headline))}${rfc}`, ...hosts, ...ended];
}

function findingLines({ code, severity, subject, message, rfc, remedy }: Finding, paint: Paint): readonly string[] {
  const [sign, tone] = SEVERITY_SIGNS[severity];
  const about = plainText(subject.slice(subject.indexOf(':') + 1), 255);
  const head = `${paint(tone, `${sign} ${severity}`)} ${paint('strong', code)} ${about}`;
  const fix = remedy === null ? [] : [`    fix: ${plainText(remedy.text)}`, ...(remedy.copy === null ? [] : remedy.copy.split('\n').map((line) => `         ${plainText(line)}`))];
  return [head, `    ${plainText(message)} (${rfc})`, ...fix];
}
