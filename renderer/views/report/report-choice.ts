/** What the report is to be: its format, its sections, what is left out. One choice for the window, kept while it is open. */
import { create } from 'zustand';
import { REDACT_ALL, type RedactionChoice, type RedactionKind } from '../../../core/inspection/redaction-kinds.ts';
import { REPORT_SECTIONS, type ReportSection } from '../../../core/report/html.ts';
import type { Paper } from '../../../core/report/html-style.ts';
import type { ReportFormat } from './model.ts';

interface ReportChoice {
  readonly format: ReportFormat;
  readonly sections: ReadonlySet<ReportSection>;
  readonly redaction: RedactionChoice;
  readonly paper: Paper;
}

/** What is shown to others tells nothing of its maker until they say so. */
export const useReportChoice = create<ReportChoice>()(() => ({ format: 'html', sections: new Set(REPORT_SECTIONS), redaction: REDACT_ALL, paper: 'a4' }));

export const chooseFormat = (format: ReportFormat): void => useReportChoice.setState({ format });

export const choosePaper = (paper: Paper): void => useReportChoice.setState({ paper });

export const redactKind = (kind: RedactionKind, isLeftOut: boolean): void => useReportChoice.setState(({ redaction }) => ({ redaction: { ...redaction, [kind]: isLeftOut } }));

export function includeSection(section: ReportSection, isIncluded: boolean): void {
  useReportChoice.setState(({ sections }) => ({ sections: new Set(REPORT_SECTIONS.filter((name) => (name === section ? isIncluded : sections.has(name)))) }));
}
