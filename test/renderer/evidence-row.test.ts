import { beforeEach, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import { selectFinding } from '../../renderer/commands/findings.ts';
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
});
