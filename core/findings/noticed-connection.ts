/** Connections on which something was wrong though the dialogue went on, one finding a host. */
import type { Run } from '../inspection/run.ts';
import type { SmtpNoticeCode } from '../smtp/facts.ts';
import { addressesOf } from './failed-connection.ts';
import type { Evidence } from './finding.ts';
import { groupBy } from './state.ts';

export interface NoticedConnections {
  readonly host: string;
  readonly addresses: string;
  readonly notices: readonly { readonly code: SmtpNoticeCode; readonly text: string }[];
  readonly evidence: readonly Evidence[];
}

export function noticedConnections(run: Run, codes: ReadonlySet<SmtpNoticeCode>): NoticedConnections[] {
  const noticed = run.connections.filter(({ notices }) => notices.some(({ code }) => codes.has(code)));
  return groupBy(noticed, ({ connection }) => connection.host).map((connections) => ({
    host: connections[0]?.connection.host ?? '', addresses: addressesOf(connections),
    notices: connections.flatMap(({ notices }) => notices.filter(({ code }) => codes.has(code))),
    // The same server says the same on each connection: once an address is enough.
    evidence: groupBy(connections, ({ connection }) => connection.address).flatMap(([first]) => (first === undefined ? [] : first.notices.filter(({ code }) => codes.has(code)).map(({ text, seq }) => ({
      label: text, subject: first.subject, seq,
    })))),
  }));
}
