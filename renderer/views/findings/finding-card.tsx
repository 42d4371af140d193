/** One finding in full: how bad, about what, by which rule, what to do, and where the evidence is. */
import { useState } from 'react';
import type { Evidence, Finding, Remedy } from '../../../core/findings/finding.ts';
import { commandsInText } from '../../../core/report/commands-in-text.ts';
import { findingMarkdown } from '../../../core/report/markdown.ts';
import { tip } from '../../a11y/tip.ts';
import { copyText } from '../../commands/clipboard.ts';
import { selectFinding } from '../../commands/findings.ts';
import { KeyHint, useKeyOf } from '../../commands/key-hint.tsx';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { SEVERITIES } from '../../status/vocabulary.ts';
import { leftOut } from '../../text/counted.ts';
import { Plain } from '../../text/plain.tsx';
import { LONGEST_LABEL, subjectLabel } from '../../text/subject-label.ts';
import { showView } from '../../workbench/ui-store.ts';
import { evidenceView } from './model.ts';

interface FindingCardProps {
  readonly finding: Finding;
  readonly id: string;
  readonly current: boolean;
  /** the key copies the fix of this one */
  readonly keyed: boolean;
  /** index among the lines of the list, of which only a part may be drawn */
  readonly place: number;
  /** from 1, among so many */
  readonly position: number;
  readonly count: number;
}

export function FindingCard({ finding, id, current, keyed, place, position, count }: FindingCardProps): React.ReactNode {
  const status = SEVERITIES[finding.severity];
  const run = useSession((state) => state.run);
  return (
    <article className={`finding-card tone-edge-${status.tone}`} aria-current={current} aria-posinset={position} aria-setsize={count} data-place={place} data-finding={id}>
      <header className="finding-head">
        <Mark status={status} />
        <h4 className="mono finding-code">{finding.code}</h4>
        <button type="button" tabIndex={0} className="subject-link" onClick={() => selectFinding(finding, id)}><Plain text={subjectLabel(finding.subject)} limit={LONGEST_LABEL} /></button>
        <span className="finding-rfc"><Plain text={finding.rfc} limit={200} /></span>
        <button type="button" className="quiet-button" aria-label={`Copy for a ticket: ${finding.code}`} {...tip('As Markdown')} onClick={() => void copyText(findingMarkdown(run, finding).split('\n'), 'the finding')}>Copy for a ticket</button>
      </header>
      <p className="finding-message"><Plain text={finding.message} limit={2000} /></p>
      {finding.remedy === null ? null : <RemedyBlock remedy={finding.remedy} keyed={keyed} />}
      {finding.evidence.length === 0 ? null : <EvidenceLine evidence={finding.evidence} />}
    </article>
  );
}

function RemedyBlock({ remedy, keyed }: { readonly remedy: Remedy; readonly keyed: boolean }): React.ReactNode {
  return (
    <div className="remedy">
      <span className="remedy-title">Fix</span>
      <div className="remedy-body">
        <p>{commandsInText(remedy.text).map(({ text, isCommand }, index) => (isCommand ? <code key={`${String(index)} ${text}`} className="command"><Plain text={text} limit={2000} /></code> : <Plain key={`${String(index)} ${text}`} text={text} limit={2000} />))}</p>
        {remedy.copy === null ? null : <CopyBlock text={remedy.copy} keyed={keyed} />}
      </div>
    </div>
  );
}

function CopyBlock({ text, keyed }: { readonly text: string; readonly keyed: boolean }): React.ReactNode {
  const [copied, setCopied] = useState(false);
  const key = useKeyOf('fix.copy');
  const copy = async (): Promise<void> => setCopied(await copyText(text.split('\n'), 'the fix'));
  return (
    <div className="copy-block">
      <pre>{text.split('\n').map((line, index) => <span key={`${String(index)} ${line}`} className="copy-line"><Plain text={line} limit={4096} /></span>)}</pre>
      {/* The hint stands on every card: one that came and went with the current finding would move what stands around it. */}
      <button type="button" className="plain-button copy-button" aria-keyshortcuts={keyed ? key?.aria : undefined} onClick={() => void copy()} onBlur={() => setCopied(false)}>
        {copied ? 'Copied' : 'Copy'} <KeyHint of={key} />
      </button>
    </div>
  );
}

const MOST_EVIDENCE = 40;

function EvidenceLine({ evidence }: { readonly evidence: readonly Evidence[] }): React.ReactNode {
  const rest = leftOut(evidence.length, MOST_EVIDENCE);
  const select = useSelection((state) => state.select);
  return (
    <p className="evidence">
      <span className="remedy-title">Evidence</span>
      <span className="evidence-links">
        {evidence.slice(0, MOST_EVIDENCE).map((one, index) => (
          <button key={`${String(index)} ${one.subject}`} type="button" className="subject-link" onClick={() => {
            select(one.subject, one.seq);
            const view = evidenceView(one.subject);
            if (view !== null) showView(view);
          }}><Plain text={one.label} limit={120} /></button>
        ))}
        {rest === null ? null : <span className="quiet">{rest}</span>}
      </span>
    </p>
  );
}
