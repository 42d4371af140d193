import { openView } from '../../commands/view-commands.ts';
import { showView } from '../../workbench/ui-store.ts';
import { VIEWS, type ViewName } from '../../workbench/views.ts';
import { copyBugReport } from '../../commands/bug-report.ts';
import { selectFinding } from '../../commands/findings.ts';
import { saveRun } from '../../session/run-files.ts';
import { useSession } from '../../session/session-store.ts';
import { useShell } from '../../shell/shell-context.ts';
import { Glyph } from '../../status/glyph.tsx';
import { counted } from '../../text/counted.ts';
import { Plain } from '../../text/plain.tsx';
import { shownTarget } from '../../text/shown-target.ts';
import { duration } from '../../text/time.ts';
import { findingIds } from '../findings/model.ts';
import { headline } from './headline.ts';

export function HeadlineBlock(): React.ReactNode {
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const { status, title, help, view } = headline(run, running);
  return (
    <section className={`headline tone-${status.tone}`} aria-labelledby="headline-title">
      <span className="headline-sign"><Glyph sign={status.sign} size={26} /></span>
      <div className="headline-words">
        <h2 id="headline-title"><span className="for-screen-reader">{status.word}: </span><Plain text={title} limit={400} /></h2>
        <p className="headline-circumstances">
          <WhenAndWhat />
          {help === null ? null : <> · <Plain text={help} limit={400} /></>}
        </p>
      </div>
      {run.state === 'failed' ? <OurBug /> : view === undefined ? <ShowFix /> : <span className="headline-actions"><ShowWhy view={view} /><ShowFix /></span>}
    </section>
  );
}

function ShowWhy({ view }: { readonly view: ViewName }): React.ReactNode {
  return <button type="button" className="plain-button" onClick={() => openView(view)}>Show in {VIEWS[view].title}</button>;
}

function OurBug(): React.ReactNode {
  const shell = useShell();
  const { stage, failure } = useSession((state) => state.run);
  return (
    <span className="headline-actions">
      <button type="button" className="plain-button" onClick={() => void copyBugReport(stage === '' ? 'an unknown stage' : stage, failure ?? '')}>Copy the report</button>
      <button type="button" className="primary-button" onClick={() => void saveRun(shell)}>Save the run</button>
    </span>
  );
}

function WhenAndWhat(): React.ReactNode {
  const run = useSession((state) => state.run);
  const target = useSession((state) => shownTarget(state)) ?? '';
  const context = run.context;
  const time = context === null ? '' : `${context.startedAt.slice(0, 10)} ${context.startedAt.slice(11, 19)}Z`;
  const from = context === null || context.lab !== null ? [] : (context.sources ?? []);
  return <><Plain text={target} limit={700} mono /> · {time} · {duration(run.elapsedMs)} · {from.length === 0 ? null : <>from <Plain text={from.join(', ')} limit={200} /> · </>}{counted(run.events, 'event')}</>;
}

function ShowFix(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const running = useSession((state) => state.running);
  const index = findings.findIndex((finding) => finding.remedy !== null);
  const finding = findings[index];
  if (running || finding === undefined) return null;
  const open = (): void => {
    selectFinding(finding, findingIds(findings)[index] ?? '');
    showView('findings');
  };
  return <button type="button" className="primary-button" onClick={open}>Show the fix</button>;
}
