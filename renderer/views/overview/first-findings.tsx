/** The findings in short under the matrix; each leads to its full text and fix. */
import { useSession } from '../../session/session-store.ts';
import { selectFinding } from '../../commands/findings.ts';
import { openView } from '../../commands/view-commands.ts';
import { Mark } from '../../status/mark.tsx';
import { SEVERITIES } from '../../status/vocabulary.ts';
import { Plain } from '../../text/plain.tsx';
import { LONGEST_LABEL, subjectLabel } from '../../text/subject-label.ts';
import { showView } from '../../workbench/ui-store.ts';
import { findingIds } from '../findings/model.ts';

const SHOWN = 12;

export function FirstFindings(): React.ReactNode {
  const findings = useSession((state) => state.findings);
  if (findings.length === 0) return null;
  const ids = findingIds(findings);
  return (
    <section className="first-findings" aria-labelledby="first-findings-title">
      <h3 id="first-findings-title">Findings</h3>
      <ul>
        {findings.slice(0, SHOWN).map((finding, index) => (
          <li key={ids[index]}>
            <button type="button" className="finding-link" onClick={() => {
              selectFinding(finding, ids[index] ?? '');
              showView('findings');
            }}>
              <Mark status={SEVERITIES[finding.severity]} wordless />
              <span className="mono finding-code">{finding.code}</span>
              <span className="finding-message"><Plain text={finding.message} limit={600} /></span>
              <span className="quiet finding-subject"><Plain text={subjectLabel(finding.subject)} limit={LONGEST_LABEL} /></span>
            </button>
          </li>
        ))}
      </ul>
      {findings.length <= SHOWN ? null : <p><button type="button" className="plain-button" onClick={() => openView('findings')}>All {findings.length} findings</button></p>}
    </section>
  );
}
