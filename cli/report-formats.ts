/** A run as a report in each format, for a file or for a terminal. */
import { hostname } from 'node:os';
import { assess } from '../core/findings/assess.ts';
import type { PlacedGraph } from '../core/graph/layout.ts';
import type { InspectionEvent } from '../core/inspection/events.ts';
import { cutOff, fold } from '../core/inspection/fold.ts';
import { redact } from '../core/inspection/redaction.ts';
import { REDACT_ALL, REDACT_NOTHING, REDACTION_KINDS, type RedactionChoice } from '../core/inspection/redaction-kinds.ts';
import type { Run } from '../core/inspection/run.ts';
import { writeRunFile } from '../core/inspection/run-file.ts';
import { findBrowser } from '../core/net/find-browser.ts';
import { printPdf } from '../core/net/print-pdf.ts';
import { htmlReport } from '../core/report/html.ts';
import type { Paper } from '../core/report/html-style.ts';
import { jsonReport } from '../core/report/json.ts';
import { markdownReport } from '../core/report/markdown.ts';
import { textReport } from '../core/report/text.ts';
import { checkWritable, holdsRun } from './files.ts';
import { NotPrinted } from './not-printed.ts';
import { styleFor } from './style.ts';
import { UsageError } from './usage-error.ts';

export const DOCUMENTS = ['html', 'markdown', 'pdf'] as const;
export const REPORT_FORMATS = ['text', 'json', ...DOCUMENTS, 'run'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportChoice {
  readonly format: ReportFormat;
  readonly redaction: RedactionChoice;
  readonly paper: Paper;
  readonly colour: boolean;
}

/** @throws {NotPrinted} where no PDF could be made */
export async function reportOf(made: readonly InspectionEvent[], { format, redaction, paper, colour }: ReportChoice): Promise<string | Uint8Array> {
  const { events } = redact(made, redaction, [hostname()]);
  const run = cutOff(fold(events));
  const findings = assess(run);
  switch (format) {
    // Without colour the lines must fit; a terminal of colours breaks them by itself.
    case 'text': return textReport(run, findings, { ...(colour ? { style: styleFor(true) } : {}), dialogue: true, trust: true });
    case 'json': return `${JSON.stringify(jsonReport(run, findings), null, 2)}\n`;
    case 'markdown': return markdownReport(run, findings);
    case 'run': return writeRunFile(events);
    case 'html': return htmlReport(run, findings, await placed(run));
    case 'pdf': return printed(htmlReport(run, findings, await placed(run), { paper }));
  }
}

/** Graphviz is loaded only where a picture is wanted. */
async function placed(run: Run): Promise<PlacedGraph> {
  const [{ graphvizLayout }, { placeGraph }, { trustGraph }] = await Promise.all([import('../core/graph/graphviz-layout.ts'), import('../core/graph/layout.ts'), import('../core/graph/trust-graph.ts')]);
  return placeGraph(trustGraph(run), await graphvizLayout());
}

async function printed(html: string): Promise<Uint8Array> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  try {
    const pdf = await printPdf(html, { signal: stop.signal });
    if (pdf.ok) return pdf.value;
    throw new NotPrinted(pdf.failure.text);
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Before anything is done: a run must not be made for a report that then cannot be. @throws {UsageError | NotPrinted} */
export function checkOutput(format: ReportFormat, file: string | null, terminal: boolean): void {
  if (file !== null && format !== 'run' && holdsRun(file)) throw new UsageError(`--output ${file}: a run file is there, and a run cannot be made again`, 'name another file');
  if (file !== null) checkWritable(file);
  if (format !== 'pdf') return;
  if (file === null && terminal) throw new UsageError('a PDF does not belong in a terminal', 'name a file: --format pdf --output report.pdf');
  if (findBrowser() === null) throw new NotPrinted('No Chromium, Chrome or Edge was found to print with; name one in DANESCOPE_BROWSER. Or take --format html, open the file in any browser and print it from there.');
}

/** `all`, or kinds with commas between. @throws {UsageError} */
export function redactionOf(text: string | null): RedactionChoice {
  if (text === null) return REDACT_NOTHING;
  if (text === 'all') return REDACT_ALL;
  const kinds = text.split(',');
  const unknown = kinds.find((kind) => !REDACTION_KINDS.some((known) => known === kind));
  if (unknown !== undefined) throw new UsageError(`--redact ${unknown} is not known`, `it is all, or some of ${REDACTION_KINDS.join(',')}`);
  return { addresses: kinds.includes('addresses'), names: kinds.includes('names'), users: kinds.includes('users'), typed: kinds.includes('typed'), paths: kinds.includes('paths') };
}

/** @throws {UsageError} */
export function paperOf(text: string | null): Paper {
  if (text === null || text === 'a4' || text === 'letter') return text ?? 'a4';
  throw new UsageError(`--paper ${text} is not known`, 'it is one of a4, letter');
}
