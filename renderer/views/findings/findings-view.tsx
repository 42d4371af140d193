import { Fragment, useEffect, useMemo, useState } from 'react';
import { keepInSight } from '../../a11y/use-follow.ts';
import type { Finding, Severity } from '../../../core/findings/finding.ts';
import { useSession } from '../../session/session-store.ts';
import { useFilter, useUi } from '../../workbench/ui-store.ts';
import { useGroupWindow } from '../row-groups.tsx';
import { ViewFilter } from '../view-filter.tsx';
import { FindingCard } from './finding-card.tsx';
import { copiedFinding, countsInWords, findingGroups } from './model.ts';
import type { FindingGroup, FindingRow } from './model.ts';

export function FindingsView(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const run = useSession((state) => state.run);
  const running = useSession((state) => state.running);
  const filter = useFilter('findings');
  const groups = useMemo(() => findingGroups(findings, filter), [findings, filter]);
  if (findings.length === 0) return <p className="view-empty">{emptyWords(run.state, running)}</p>;
  return (
    <div className="findings-view" data-pane-entry>
      <div className="view-head">
        <h2>Findings <span className="quiet">{countsInWords(findings)}</span></h2>
        <ViewFilter view="findings" label="Filter findings" />
      </div>
      {groups.length === 0 ? <p className="view-empty">Nothing of that name.</p> : <FindingGroups groups={groups} />}
    </div>
  );
}

/** Only those in sight, the current one and the one with the focus are in the document. */
function FindingGroups({ groups }: { readonly groups: readonly FindingGroup[] }): React.ReactNode {
  const current = useUi((state) => state.finding);
  const [list, attach] = useState<HTMLElement | null>(null);
  const visited = useVisited(list);
  const { lines, parts, left, heightOf } = useGroupWindow<FindingRow, FindingGroup>(groups, list, { needed: [current, visited], rows: '[data-place]' });
  const keyed = useCopied();
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  useCurrentInSight(list, current);
  return (
    <div ref={attach}>
      {parts.map(({ group, lines: drawn }) => (
        <section key={group.id} className="finding-cards" aria-labelledby={`findings-${group.id}`}>
          {drawn.map(({ place, gap }) => {
            const row = lines[place]?.row ?? null;
            return (
              <Fragment key={row?.id ?? group.id}>
                {gap === 0 ? null : <div aria-hidden="true" style={{ height: heightOf(gap) }} />}
                {row === null ? <h3 id={`findings-${group.id}`} className="finding-group">{GROUPS[group.id]} <span className="count">{group.rows.length}</span></h3>
                  : <FindingCard id={row.id} finding={row.finding} current={row.id === current} keyed={row.finding === keyed} place={place} position={row.position} count={count} />}
              </Fragment>
            );
          })}
        </section>
      ))}
      {left === 0 ? null : <div aria-hidden="true" style={{ height: heightOf(left) }} />}
    </div>
  );
}

/** Of all findings, also those that the filter leaves out: what the key does is the same. */
function useCopied(): Finding | undefined {
  const findings = useSession((state) => state.findings);
  const current = useUi((state) => state.finding);
  return useMemo(() => copiedFinding(findings, current), [findings, current]);
}

/** id of the finding whose card had the focus last: it stays, or the focus would fall out of the window as it is scrolled away */
function useVisited(list: HTMLElement | null): string | null {
  const [visited, setVisited] = useState<string | null>(null);
  useEffect(() => {
    const visit = ({ target }: FocusEvent): void => setVisited(target instanceof Element ? target.closest<HTMLElement>('[data-finding]')?.dataset['finding'] ?? null : null);
    list?.addEventListener('focusin', visit);
    return () => list?.removeEventListener('focusin', visit);
  }, [list]);
  return visited;
}

function useCurrentInSight(list: HTMLElement | null, current: string | null): void {
  useEffect(() => (list === null || current === null ? undefined : keepInSight(list, () => list.querySelector('[aria-current="true"]'))), [list, current]);
}

const GROUPS: { readonly [Level in Severity]: string } = { error: 'Errors', warning: 'Warnings', info: 'Notes' };

function emptyWords(state: string, running: boolean): string {
  if (state === 'empty' && !running) return 'Findings stand here after a run.';
  return running ? 'No findings so far.' : 'No findings: nothing about this domain is at fault or at risk.';
}
