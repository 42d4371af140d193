/** `danescope report RUNFILE`: a saved run as a report. A run shows the same tomorrow: nothing is contacted. */
import { assess } from '../core/findings/assess.ts';
import type { Finding } from '../core/findings/finding.ts';
import { placeGraph } from '../core/graph/layout.ts';
import { trustGraph } from '../core/graph/trust-graph.ts';
import { fold } from '../core/inspection/fold.ts';
import type { Run } from '../core/inspection/run.ts';
import { readRunFile } from '../core/inspection/run-file.ts';
import { htmlReport } from '../core/report/html.ts';
import { exitCode } from '../core/report/exit-code.ts';
import { jsonReport } from '../core/report/json.ts';
import { textReport } from '../core/report/text.ts';
import { readRunText, writeReport } from './files.ts';
import { readFlags } from './flags.ts';
import type { Output } from './output.ts';
import { styleFor } from './style.ts';
import { UsageError } from './usage-error.ts';

const SPECS = { format: { type: 'string', example: 'html' }, output: { type: 'string', example: 'example.org.html' }, 'no-color': { type: 'boolean' } } as const;

const FORMATS = ['text', 'json', 'html'] as const;
type Format = (typeof FORMATS)[number];

/** The exit code is that of the run. */
export async function report(args: readonly string[], output: Output): Promise<number> {
  const flags = readFlags('report', args, SPECS);
  const [path, surplus] = flags.words;
  if (path === undefined) throw new UsageError('report needs a run file', 'save one with: danescope check --save example.org.run example.org');
  if (surplus !== undefined) throw new UsageError('report takes one run file', `what is ${surplus}?`);
  const format = formatOf(flags.text('format') ?? 'text');
  const events = readRunFile(readRunText(path));
  if (!events.ok) throw new UsageError(`the run file ${path}, line ${String(events.failure.line)}: ${events.failure.text}`, 'run files are written by: danescope check --save FILE');
  const run = fold(events.value);
  const findings = assess(run);
  const file = flags.text('output');
  const colour = file === null && output.colour && !flags.has('no-color');
  const text = await reportText(format, run, findings, colour);
  if (file === null) output.write(text);
  else writeReport(file, text);
  return exitCode(run, findings);
}

function formatOf(format: string): Format {
  const known = FORMATS.find((one) => one === format);
  if (known === undefined) throw new UsageError(`--format ${format} is not known`, `it is one of ${FORMATS.join(', ')}`);
  return known;
}

async function reportText(format: Format, run: Run, findings: readonly Finding[], colour: boolean): Promise<string> {
  switch (format) {
    case 'text': return textReport(run, findings, { style: styleFor(colour), dialogue: true, trust: true });
    case 'json': return `${JSON.stringify(jsonReport(run, findings), null, 2)}\n`;
    case 'html': {
      // Graphviz is loaded only where a picture is wanted.
      const { graphvizLayout } = await import('../core/graph/graphviz-layout.ts');
      return htmlReport(run, findings, placeGraph(trustGraph(run), await graphvizLayout()));
    }
  }
}
