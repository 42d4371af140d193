/** The run as something to pass on: in which format, with what, without what, and how it will look. */
import { useEffect, useState } from 'react';
import type { Shell } from '../../../core/api/shell.ts';
import { plainText } from '../../../core/base/plain-text.ts';
import { htmlReport, REPORT_SECTIONS, SECTION_TITLES } from '../../../core/report/html.ts';
import { markdownReport } from '../../../core/report/markdown.ts';
import { ScrollArea } from '../../a11y/scroll-area.tsx';
import { copyText } from '../../commands/clipboard.ts';
import { useSession } from '../../session/session-store.ts';
import { useShell } from '../../shell/shell-context.ts';
import { say } from '../../workbench/ui-store.ts';
import { fileOf, FORMAT_NAMES, FORMATS, textOf, type ReportFormat, type ReportSource } from './model.ts';
import { textInPieces } from './prepare-report.ts';
import { ReportFrame, type MadeReport } from './report-frame.tsx';
import { RedactionList } from './redaction-list.tsx';
import { chooseFormat, choosePaper, includeSection, useReportChoice } from './report-choice.ts';
import { useReportSource } from './use-report-source.ts';

export function ReportView(): React.ReactNode {
  const isEmpty = useSession((state) => state.events.length === 0);
  const busy = useSession((state) => state.busy);
  const startedAt = useSession((state) => state.whole.context?.startedAt ?? '');
  if (isEmpty) return <p className="view-empty">The report of a run stands here, to be saved or copied.</p>;
  return busy ? <p className="view-empty">The report stands here when the run is over.</p> : <Report key={startedAt} />;
}

function Report(): React.ReactNode {
  const { source, items } = useReportSource();
  return (
    <div className="report-view">
      <div className="view-head"><h2>Report</h2></div>
      <div className="report-body">
        <div className="report-choices">
          <FormatChoice />
          <Actions source={source} />
          <SectionChoice />
          {items === null ? null : <RedactionList items={items} />}
        </div>
        <Preview source={source} />
      </div>
    </div>
  );
}

function FormatChoice(): React.ReactNode {
  const chosen = useReportChoice((state) => state.format);
  const paper = useReportChoice((state) => state.paper);
  return (
    <fieldset>
      <legend>Format</legend>
      {FORMAT_NAMES.map((format) => (
        <label key={format} className="check"><input type="radio" name="report-format" checked={format === chosen} onChange={() => chooseFormat(format)} /> <span className="report-format">{FORMATS[format].title}</span> <span className="quiet">{FORMATS[format].about}</span></label>
      ))}
      {chosen === 'pdf' ? (
        <label className="report-paper">Paper <select value={paper} onChange={(event) => choosePaper(event.target.value === 'letter' ? 'letter' : 'a4')}><option value="a4">A4</option><option value="letter">US Letter</option></select></label>
      ) : null}
    </fieldset>
  );
}

/** Markdown, text, JSON and the run file are whole or short by themselves. */
function SectionChoice(): React.ReactNode {
  const format = useReportChoice((state) => state.format);
  const sections = useReportChoice((state) => state.sections);
  if (format !== 'html' && format !== 'pdf') return null;
  return (
    <fieldset>
      <legend>Sections</legend>
      {REPORT_SECTIONS.map((section) => (
        <label key={section} className="check"><input type="checkbox" checked={sections.has(section)} onChange={(event) => includeSection(section, event.target.checked)} /> {SECTION_TITLES[section]}</label>
      ))}
      <p className="quiet">Headline and circumstances are always there.</p>
    </fieldset>
  );
}

function Actions({ source }: { readonly source: ReportSource | null }): React.ReactNode {
  const shell = useShell();
  const { format, paper } = useReportChoice();
  const [isSaving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    if (source === null) return;
    setSaving(true);
    try {
      say(await saved(shell, source, format === 'pdf' ? { format, paper } : { format }));
    } finally {
      setSaving(false);
    }
  };
  const label = isSaving ? (format === 'pdf' ? 'Printing…' : 'Saving…') : `Save as ${FORMATS[format].title}`;
  return (
    <div className="report-actions">
      <button type="button" className="primary-button" disabled={isSaving || source === null} onClick={() => void save()}>{label}</button>
      <button type="button" className="plain-button" disabled={source === null} onClick={() => void copyMarkdown(source)}>Copy Markdown</button>
    </div>
  );
}

const copyMarkdown = async (source: ReportSource | null): Promise<void> => {
  if (source !== null) await copyText(markdownReport(source.run, source.findings).split('\n'), 'the report as Markdown');
};

type Wanted = { readonly format: 'pdf'; readonly paper: 'a4' | 'letter' } | { readonly format: Exclude<(typeof FORMAT_NAMES)[number], 'pdf'> };

/** @returns what became of it, in words */
async function saved(shell: Shell, source: ReportSource, wanted: Wanted): Promise<string> {
  const content = wanted.format === 'pdf' ? await shell.printPdf(htmlReport(source.run, source.findings, source.placed, { sections: source.sections, paper: wanted.paper })) : textOf(wanted.format, source);
  if (typeof content !== 'string' && !content.ok) return `No PDF: ${plainText(content.why, 400)}`;
  const file = fileOf(wanted.format, source.run, typeof content === 'string' ? content : content.pdf);
  const answer = await shell.save(file);
  if (answer.saved) return `Saved ${plainText(answer.where, 200)}`;
  return answer.why === 'declined' ? 'Not saved' : `Not saved: ${plainText(answer.why, 300)}`;
}

function Preview({ source }: { readonly source: ReportSource | null }): React.ReactNode {
  const format = useReportChoice((state) => state.format);
  const made = useText(source, format === 'pdf' ? 'html' : format);
  if (made === null) return <p className="view-empty">The report is being made.</p>;
  // What was made before stays, said to be old, until the new text is there: the reader keeps their place.
  const isOld = made.events !== source?.events;
  return (
    <div className="report-preview" aria-busy={isOld}>
      {isOld ? <p className="report-making">The report is being made.</p> : null}
      {made.format === 'html' ? <ReportFrame made={made} /> : <ScrollArea className="report-text" label="Preview of the report"><pre>{shown(made.text)}</pre></ScrollArea>}
    </div>
  );
}

interface MadeText extends MadeReport {
  /** what it was made of */
  readonly events: ReportSource['events'];
  readonly format: Exclude<ReportFormat, 'pdf'>;
}

/** @returns what was made before until the new text is there */
function useText(source: ReportSource | null, format: MadeText['format']): MadeText | null {
  const [made, setMade] = useState<MadeText | null>(null);
  useEffect(() => {
    if (source === null) return;
    let isOver = false;
    const make = async (): Promise<void> => {
      try {
        const text = await textInPieces(format, source, () => isOver);
        if (text !== null && !isOver) setMade((before) => ({ id: (before?.id ?? 0) + 1, events: source.events, format, text }));
      } catch (error) {
        // As if it had been thrown while drawing: the view tells it.
        setMade(() => { throw error; });
      }
    };
    void make();
    return () => { isOver = true; };
  }, [source, format]);
  return made;
}

/** characters; a run file may have megabytes, and nobody reads them here */
const LONGEST = 100_000;

/** Line by line, so that their ends stay. */
const shown = (text: string): string => {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and ${String(text.length - LONGEST)} characters more in the file` : text;
  return cut.split('\n').map((line) => plainText(line, 20_000)).join('\n');
};
