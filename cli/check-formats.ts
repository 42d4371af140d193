/** What `danescope check` tells, in each of its formats. */
import type { Finding } from '../core/findings/finding.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import type { Run } from '../core/inspection/run.ts';
import { jsonReport } from '../core/report/json.ts';
import { textReport } from '../core/report/text.ts';
import type { CheckArguments } from './check-arguments.ts';
import type { Output } from './output.ts';
import { progress } from './progress.ts';
import { styleFor } from './style.ts';

export interface Teller {
  /** at once, as it comes */
  event(event: InspectionEvent): void;
  /** at the end of each run */
  run(run: Run, findings: readonly Finding[]): void;
  /** at the end of all */
  end(): void;
}

export function tellerOf(read: CheckArguments, output: Output): Teller {
  switch (read.format) {
    case 'text': return textTeller(read, output);
    case 'json': return jsonTeller(read.targets.length > 1, output);
    case 'ndjson': return { event: (event) => output.write(`${JSON.stringify(event)}\n`), run: () => {}, end: () => {} };
  }
}

function textTeller({ quiet, colour }: CheckArguments, output: Output): Teller {
  const style = styleFor(colour);
  let linesOf = progress(style);
  return {
    event: (event) => {
      if (event.type === 'run.started') linesOf = progress(style);
      if (!quiet) for (const line of linesOf(event)) output.write(`${line}\n`);
    },
    run: (run, findings) => output.write(`${quiet ? '' : '\n'}${textReport(run, findings, { style })}\n`),
    end: () => {},
  };
}

/** One target gives an object; several give an array, even where a run was stopped before the others began. */
function jsonTeller(several: boolean, output: Output): Teller {
  const reports: unknown[] = [];
  return {
    event: () => {},
    run: (run, findings) => void reports.push(jsonReport(run, findings)),
    end: () => output.write(`${JSON.stringify(several ? reports : reports[0], null, 2)}\n`),
  };
}
