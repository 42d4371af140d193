/** The centre of the window: one view at a time, chosen by tabs. */
import type { KeyboardEvent } from 'react';
import { CertificatesView } from '../views/certificates/certificates-view.tsx';
import { FindingsView } from '../views/findings/findings-view.tsx';
import { OverviewView } from '../views/overview/overview-view.tsx';
import { AnswersView } from '../views/answers/answers-view.tsx';
import { TimingView } from '../views/timing/timing-view.tsx';
import { TlsaView } from '../views/tlsa/tlsa-view.tsx';
import { TrustView } from '../views/trust/trust-view.tsx';
import { useSession } from '../session/session-store.ts';
import { ViewBoundary } from './view-boundary.tsx';
import { VIEWS, showView, useUi } from './ui-store.ts';
import type { ViewName } from './ui-store.ts';

const TITLES: { readonly [Name in ViewName]: string } = { overview: 'Overview', findings: 'Findings', certificates: 'Certificates', tlsa: 'TLSA', trust: 'Trust', timing: 'Timing', answers: 'Answers' };
const COMPONENTS: { readonly [Name in ViewName]: () => React.ReactNode } = {
  overview: OverviewView, findings: FindingsView, certificates: CertificatesView, tlsa: TlsaView, trust: TrustView, timing: TimingView, answers: AnswersView,
};

export function Editor(): React.ReactNode {
  const view = useUi((state) => state.view);
  const View = COMPONENTS[view];
  return (
    <section className="editor" aria-label="View">
      <div role="tablist" aria-label="Views" className="tabs" onKeyDown={moveTab} tabIndex={-1}>
        {VIEWS.map((name) => <Tab key={name} name={name} selected={name === view} />)}
      </div>
      <div role="tabpanel" id="view" aria-labelledby={`tab-${view}`} className="view" data-pane="editor" tabIndex={-1}><ViewBoundary key={view} title={TITLES[view]}><View /></ViewBoundary></div>
    </section>
  );
}

function Tab({ name, selected }: { readonly name: ViewName; readonly selected: boolean }): React.ReactNode {
  const findings = useSession((state) => state.findings.length);
  return (
    <button type="button" role="tab" id={`tab-${name}`} aria-selected={selected} aria-controls="view" tabIndex={selected ? 0 : -1} className={selected ? 'tab selected' : 'tab'} onClick={() => showView(name)}>
      {TITLES[name]}
      {name === 'findings' && findings > 0 ? <span className="count">{findings}</span> : null}
    </button>
  );
}

function moveTab(event: KeyboardEvent): void {
  const step = event.key === 'ArrowRight' ? 1 : (event.key === 'ArrowLeft' ? -1 : 0);
  if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const name = VIEWS[(VIEWS.indexOf(useUi.getState().view) + step + VIEWS.length) % VIEWS.length] ?? 'overview';
  showView(name);
  document.querySelector<HTMLElement>(`#tab-${name}`)?.focus();
}
