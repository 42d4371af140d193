/** The side pane: what is known about the selected subject. Without a selection, the endpoint the views show. */
import { useMemo } from 'react';
import { ScrollArea } from '../../a11y/scroll-area.tsx';
import { useFocus } from '../../selection/use-focus.ts';
import { endpointId } from '../../selection/focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { Mark } from '../../status/mark.tsx';
import { Plain } from '../../text/plain.tsx';
import { LONGEST_LABEL } from '../../text/subject-label.ts';
import { FieldRow } from './field-row.tsx';
import { SubjectFindings } from './subject-findings.tsx';
import { detailsOf } from './model.ts';
import type { Details } from './fields.ts';

export function DetailsPane(): React.ReactNode {
  const details = useDetails();
  return (
    <section className="details" aria-label="Details">
      {details === null ? <p className="section-note">Select a host, a line, a record or a certificate.</p> : <DetailsBody details={details} />}
    </section>
  );
}

function useDetails(): Details | null {
  const run = useSession((state) => state.run);
  const selection = useSelection((state) => state.selection);
  const focus = useFocus();
  return useMemo(() => {
    const subject = selection?.subject ?? (focus.endpoint === null ? null : endpointId(focus.endpoint));
    return subject === null ? null : detailsOf(run, subject, focus);
  }, [run, selection, focus]);
}

function DetailsBody({ details }: { readonly details: Details }): React.ReactNode {
  return (
    <ScrollArea className="details-body" label={details.kind}>
      <p className="details-kind">{details.kind}</p>
      <h3 className="details-title"><Plain text={details.title} limit={LONGEST_LABEL} labels /></h3>
      {details.status === null ? null : <p className="details-status"><Mark status={details.status} /></p>}
      {details.summary === null ? null : <p className="details-summary"><Plain text={details.summary} limit={1000} /></p>}
      <SubjectFindings />
      {details.sections.filter((section) => section.fields.length > 0).map((section) => (
        <section key={section.title} className="details-section">
          <h4>{section.title}</h4>
          <dl>{section.fields.map((field, index) => <FieldRow key={`${String(index)} ${field.label}`} field={field} />)}</dl>
        </section>
      ))}
    </ScrollArea>
  );
}
