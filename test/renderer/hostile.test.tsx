/** Text from servers reaches the screen escaped, isolated and cut, wherever it stands. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import { Plain } from '../../renderer/text/plain.tsx';
import { AnswerLine } from '../../renderer/views/answers/answer-line.tsx';
import { questions } from '../../renderer/views/answers/model.ts';
import { TimingRow } from '../../renderer/views/timing/timing-row.tsx';
import { FindingCard } from '../../renderer/views/findings/finding-card.tsx';
import { TrustRow } from '../../renderer/views/trust/trust-row.tsx';
import { trustTree } from '../../renderer/views/trust/model.ts';
import type { TrustNode } from '../../renderer/views/trust/trust-node.ts';
import { visibleNodes } from '../../renderer/views/trust/visible.ts';
import { Transcript } from '../../renderer/views/console/transcript.tsx';
import { byHand } from '../fuzz/by-hand-events.ts';
import { certificate, lookup, story, twoHosts } from './fixtures/events.ts';
import { GridCell } from '../../renderer/a11y/grid.tsx';
import { ServerMatrixTable } from '../../renderer/views/answers/server-matrix-table.tsx';
import { consoleChoices } from '../../renderer/views/console/model.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import { announcements } from '../../renderer/a11y/announcements.ts';
import { recentCommands } from '../../renderer/recent/recent-commands.ts';
import { RecentLine } from '../../renderer/recent/recent-runs-list.tsx';
import { recentRun } from '../../renderer/recent/recent-runs.ts';
import { titleOf } from '../../renderer/tabs/tab-title.ts';
import { FieldRow } from '../../renderer/views/details/field-row.tsx';
import { RedactionList } from '../../renderer/views/report/redaction-list.tsx';
import { CertificateRow } from '../../renderer/views/certificates/certificate-row.tsx';

const HOSTILE = '\u001B]0;title\u0007\u001B[2J<script>alert(1)</script><img src=x onerror=alert(1)>"\'\u202Egnol\u2066\u0085\r\n';
const CONTROLS = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u202A-\u202E\u2060-\u2069]/;
const roving = { attach: () => {}, container: null, current: null, onKeyDown: () => {}, moveTo: () => {}, visit: () => {} };

/** What must hold of all markup, whatever was in the text. */
function expectHarmless(markup: string): void {
  expect(markup).not.toMatch(CONTROLS);
  expect(markup).not.toContain('<script');
  expect(markup).not.toContain('<img');
  expect(markup).toContain(String.raw`\x1b`);
  expect(markup).toContain(String.raw`\u{202e}`);
}

