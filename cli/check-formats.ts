/** What `danescope check` tells, in each of its formats. */
import type { Finding } from '../core/findings/finding.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import type { Run } from '../core/inspection/run.ts';
import { jsonReport } from '../core/report/json.ts';
import { textReport } from '../core/report/text.ts';
import type { CheckArguments } from './check-arguments.ts';
import { writeReport } from './files.ts';
import type { Output } from './output.ts';
import { progress } from './progress.ts';
import { reportOf, type DOCUMENTS } from './report-formats.ts';
import { styleFor } from './style.ts';

export interface Teller {
  /** at once, as it comes */
  event(event: InspectionEvent): void;
  /** at the end of each run */
  run(run: Run, findings: readonly Finding[], events: readonly InspectionEvent[]): void;
  /** at the end of all */
  end(): Promise<void> | void;
}

export function tellerOf(read: CheckArguments, output: Output): Teller {
  switch (read.format) {
    case 'html': case 'markdown': case 'pdf': return documentTeller(read, read.format, output);
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
    run: (run, findings) => output.write(`${quiet ? '' : '\n'}${textReport(run, findings, colour ? { style } : {})}\n`),
    end: () => {},
  };
}

/** The report of each run, when all are over. */
function documentTeller({ outputFile, redaction, paper }: CheckArguments, format: (typeof DOCUMENTS)[number], output: Output): Teller {
  const runs: (readonly InspectionEvent[])[] = [];
  return {
    event: () => {},
    run: (_run, _findings, events) => void runs.push(events),
    end: async () => {
      const contents: (string | Uint8Array)[] = [];
      for (const events of runs) contents.push(await reportOf(events, { format, redaction, paper, colour: false }));
      const content = contents.every((one) => typeof one === 'string') ? contents.join('\n') : contents[0] ?? '';
      if (outputFile === null) output.write(content);
      else writeReport(outputFile, content);
    },
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
