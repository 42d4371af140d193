/** What a run so far has to say aloud: one sentence a stage, and the result. */
import { plainText } from '../../core/base/plain-text.ts';
import type { Run } from '../../core/inspection/run.ts';
import { OUTCOMES } from '../status/vocabulary.ts';
import { headline } from '../views/overview/headline.ts';
import { counted } from '../text/counted.ts';

export function announcements(run: Run, running: boolean): readonly string[] {
  const count = run.destination?.hosts.length ?? 0;
  const found = count === 0 ? [] : [`${counted(count, 'host')} found`];
  const tls = run.connections.filter((one) => one.phases.handshake?.state === 'done').map((one) => `${one.connection.host}: TLS done`);
  const verdicts = run.endpoints.map(({ verdict }) => `${verdict.host} ${verdict.address} ${verdict.keyType ?? ''}: ${OUTCOMES[verdict.outcome].word}`);
  const result = !running && run.state !== 'empty' ? [headline(run, running).title] : [];
  return [...found, ...tls, ...verdicts, ...result].map((text) => plainText(text, 300));
}
