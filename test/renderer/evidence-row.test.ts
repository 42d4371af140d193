import { beforeEach, describe, expect, test } from 'vitest';
import { connectionSubject, mxSubject } from '../../core/base/subject.ts';
import type { SubjectId } from '../../core/base/subject.ts';
import { assess } from '../../core/findings/assess.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { fold } from '../../core/inspection/fold.ts';
import { selectFinding } from '../../renderer/commands/findings.ts';
import { focusOf } from '../../renderer/selection/focus.ts';
import { openRun, useSession } from '../../renderer/session/session-store.ts';
import { useSelection } from '../../renderer/selection/selection-store.ts';
import { dialogueRows } from '../../renderer/views/dialogue/model.ts';
import { evidenceRow } from '../../renderer/views/dialogue/evidence-row.ts';
import { selectedRow, useChosenLine } from '../../renderer/views/dialogue/line-store.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const withLines = run.connections.find(({ lines }) => lines.length > 0)!;
const message = { from: 'server', name: 'Certificate', size: 4 } as const;
const parameters = { ...withLines.parameters!, messages: [{ ...message, from: 'client', name: 'ClientHello' } as const, message] };

describe('the row that shows a finding', () => {
  test('is the line that its evidence names', () => {
    const line = withLines.lines.at(-1)!;
    expect(evidenceRow({ ...withLines, parameters }, { evidence: [{ label: '', subject: 'endpoint:a/b/c', seq: 1e6 }, { label: '', subject: 'connection:a/b/1', seq: line.seq }] })).toBe(`line-${String(line.seq)}`);
  });

  test('is the server’s Certificate message where an endpoint is at fault', () => {
    const evidence = [{ label: '', subject: 'endpoint:a/b/c', seq: 1e6 }] as const;
    expect(evidenceRow({ ...withLines, parameters }, { evidence })).toBe('tls-1');
    expect(evidenceRow({ ...withLines, parameters: null, tlsFailure: null }, { evidence })).toBeNull();
  });

  test('is none where only a lookup is', () => {
    expect(evidenceRow({ ...withLines, parameters }, { evidence: [{ label: '', subject: 'rrset:example.org/MX', seq: 1e6 }] })).toBeNull();
  });
});

describe('a finding that is gone to', () => {
  beforeEach(() => useSession.setState(useSession.getInitialState(), true));

  test('marks its line, and stays what is selected; another selection has none of it', () => {
    openRun('saved.jsonl', twoHosts);
    const finding = assess(run).find(({ evidence }) => evidence.some(({ subject }) => subject.startsWith('endpoint:')))!;
    selectFinding(finding, finding.code);
    const { selection } = useSelection.getState();
    expect(selection?.subject).toBe(finding.subject);
    const { connections } = useSession.getState().run;
    const rows = connections.flatMap((one) => dialogueRows(one, null, null));
    const marked = selectedRow(rows, selection, useChosenLine.getState());
    expect(marked?.text).toMatch(/^Certificate, /);
    useSelection.getState().select('mx:mx2.example.org');
    expect(selectedRow(rows, useSelection.getState().selection, useChosenLine.getState())).toBeNull();
  });

  test('about a host leads to the connection that shows it, not to the first of the host', () => {
    openRun('saved.jsonl', twoHosts);
    const second = run.connections.find(({ subject }) => subject === connectionSubject('mx1.example.org', '192.0.2.10', 2))!;
    const line = second.lines.at(-1)!;
    expect(shownBy(aboutHost(second.subject, line.seq))).toEqual([second.connection.number, line.text]);
  });

  test('leads to the connection of a notice, and to the line before it', () => {
    const second = run.connections[1]!;
    const notice = { type: 'smtp.notice', seq: twoHosts.length, at: 9000, subject: second.subject, connection: second.connection.number, code: 'bare-lf', text: 'a bare LF' } as const;
    openRun('saved.jsonl', [...twoHosts.slice(0, -1), { ...notice, seq: twoHosts.length - 1 }]);
    expect(shownBy(aboutHost(second.subject, twoHosts.length - 1))).toEqual([second.connection.number, second.lines.findLast(({ from }) => from === 'server')!.text]);
  });

  test('leads to a connection on which nothing was said, and to its end', () => {
    openRun('saved.jsonl', twoHosts);
    const silent = run.connections.find(({ lines }) => lines.length === 0)!;
    expect(shownBy(aboutHost(silent.subject, silent.seq!))).toEqual([silent.connection.number, silent.failure!.text]);
  });
});

const aboutHost = (subject: SubjectId, seq: number): Finding =>
  ({ code: 'connection-failed', severity: 'warning', subject: mxSubject('mx1.example.org'), message: '', rfc: '', remedy: null, evidence: [{ label: '', subject, seq }] });

/** number of the connection whose dialogue is shown, and the text of the line that is marked in it */
function shownBy(finding: Finding): readonly [number | undefined, string | undefined] {
  selectFinding(finding, finding.code);
  const { selection, endpoint } = useSelection.getState();
  expect(selection?.subject).toBe(finding.subject);
  const { connection, host } = focusOf(useSession.getState().run, selection, endpoint);
  expect(host?.name).toBe('mx1.example.org');
  const rows = connection === null ? [] : dialogueRows(connection, null, null);
  return [connection?.connection.number, selectedRow(rows, selection, useChosenLine.getState())?.text];
}
