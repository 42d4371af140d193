/** The report as files: what each format is called, holds and is named. */
import type { FileToSave } from '../../../core/api/shell.ts';
import type { Finding } from '../../../core/findings/finding.ts';
import type { PlacedGraph } from '../../../core/graph/layout.ts';
import type { InspectionEvent } from '../../../core/inspection/events.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { writeRunFile } from '../../../core/inspection/run-file.ts';
import type { ReportSection } from '../../../core/report/html.ts';
import { jsonReport } from '../../../core/report/json.ts';
import { markdownReport } from '../../../core/report/markdown.ts';
import { textReport } from '../../../core/report/text.ts';
import { fileStem } from '../../session/run-files.ts';

export const FORMATS = {
  html: { title: 'HTML', about: 'one file for a browser, with the trust graph', extension: 'html', type: 'text/html' },
  pdf: { title: 'PDF', about: 'the same on pages', extension: 'pdf', type: 'application/pdf' },
  markdown: { title: 'Markdown', about: 'short, for a ticket', extension: 'md', type: 'text/markdown' },
  text: { title: 'Text', about: 'for a mail, 78 columns', extension: 'txt', type: 'text/plain' },
  json: { title: 'JSON', about: 'for programs', extension: 'json', type: 'application/json' },
  run: { title: 'Run file', about: 'all events, to be opened again', extension: 'danescope.jsonl', type: 'application/jsonl' },
} as const;
export type ReportFormat = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly ReportFormat[];

/** What a report is made of. */
export interface ReportSource {
  readonly events: readonly InspectionEvent[];
  readonly run: Run;
  readonly findings: readonly Finding[];
  /** null where no picture could be laid out */
  readonly placed: PlacedGraph | null;
  readonly sections: ReadonlySet<ReportSection>;
}

/** The formats that are a text of one piece. */
export type TextFormat = Exclude<ReportFormat, 'html' | 'pdf'>;

export function textOf(format: TextFormat, { events, run, findings }: ReportSource): string {
  switch (format) {
    case 'markdown': return markdownReport(run, findings);
    case 'text': return textReport(run, findings, { dialogue: true, trust: true });
    case 'json': return `${JSON.stringify(jsonReport(run, findings), null, 2)}\n`;
    case 'run': return writeRunFile(events);
  }
}

export function fileOf(format: ReportFormat, { context }: Run, content: string | Uint8Array): FileToSave {
  const { extension, type } = FORMATS[format];
  return { name: `${fileStem(context?.target.input ?? '', context?.startedAt ?? '')}.${extension}`, type, content };
}
