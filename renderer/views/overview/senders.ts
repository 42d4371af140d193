/** What three kinds of sender do with mail for the domain, as signs and words. */
import type { SenderAction } from '../../../core/dane/senders.ts';
import type { Run } from '../../../core/inspection/run.ts';
import { senderRows, sendersOf } from '../../../core/report/senders.ts';
import type { SenderRow } from '../../../core/report/senders.ts';
import { OUTCOMES } from '../../status/vocabulary.ts';
import type { Status } from '../../status/vocabulary.ts';

export type ShownSender = SenderRow & { readonly status: Status };

/** Nothing while the run goes on: the worst host decides, and it may be the last. */
export function shownSenders(run: Run): readonly ShownSender[] {
  if (run.state === 'empty' || run.state === 'running' || run.destination === null) return [];
  return senderRows(sendersOf(run).domain).map((row) => ({ ...row, status: { ...SIGNS[row.action], word: row.does } }));
}

const SIGNS: { readonly [Action in SenderAction]: Status } = {
  'delivers-authenticated': OUTCOMES.authenticated, 'delivers-encrypted': OUTCOMES['tls-required-unauthenticated'], 'delivers-perhaps-in-clear': OUTCOMES.opportunistic,
  'tries-next-host': OUTCOMES.refused, defers: OUTCOMES.refused, bounces: OUTCOMES.opportunistic, 'not-determined': OUTCOMES['not-determined'],
};
