import { useEffect, useRef } from 'react';
import { useSession } from '../../session/session-store.ts';
import { useUi } from '../../workbench/ui-store.ts';
import { FindingCard } from './finding-card.tsx';
import { findingIds } from './model.ts';

export function FindingsView(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const current = useUi((state) => state.finding);
  const list = useRef<HTMLDivElement>(null);
  const ids = findingIds(findings);
  useEffect(() => {
    if (current !== null) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  if (findings.length === 0) return <p className="view-empty">{emptyWords(run.state, running)}</p>;
  return (
    <div ref={list} className="finding-cards">
      <h2 className="for-screen-reader">Findings</h2>
      {findings.map((finding, index) => <FindingCard key={ids[index]} finding={finding} id={ids[index] ?? ''} current={ids[index] === current} />)}
    </div>
  );
}

function emptyWords(state: string, running: boolean): string {
  if (state === 'empty' && !running) return 'Findings stand here after a run.';
  return running ? 'No findings so far.' : 'No findings: nothing about this domain is at fault or at risk.';
}
