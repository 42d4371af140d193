/** The findings of the run, worst first, to walk with the arrow keys. */
import { useMemo } from 'react';
import type { Finding } from '../../core/findings/finding.ts';
import { useFollow } from '../a11y/use-follow.ts';
import { ListBox, Option } from '../a11y/list-box.tsx';
import { useRoving } from '../a11y/roving.ts';
import type { Roving } from '../a11y/roving.ts';
import { selectFinding } from '../commands/findings.ts';
import { useSession } from '../session/session-store.ts';
import { Mark } from '../status/mark.tsx';
import { SEVERITIES } from '../status/vocabulary.ts';
import { Plain } from '../text/plain.tsx';
import { LONGEST_LABEL, subjectLabel } from '../text/subject-label.ts';
import { countsInWords, findingIds } from '../views/findings/model.ts';
import { WindowedItems } from '../views/windowed-items.tsx';
import { showView, useUi } from './ui-store.ts';

export function FindingList(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const running = useSession((state) => state.running);
  const current = useUi((state) => state.finding);
  const ids = useMemo(() => findingIds(findings), [findings]);
  const choose = (id: string): void => {
    const finding = findings[ids.indexOf(id)];
    if (finding === undefined) return;
    selectFinding(finding, id);
    showView('findings');
  };
  const roving = useRoving({ ids, entry: current, onMove: choose });
  // Below each other all areas scroll as one: there the finding itself is what comes into sight.
  useFollow(roving.container, current, '.workbench.narrow');
  return (
    <section className="navigator-section">
      <h2 className="section-title">Findings <span className="count">{findings.length}</span></h2>
      {findings.length === 0 ? <p className="section-note">{running ? 'None so far.' : 'No findings.'}</p> : (
        <ListBox label={`Findings: ${countsInWords(findings)}`} roving={roving} className="list">
          <FindingRows findings={findings} ids={ids} current={current} roving={roving} choose={choose} />
        </ListBox>
      )}
    </section>
  );
}

interface FindingRowsProps {
  readonly findings: readonly Finding[];
  readonly ids: readonly string[];
  readonly current: string | null;
  readonly roving: Roving;
  readonly choose: (id: string) => void;
}

function FindingRows({ findings, ids, current, roving, choose }: FindingRowsProps): React.ReactNode {
  return (
    <WindowedItems ids={ids} current={current} roving={roving} scroller=".navigator">
      {(id, place) => {
        const finding = findings[place];
        return finding === undefined ? null : (
          <Option id={id} roving={roving} selected={id === current} className="list-row finding-row" choose={() => choose(id)} position={place + 1} count={findings.length}>
            <Mark status={SEVERITIES[finding.severity]} wordless />
            <span className="finding-name">
              <span className="mono finding-code">{finding.code}</span>
              <Subject label={subjectLabel(finding.subject)} />
            </span>
          </Option>
        );
      }}
    </WindowedItems>
  );
}

/** On one line, cut at its end; a name in both forms whole, as its first form alone does not say which name it is. */
function Subject({ label }: { readonly label: string }): React.ReactNode {
  const isWhole = /\(\S*xn--/i.test(label);
  return <span className={isWhole ? 'quiet finding-subject whole' : 'quiet finding-subject'}><Plain text={label} limit={LONGEST_LABEL} labels={isWhole} /></span>;
}
