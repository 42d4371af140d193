/** Which finding is the current one, and whose fix is copied. */
import { beforeEach, expect, test, vi } from 'vitest';
import { endpointSubject, mxSubject } from '../../core/base/subject.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { copyFix, selectFinding } from '../../renderer/commands/findings.ts';
import { followSelection } from '../../renderer/commands/follow-selection.ts';
import { useSelection } from '../../renderer/selection/selection-store.ts';
import { openRun, useSession } from '../../renderer/session/session-store.ts';
import { findingIds } from '../../renderer/views/findings/model.ts';
import { useUi } from '../../renderer/workbench/ui-store.ts';
import { twoHosts } from './fixtures/events.ts';

const rsa = endpointSubject('mx1.example.org', '192.0.2.10', 'RSA');
const second = endpointSubject('mx2.example.org', '198.51.100.5', 'ECDSA');
const mismatch = (subject: Finding['subject'], copy: string): Finding => ({ code: 'tlsa-mismatch', severity: 'error', subject, message: '', rfc: '', evidence: [], remedy: { text: '', copy } });
const findings = [mismatch(rsa, 'fix of the first'), mismatch(second, 'fix of the second')];
const ids = findingIds(findings);

let copied = '';
vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => { copied = text; } } });
followSelection();

beforeEach(() => {
  openRun('saved.jsonl', twoHosts);
  useSelection.getState().clear();
  useUi.setState({ finding: null });
  useSession.setState({ findings });
});

test('the fix that is copied is of what is selected, though the finding of another was looked at before; it says whose it is', async () => {
  selectFinding(findings[0]!, ids[0]!);
  useSelection.getState().select(second);
  expect(useUi.getState().finding).toBe(ids[1]);
  copyFix();
  await expect.poll(() => useUi.getState().message).toMatch(/^Copied the fix of tlsa-mismatch, mx2\.example\.org/);
  expect(copied).toBe('fix of the second');
  useSelection.getState().goBack();
  expect(useUi.getState().finding).toBe(ids[0]);
});

test('a host brings the finding about one of its endpoints; what no finding is about changes nothing', () => {
  useSelection.getState().select(mxSubject('mx2.example.org'));
  expect(useUi.getState().finding).toBe(ids[1]);
  useSelection.getState().select('rrset:example.org/SOA');
  expect(useUi.getState().finding).toBe(ids[1]);
});

test('a finding that was chosen stays, wherever it leads', () => {
  const zone: Finding = { ...mismatch('zone:example.org', 'x'), code: 'dnssec-bogus', evidence: [{ label: '', subject: second, seq: null }, { label: '', subject: 'rrset:example.org/MX', seq: 3 }] };
  useSession.setState({ findings: [...findings, zone] });
  const id = findingIds([...findings, zone])[2]!;
  selectFinding(zone, id);
  expect(useUi.getState().finding).toBe(id);
});
