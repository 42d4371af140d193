import { selectFinding } from '../../commands/findings.ts';
import { useFocus } from '../../selection/use-focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { SEVERITIES } from '../../status/vocabulary.ts';
import { leftOut } from '../../text/counted.ts';
import { showView } from '../../workbench/ui-store.ts';
import { findingIds } from '../findings/model.ts';
import { findingsAbout } from './model.ts';

const MOST = 8;

/** The findings that speak about the selected subject, to be opened from here. */
export function SubjectFindings(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  const selection = useSelection((state) => state.selection);
  const focus = useFocus();
  if (selection === null) return null;
  const ids = findingIds(findings);
  const about = findingsAbout(findings, selection.subject, focus);
  if (about.length === 0) return null;
  const rest = leftOut(about.length, MOST);
  return (
    <ul className="details-findings">
      {about.slice(0, MOST).map((finding) => {
        const id = ids[findings.indexOf(finding)] ?? '';
        return (
          <li key={id}>
            <button type="button" className="finding-link" onClick={() => {
              selectFinding(finding, id);
              showView('findings');
            }}>
              <Mark status={SEVERITIES[finding.severity]} wordless /><span className="mono finding-code">{finding.code}</span>
            </button>
          </li>
        );
      })}
      {rest === null ? null : <li className="quiet">{rest}</li>}
    </ul>
  );
}
