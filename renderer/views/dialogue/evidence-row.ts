/** The row of the dialogue that shows what a finding is about. It is marked; what is selected stays the finding's subject. */
import type { Finding } from '../../../core/findings/finding.ts';
import type { ConnectionState } from '../../../core/inspection/run.ts';
import { focusOf } from '../../selection/focus.ts';
import { useSelection } from '../../selection/selection-store.ts';
import { useSession } from '../../session/session-store.ts';
import { useChosenLine } from './line-store.ts';
import { END_ROW } from './model.ts';

export function markEvidence(finding: Finding): void {
  const { selection, endpoint } = useSelection.getState();
  const { connection } = focusOf(useSession.getState().run, selection, endpoint);
  useChosenLine.setState({ selection, row: connection === null ? null : evidenceRow(connection, finding) });
}

type Shown = Pick<ConnectionState, 'lines' | 'notices' | 'seq' | 'failure' | 'parameters' | 'tlsFailure'>;

/** @returns id of the line that the evidence names or that a notice is about, of the end where that is named, else of the message with the certificates that the endpoint presented; null where the connection shows neither */
export function evidenceRow({ lines, notices, seq: end, failure, parameters, tlsFailure }: Shown, { evidence }: Pick<Finding, 'evidence'>): string | null {
  const events = new Set(evidence.map(({ seq }) => seq));
  const noticed = notices.find(({ seq }) => events.has(seq));
  const named = lines.find(({ seq }) => events.has(seq)) ?? (noticed === undefined ? undefined : lines.findLast(({ from, seq }) => from === 'server' && seq < noticed.seq));
  if (named !== undefined) return `line-${String(named.seq)}`;
  if (end !== undefined && events.has(end) && (failure ?? tlsFailure) !== null) return END_ROW;
  if (!evidence.some(({ subject }) => subject.startsWith('endpoint:'))) return null;
  const messages = parameters?.messages ?? tlsFailure?.messages ?? [];
  const presented = messages.findIndex(({ from, name }) => from === 'server' && name === 'Certificate');
  return presented === -1 ? null : `tls-${String(presented)}`;
}
