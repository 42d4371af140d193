/** The run as something to pass on: in which format, with what, without what, and how it will look. */
import { useMemo, useState } from 'react';
import type { Shell } from '../../../core/api/shell.ts';
import { plainText } from '../../../core/base/plain-text.ts';
import { REPORT_SECTIONS, SECTION_TITLES } from '../../../core/report/html.ts';
import type { Paper } from '../../../core/report/html-style.ts';
import { markdownReport } from '../../../core/report/markdown.ts';
import { ScrollArea } from '../../a11y/scroll-area.tsx';
import { copyText } from '../../commands/clipboard.ts';
import { useSession } from '../../session/session-store.ts';
import { useShell } from '../../shell/shell-context.ts';
import { say } from '../../workbench/ui-store.ts';
import { fileOf, FORMAT_NAMES, FORMATS, textOf, type ReportFormat, type ReportSource, type TextFormat } from './model.ts';
import { htmlInPieces } from './prepare-report.ts';
import { ReportFrame } from './report-frame.tsx';
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

type Wanted = { readonly format: 'pdf'; readonly paper: Paper } | { readonly format: Exclude<ReportFormat, 'pdf'> };

/** @returns what became of it, in words */
async function saved(shell: Shell, source: ReportSource, wanted: Wanted): Promise<string> {
  const content = await contentOf(shell, source, wanted);
  if (typeof content !== 'string' && !content.ok) return `No PDF: ${plainText(content.why, 400)}`;
  const file = fileOf(wanted.format, source.run, typeof content === 'string' ? content : content.pdf);
  const answer = await shell.save(file);
  if (answer.saved) return `Saved ${plainText(answer.where, 200)}`;
  return answer.why === 'declined' ? 'Not saved' : `Not saved: ${plainText(answer.why, 300)}`;
}

async function contentOf(shell: Shell, source: ReportSource, wanted: Wanted): Promise<string | Awaited<ReturnType<Shell['printPdf']>>> {
  if (wanted.format === 'pdf') return shell.printPdf(await htmlInPieces(source, { paper: wanted.paper }));
  return wanted.format === 'html' ? htmlInPieces(source) : textOf(wanted.format, source);
}

function Preview({ source }: { readonly source: ReportSource | null }): React.ReactNode {
  const format = useReportChoice((state) => state.format);
  // What was made before stays, said to be old, until the new one is there: the reader keeps their place.
  const latest = useLatest(source);
  if (latest === null) return <p className="view-empty">The report is being made.</p>;
  const isOld = source === null;
  return format === 'html' || format === 'pdf' ? <HtmlPreview source={latest} isOld={isOld} /> : <Previewed isOld={isOld}><TextPreview source={latest} format={format} /></Previewed>;
}

function HtmlPreview({ source, isOld }: { readonly source: ReportSource; readonly isOld: boolean }): React.ReactNode {
  const [whole, setWhole] = useState<ReportSource | null>(null);
  return <Previewed isOld={isOld || whole !== source}><ReportFrame source={source} onWhole={setWhole} /></Previewed>;
}

function Previewed({ isOld, children }: { readonly isOld: boolean; readonly children: React.ReactNode }): React.ReactNode {
  return <div className="report-preview" aria-busy={isOld}>{isOld ? <p className="report-making">The report is being made.</p> : null}{children}</div>;
}

/** @returns what was there before, where there is nothing now */
function useLatest<Thing>(thing: Thing | null): Thing | null {
  const [latest, setLatest] = useState(thing);
  if (thing !== null && thing !== latest) setLatest(thing);
  return thing ?? latest;
}

function TextPreview({ source, format }: { readonly source: ReportSource; readonly format: TextFormat }): React.ReactNode {
  const text = useMemo(() => shown(textOf(format, source)), [source, format]);
  return <ScrollArea className="report-text" label="Preview of the report"><pre>{text}</pre></ScrollArea>;
}

/** characters; a run file may have megabytes, and nobody reads them here */
const LONGEST = 100_000;

/** Line by line, so that their ends stay. */
const shown = (text: string): string => {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n… and ${String(text.length - LONGEST)} characters more in the file` : text;
  return cut.split('\n').map((line) => plainText(line, 20_000)).join('\n');
};
