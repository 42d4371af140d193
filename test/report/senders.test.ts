/** What senders do, over runs through the practice lab. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SENDER_KINDS } from '../../core/dane/senders.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import { dialogueText } from '../../core/report/dialogue.ts';
import { jsonReport } from '../../core/report/json.ts';
import { markdownReport } from '../../core/report/markdown.ts';
import { sendersOf } from '../../core/report/senders.ts';
import { sendersText } from '../../core/report/text.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

const EXPECTED: readonly (readonly [scene: string, ...senders: [string, string, string]])[] = [
  ['good-311', 'delivers-authenticated', 'delivers-authenticated', 'delivers-encrypted'],
  ['tlsa-mismatch', 'defers validation-failure', 'defers validation-failure', 'delivers-encrypted'],
  ['two-mx-one-bad', 'delivers-authenticated validation-failure', 'delivers-authenticated validation-failure', 'delivers-encrypted'],
  ['one-address-bad', 'delivers-authenticated validation-failure', 'delivers-authenticated validation-failure', 'delivers-encrypted'],
  ['tlsa-missing', 'delivers-encrypted', 'defers dane-required', 'delivers-encrypted'],
  ['tlsa-malformed', 'delivers-encrypted tlsa-invalid', 'defers tlsa-invalid', 'delivers-encrypted'],
  ['tlsa-lookup-failed', 'defers dnssec-invalid', 'defers dnssec-invalid', 'delivers-encrypted'],
  ['certificate-expired', 'defers certificate-expired', 'defers certificate-expired', 'delivers-encrypted'],
  ['key-weak', 'delivers-authenticated', 'delivers-authenticated', 'delivers-encrypted'],
  ['name-mismatch', 'defers certificate-host-mismatch', 'defers certificate-host-mismatch', 'delivers-encrypted'],
  ['anchor-not-sent', 'defers certificate-not-trusted', 'defers certificate-not-trusted', 'delivers-encrypted'],
  ['starttls-not-offered', 'defers starttls-not-supported', 'defers starttls-not-supported', 'delivers-perhaps-in-clear'],
  ['handshake-failed', 'defers validation-failure', 'defers validation-failure', 'delivers-perhaps-in-clear'],
  ['tls-too-old', 'defers validation-failure', 'defers validation-failure', 'delivers-perhaps-in-clear'],
  ['not-smtp', 'defers', 'defers', 'defers'],
  ['domain-unsigned', 'delivers-encrypted', 'defers dane-required', 'delivers-encrypted'],
  ['null-mx', 'bounces', 'bounces', 'bounces'],
  ['connection-failed', 'not-determined', 'not-determined', 'not-determined'],
];

let lab: Lab;
const runs = new Map<string, Run>();

beforeAll(async () => {
  lab = await startLab({ only: EXPECTED.map(([scene]) => scene) });
  for (const [scene] of EXPECTED) runs.set(scene, (await inspectInLab(lab, `${scene}.example`)).run);
});
afterAll(() => lab.close());

const runOf = (scene: string): Run => runs.get(scene) ?? EMPTY_RUN;

describe('mail for the domain', () => {
  test.each(EXPECTED)('%s', (scene, ...expected) => {
    const { domain } = sendersOf(runOf(scene));
    expect(SENDER_KINDS.map((kind) => [domain[kind].action, domain[kind].tlsrpt ?? ''].join(' ').trim())).toEqual(expected);
  });

  test('RFC 7672 §2.1.3: a lookup that failed for a reason of ours says nothing', () => {
    const run = runOf('tlsa-lookup-failed');
    const ours: Run = { ...run, outcome: { ...run.outcome, outcome: 'not-determined', hosts: run.outcome.hosts.map((host) => ({ ...host, outcome: 'not-determined' })) } };
    expect(SENDER_KINDS.map((kind) => sendersOf(ours).domain[kind].action)).toEqual(['not-determined', 'not-determined', 'delivers-encrypted']);
    const destination = { ...run.destination!, kind: 'lookup-failed', hosts: [], mxStatus: 'indeterminate' } as const;
    expect(sendersOf({ ...ours, hosts: [], endpoints: [], destination }).domain['opportunistic-dane']).toMatchObject({ action: 'not-determined', tlsrpt: null });
    expect(sendersOf({ ...run, hosts: [], endpoints: [], destination }).domain['opportunistic-dane']).toMatchObject({ action: 'defers', tlsrpt: 'dnssec-invalid' });
  });

  test('a weak key is told beside the match', () => {
    expect(sendersOf(runOf('key-weak')).domain['opportunistic-dane'].text).toMatch(/not by senders at security level 1/);
  });

  test('is not judged before the run is over', () => {
    expect(sendersOf(EMPTY_RUN).domain['without-dane'].action).toBe('not-determined');
    expect(sendersOf({ ...runOf('good-311'), state: 'running' }).domain['opportunistic-dane'].action).toBe('not-determined');
  });
});

describe('the reports', () => {
  test('in JSON tell it for the domain, each host and each endpoint', () => {
    const report = jsonReport(runOf('tlsa-mismatch'), []);
    expect(report.senders.map(({ sender, action, tlsrpt }) => [sender, action, tlsrpt])).toEqual([
      ['opportunistic-dane', 'defers', 'validation-failure'], ['mandatory-dane', 'defers', 'validation-failure'], ['without-dane', 'delivers-encrypted', null],
    ]);
    expect(report.hosts[0]?.senders.map(({ action }) => action)).toEqual(['tries-next-host', 'tries-next-host', 'delivers-encrypted']);
    expect(report.endpoints[0]?.senders).toMatchObject([{ reason: expect.stringContaining('The only TLSA record that counts does not match') as string }, {}, { rfc: 'RFC 7435 §3' }]);
    const times = report.endpoints.flatMap(({ dialogue }) => dialogue.map(({ at }) => at));
    expect(times.filter((at) => !/^\d+(\.\d{1,3})?$/.test(String(at)))).toEqual([]);
  });

  test('as text have three lines that fit', () => {
    expect(sendersText(runOf('tlsa-mismatch'))).toEqual([
      'What senders do:',
      '  with DANE      defers                      TLSRPT validation-failure',
      '  DANE required  defers                      TLSRPT validation-failure',
      '  without DANE   delivers, encrypted',
    ]);
    for (const [scene] of EXPECTED) expect(sendersText(runOf(scene)).filter((line) => line.length > 78)).toEqual([]);
    expect(sendersText(EMPTY_RUN)).toEqual([]);
  });

  test('tell what the OCSP staple says beside the dialogue', () => {
    const [state] = runOf('good-311').connections;
    const ocsp = { status: 'revoked', text: 'It is revoked.', rfc: 'RFC 6960 §2.2', thisUpdate: null, nextUpdate: null, revokedAt: null } as const;
    const connection = { ...state!, presented: { ...state!.presented!, ocsp } };
    expect(dialogueText(connection)).toContain('=== OCSP staple: revoked. It is revoked.');
    expect(dialogueText(state!).some((line) => line.includes('OCSP'))).toBe(false);
    expect(jsonReport({ ...runOf('good-311'), connections: [connection] }, []).endpoints[0]?.ocsp).toEqual({ status: 'revoked', reason: 'It is revoked.', thisUpdate: null, nextUpdate: null });
  });

  test('as Markdown have a list', () => {
    expect(markdownReport(runOf('tlsa-missing'), [])).toContain('- Sender DANE required (Postfix dane-only, Exim hosts\\_require\\_dane): **defers**. No host is left');
  });
});
