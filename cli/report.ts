/** `danescope report RUNFILE`: a saved run as a report. A run shows the same tomorrow: nothing is contacted. */
import { assess } from '../core/findings/assess.ts';
import { fold } from '../core/inspection/fold.ts';
import { readRunFile } from '../core/inspection/run-file.ts';
import { exitCode } from '../core/report/exit-code.ts';
import { jsonReport } from '../core/report/json.ts';
import { textReport } from '../core/report/text.ts';
import { readRunText } from './files.ts';
import { readFlags } from './flags.ts';
import type { Output } from './output.ts';
import { styleFor } from './style.ts';
import { UsageError } from './usage-error.ts';

const SPECS = { format: { type: 'string', example: 'json' }, 'no-color': { type: 'boolean' } } as const;

/** The exit code is that of the run. */
export function report(args: readonly string[], output: Output): Promise<number> {
  const flags = readFlags('report', args, SPECS);
  const [path, surplus] = flags.words;
  if (path === undefined) throw new UsageError('report needs a run file', 'save one with: danescope check --save example.org.run example.org');
  if (surplus !== undefined) throw new UsageError('report takes one run file', `what is ${surplus}?`);
  const events = readRunFile(readRunText(path));
  if (!events.ok) throw new UsageError(`the run file ${path}, line ${String(events.failure.line)}: ${events.failure.text}`, 'run files are written by: danescope check --save FILE');
  const run = fold(events.value);
  const findings = assess(run);
  const format = flags.text('format') ?? 'text';
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format ${format} is not known`, 'it is one of text, json');
  const style = styleFor(output.colour && !flags.has('no-color'));
  output.write(format === 'json' ? `${JSON.stringify(jsonReport(run, findings), null, 2)}\n` : textReport(run, findings, { style, dialogue: true, trust: true }));
  return Promise.resolve(exitCode(run, findings));
}
