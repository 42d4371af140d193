/** The state of a person's channel in words, at all times the same in the window and in every report. */
import { plainText } from '../base/plain-text.ts';
import type { ConsoleState, Run } from '../inspection/run.ts';
import { versionWords } from '../tls/names.ts';

export interface ChannelWords {
  /** `TLS 1.3 · authenticated by 3 1 1 (record 1)` */
  readonly text: string;
  readonly state: 'opening' | 'authenticated' | 'not-authenticated' | 'closed';
  /** why it is not authenticated; null where there is nothing to add */
  readonly why: string | null;
}

export function channelWords(run: Run, { state, end, parameters, verdict, connection }: ConsoleState): ChannelWords {
  if (state === 'closed') {
    const how = plainText(end?.text ?? '', 300);
    return { state: 'closed', text: `closed by ${CLOSERS[end?.by ?? 'stopped']}${how === '' ? '' : `: ${how}`}`, why: null };
  }
  if (verdict === null || parameters === null) return { state: 'opening', text: 'opening; nothing is authenticated yet', why: null };
  const protocol = plainText(versionWords(parameters.protocol), 20);
  if (verdict.outcome !== 'authenticated') return { state: 'not-authenticated', text: `${protocol} · not authenticated`, why: plainText(verdict.reason.text, 400) };
  const record = run.hosts.find(({ name }) => name === connection.host)?.records.find(({ index }) => index === verdict.matched?.record);
  const by = record === undefined ? '' : ` by ${String(record.usage)} ${String(record.selector)} ${String(record.matchingType)} (record ${String(record.index + 1)})`;
  return { state: 'authenticated', text: `${protocol} · authenticated${by}`, why: null };
}

const CLOSERS = { person: 'you', server: 'the server', stopped: 'the end of the program or the page', failure: 'a failure' } as const;