describe('hostile text', () => {
  test('in an answer, its server and its failure', () => {
    const exchange = { exchange: 0, seq: 0, at: 0, server: { name: HOSTILE, address: '192.0.2.53', port: 53 }, zone: null, transport: 'udp', name: HOSTILE, rrtype: 'A', query: '', answer: null, failure: { code: 'malformed', text: HOSTILE } } as const;
    const row = questions({ ...fold([]), exchanges: [exchange] })[0]?.rows[0];
    if (row === undefined) throw new Error('no row');
    expectHarmless(renderToStaticMarkup(<AnswerLine rowIndex={2} row={row} selected={false} roving={roving} choose={() => {}} />));
  });

  test('in a step of the timing, its note and its tooltip', () => {
    const bar = { id: '1 banner', kind: 'step', title: HOSTILE, note: HOSTILE, start: 1, length: 2, state: 'failed', subject: 'connection:a/b/1', event: null } as const;
    const markup = renderToStaticMarkup(<TimingRow rowIndex={2} bar={bar} length={10} selected={false} roving={roving} choose={() => {}} />);
    expectHarmless(markup);
    expect(markup).toMatch(/ data-tip="[^"]*\\x1b[^"]*: [^"]*\\x1b[^"]*"/);
  });

  test('in a text node', () => {
    const markup = renderToStaticMarkup(<Plain text={HOSTILE} />);
    expectHarmless(markup);
    expect(markup).toMatch(/^<bdi>.*<\/bdi>$/);
  });

  test('100 kB are cut', () => {
    expect(renderToStaticMarkup(<Plain text={'a'.repeat(100_000)} limit={200} />).length).toBeLessThan(250);
  });

  test('in the transcript of a console', () => {
    const [opened, verdict, open] = byHand(0).filter(({ type }) => type === 'smtp.connection' || type === 'dane.channel' || type === 'smtp.console');
    const said = { type: 'smtp.line', connection: 900, seq: 3, at: 1, subject: 'run:1', line: { from: 'server', text: HOSTILE, bytes: '', ending: 'crlf', protected: true, unexpected: false } } as const;
    const run = fold([opened, verdict, open].flatMap((event) => (event === undefined ? [] : [event])).concat(said));
    expectHarmless(renderToStaticMarkup(<Transcript console={run.consoles[0]} />));
  });

  test('in a finding: message, subject, remedy, text to copy, evidence', () => {
    const finding = { code: 'tlsa-mismatch', severity: 'error', subject: `mx:${HOSTILE}`, message: HOSTILE, rfc: 'RFC 7672', evidence: [{ label: HOSTILE, subject: `mx:${HOSTILE}`, seq: 1 }], remedy: { text: HOSTILE, copy: HOSTILE } } as const;
    expectHarmless(renderToStaticMarkup(<FindingCard finding={finding} id="one" current={false} keyed={false} place={1} position={1} count={1} />));
  });

  test('in the details: a field, its label for a screen reader', () => {
    expectHarmless(renderToStaticMarkup(<FieldRow field={{ label: 'Subject', value: HOSTILE, copy: true }} />));
  });

  test('in what is left out of a report', () => {
    expectHarmless(renderToStaticMarkup(<RedactionList items={[{ kind: 'names', text: HOSTILE, replacement: 'redacted-name', count: 2 }]} />));
  });

  test('in a recent run, as another program may have written it: on the page, in its label, as a command', () => {
    const status = { sign: 'check', tone: 'secure', word: 'authenticated' } as const;
    const [run] = recentRun({ id: HOSTILE, target: HOSTILE, startedAt: '2026-11-24T14:02:07.000Z', status, text: HOSTILE });
    if (run === undefined) throw new Error('not read');
    expectHarmless(renderToStaticMarkup(<RecentLine run={run} />));
    expect(recentCommands([run])[0]?.title).not.toMatch(CONTROLS);
    expect(recentRun({ ...run, status: { ...status, word: HOSTILE.slice(0, 50) } })).toEqual([]);
    expect(recentRun({ ...run, startedAt: HOSTILE })).toEqual([]);
  });

  test('in the names of tabs, in what is said aloud, in the words of an event', () => {
    expect(titleOf(HOSTILE, null)).not.toMatch(CONTROLS);
    expect(titleOf(null, HOSTILE)).not.toMatch(CONTROLS);
    const connection = { number: 1, host: HOSTILE, address: HOSTILE, port: 25, purpose: 'probe' } as const;
    const handshake = { type: 'smtp.phase', connection: 1, phase: 'handshake', state: 'done', seq: 1, at: 1, subject: 'run:1' } as unknown as InspectionEvent;
    const run = fold([{ type: 'smtp.connection', connection, seq: 0, at: 0, subject: 'run:1' } as unknown as InspectionEvent, handshake]);
    const said = announcements(run, true);
    expect(said.length).toBeGreaterThan(0);
    for (const text of said) expect(text).not.toMatch(CONTROLS);
  });

  test('in a certificate: subject, issuer, names', () => {
    const hostile = certificate('mx1.example.org', 'ECDSA', HOSTILE, { subject: HOSTILE, commonName: HOSTILE, dnsNames: [HOSTILE] });
    const node = { id: 'depth-0', depth: 0, subject: null, certificate: hostile, title: HOSTILE, lines: [HOSTILE], link: null, dates: 'valid', left: '', records: [] } as const;
    expectHarmless(renderToStaticMarkup(<CertificateRow node={node} current={false} roving={roving} choose={() => {}} />));
  });

  test('in what the cell with the focus says to those who listen; the others say nothing of it', () => {
    const cell = (current: string): string => renderToStaticMarkup(<table><tbody><tr><GridCell id="a" roving={{ ...roving, current }} className="stage" says={HOSTILE} choose={() => {}}>✔</GridCell></tr></tbody></table>);
    expectHarmless(cell('a'));
    expect(cell('a')).toContain(' aria-description="');
    expect(cell('b')).not.toContain('aria-description');
  });

  test('in a table of questions and name servers: its name, and the titles that a narrow window shows in each cell', () => {
    const row = { id: 'one', title: HOSTILE, subject: 'zone:.', event: 1, differs: false, cells: [{ status: { sign: 'check', tone: 'secure', word: 'same' }, help: HOSTILE }] } as const;
    expectHarmless(renderToStaticMarkup(<ServerMatrixTable matrix={{ zone: HOSTILE, servers: [HOSTILE], rows: [row] }} />));
  });

  test('in the choice of an endpoint for a channel', () => {
    const [one] = consoleChoices(fold(JSON.parse(JSON.stringify(twoHosts).replaceAll('mx1.example.org', JSON.stringify(HOSTILE).slice(1, -1))) as typeof twoHosts));
    expect(one?.label).toContain(String.raw`\x1b`);
    expect(one?.label).not.toMatch(CONTROLS);
  });

  test('in the tree of trust: names and record data', () => {
    const run = fold(story(lookup(HOSTILE, 'MX', [HOSTILE], { zones: [] }).map((fact, index) => ({ ...fact, at: index }))));
    const opened = (nodes: readonly TrustNode[]): readonly TrustNode[] => nodes.map((node) => ({ ...node, open: true, children: opened(node.children) }));
    const rows = visibleNodes(opened(trustTree(run)), new Set());
    expect(rows.length).toBeGreaterThan(1);
    expectHarmless(renderToStaticMarkup(<>{rows.map((line) => <TrustRow index={0} key={line.node.id} line={line} current={false} roving={roving} choose={() => {}} toggle={() => {}} />)}</>));
  });
});
