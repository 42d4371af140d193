import { useEffect, useMemo, useRef } from 'react';
import type { Severity } from '../../../core/findings/finding.ts';
import { useSession } from '../../session/session-store.ts';
import { useFilter, useUi } from '../../workbench/ui-store.ts';
import { ViewFilter } from '../view-filter.tsx';
import { FindingCard } from './finding-card.tsx';
import { countsInWords, findingGroups } from './model.ts';

export function FindingsView(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const current = useUi((state) => state.finding);
  const list = useRef<HTMLDivElement>(null);
  const filter = useFilter('findings');
  const groups = useMemo(() => findingGroups(findings, filter), [findings, filter]);
  useEffect(() => {
    if (current !== null) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  if (findings.length === 0) return <p className="view-empty">{emptyWords(run.state, running)}</p>;
  return (
    <div ref={list} className="findings-view" data-pane-entry>
      <div className="view-head">
        <h2>Findings <span className="quiet">{countsInWords(findings)}</span></h2>
        <ViewFilter view="findings" label="Filter findings" />
      </div>
      {groups.length === 0 ? <p className="view-empty">Nothing of that name.</p> : groups.map((group) => (
        <section key={group.severity} className="finding-cards" aria-labelledby={`findings-${group.severity}`}>
          <h3 id={`findings-${group.severity}`} className="finding-group">{GROUPS[group.severity]} <span className="count">{group.findings.length}</span></h3>
          {group.findings.map(({ finding, id }) => <FindingCard key={id} finding={finding} id={id} current={id === current} />)}
        </section>
      ))}
    </div>
  );
}

const GROUPS: { readonly [Level in Severity]: string } = { error: 'Errors', warning: 'Warnings', info: 'Notes' };

function emptyWords(state: string, running: boolean): string {
  if (state === 'empty' && !running) return 'Findings stand here after a run.';
  return running ? 'No findings so far.' : 'No findings: nothing about this domain is at fault or at risk.';
}
