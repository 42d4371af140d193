/** `danescope report RUNFILE`: a saved run, or one on standard input (`-`), as a report. A run shows the same tomorrow: nothing is contacted. */
import { assess } from '../core/findings/assess.ts';
import { cutOff, fold } from '../core/inspection/fold.ts';
import { readRunFile } from '../core/inspection/run-file.ts';
import { exitCode } from '../core/report/exit-code.ts';
import { isSameFile, readRunText, writeReport } from './files.ts';
import { readFlags } from './flags.ts';
import type { Output } from './output.ts';
import { checkOutput, paperOf, redactionOf, REPORT_FORMATS, reportOf, type ReportFormat } from './report-formats.ts';
import { UsageError } from './usage-error.ts';

const SPECS = {
  format: { type: 'string', example: 'html' }, output: { type: 'string', example: 'example.org.html' }, redact: { type: 'string', example: 'all' }, paper: { type: 'string', example: 'letter' }, 'no-color': { type: 'boolean' },
} as const;

/** The exit code is that of the run. */
export async function report(args: readonly string[], output: Output): Promise<number> {
  const flags = readFlags('report', args, SPECS);
  const [path, surplus] = flags.words;
  if (path === undefined) throw new UsageError('report needs a run file', 'save one with: danescope check --save example.org.run example.org');
  if (surplus !== undefined) throw new UsageError('report takes one run file', `what is ${surplus}?`);
  const format = formatOf(flags.text('format') ?? 'text');
  const redaction = redactionOf(flags.text('redact'));
  const paper = paperOf(flags.text('paper'));
  const file = flags.text('output');
  const events = readRunFile(readRunText(path));
  if (!events.ok) throw new UsageError(`the run file ${path}, line ${String(events.failure.line)}: ${events.failure.text}`, 'run files are written by: danescope check --save FILE');
  if (events.value.length === 0) throw new UsageError(`the run file ${path} holds no event`, 'the check ended before it began');
  if (file !== null && isSameFile(path, file)) throw new UsageError(`--output ${file} is the run file itself`, 'name another file: a run cannot be made again');
  checkOutput(format, file, output.terminal);
  const content = await reportOf(events.value, { format, redaction, paper, colour: file === null && output.colour && !flags.has('no-color') });
  if (file === null) output.write(content);
  else writeReport(file, content);
  const run = cutOff(fold(events.value));
  return exitCode(run, assess(run));
}

function formatOf(format: string): ReportFormat {
  const known = REPORT_FORMATS.find((one) => one === format);
  if (known === undefined) throw new UsageError(`--format ${format} is not known`, `it is one of ${REPORT_FORMATS.join(', ')}`);
  return known;
}
