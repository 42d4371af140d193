import { describe, expect, test } from 'vitest';
import { certificateSubject, endpointSubject, tlsaSubject } from '../../core/base/subject.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import { nextItem } from '../../renderer/a11y/roving.ts';
import { announcements } from '../../renderer/a11y/announcements.ts';
import { matchesKey } from '../../renderer/commands/key-match.ts';
import { focusOf } from '../../renderer/selection/focus.ts';
import { subjectLabel } from '../../renderer/text/subject-label.ts';
import { chainView } from '../../renderer/views/certificates/model.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { detailsOf, findingsAbout } from '../../renderer/views/details/model.ts';
import { findingIds, nextIndex } from '../../renderer/views/findings/model.ts';
import { judged, tlsaGrid } from '../../renderer/views/tlsa/model.ts';
import { trustTree } from '../../renderer/views/trust/model.ts';
import type { TrustNode } from '../../renderer/views/trust/trust-node.ts';
import { pathTo, visibleNodes } from '../../renderer/views/trust/visible.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const endpoint = (host: string, keyType: string) => run.endpoints.find(({ verdict }) => verdict.host === host && verdict.keyType === keyType) ?? null;
const connectionOf = (whole: Run, number: number) => whole.connections.find((one) => one.connection.number === number) ?? null;

describe('certificates as presented', () => {
  test('leaf first; an issuer that was not sent has a ghost', () => {
    const chain = chainView(run, connectionOf(run, 1), endpoint('mx1.example.org', 'ECDSA'));
    expect(chain.nodes.map((node) => `${String(node.depth)} ${node.title}`)).toEqual(['0 mx1.example.org', '1 Example Issuing CA 1', '2 CN=Example Root']);
    expect(chain.nodes[2]).toMatchObject({ certificate: null, lines: ['issuer of depth 1, not presented by the server'] });
    expect(chain.nodes[0]?.records).toEqual([0]);
    expect(chain.proof).toBe('proven');
  });

  test('a self-issued leaf has no ghost; dates are judged at the time of the run', () => {
    expect(chainView(run, connectionOf(run, 4), endpoint('mx2.example.org', 'ECDSA')).nodes).toHaveLength(1);
    expect(chainView(run, connectionOf(run, 2), endpoint('mx1.example.org', 'RSA')).nodes[0]?.dates).toBe('expired');
  });

  test('a handshake that did not end proves nothing', () => {
    const broken = connectionOf(run, 1);
    if (broken?.presented == null) throw new Error('not in the fixture');
    expect(chainView(run, { ...broken, presented: { ...broken.presented, proven: false } }, null).proof).toBe('presented, not proven');
  });
});

describe('TLSA grid', () => {
  const host = run.hosts[0];
  if (host === undefined) throw new Error('not in the fixture');

  test('the record that authenticates; of current and next, the other is not red', () => {
    const grid = tlsaGrid(run, host, endpoint('mx1.example.org', 'ECDSA'));
    expect(grid.columns).toEqual(['depth 0', 'depth 1']);
    expect(grid.rows.map((row) => row.cells.map((cell) => `${cell.status.word}, ${cell.status.tone}`))).toEqual([
      ['matches and authenticates, secure', 'not compared, pending'], ['does not match, pending', 'not compared, pending'],
    ]);
  });

  test.each([
    ['expired', 1, 'fits, but expired'], ['not-yet-valid', 1, 'fits, but not valid yet'], ['name-mismatch', 1, 'fits, but names differ'], ['path-invalid', 1, 'fits, but the path does not hold'],
    ['sent-but-not-an-issuer', 1, 'fits, but issued nothing here'], ['path-invalid', null, 'fits, but the path does not hold'], ['anchor-signed-nothing', null, 'signed nothing here'], ['name-mismatch', null, 'fits, but names differ'], ['digest-differs', 1, 'does not match'],
  ] as const)('RFC 7672 §3.1.2: a record that names the certificate fits it, whatever else fails: %s at %j', (code, depth, word) => {
    const record = host.records[0];
    const comparison = run.endpoints[0]?.comparisons[0];
    if (record === undefined || comparison === undefined) throw new Error('not in the fixture');
    const told = judged({ ...comparison, matched: false, depth, reason: { code, text: '', rfc: null, ede: null } }, record, { refused: true, authenticates: false });
    expect(told.status).toEqual({ sign: 'cross', tone: 'bogus', word });
  });

  test('red where the endpoint is refused', () => {
    expect(tlsaGrid(run, host, endpoint('mx1.example.org', 'RSA')).rows[0]?.cells[0]?.status.tone).toBe('bogus');
  });
});

const flat = (nodes: readonly TrustNode[]): readonly TrustNode[] => nodes.flatMap((node) => [node, ...flat(node.children)]);

describe('the tree of trust', () => {
  const tree = trustTree(run);

  test('from the zones down to records and certificates, each line with an id of its own', () => {
    const ids = flat(tree).map((node) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(flat(tree).filter((node) => node.kind === 'zone').map((node) => node.title)).toEqual(['. (root)', 'org', 'example.org']);
    expect(flat(tree).find((node) => node.subject === tlsaSubject('mx1.example.org', 0))).toMatchObject({ status: { word: 'matches' }, kind: 'TLSA' });
  });

  test('a record that matches nothing is red only where an endpoint is refused: in a rollover it must not match (RFC 7671 §8.1)', () => {
    const tone = (outcome: 'refused' | 'authenticated'): unknown => {
      const endpoints = run.endpoints.map((endpoint) => ({
        ...endpoint, verdict: { ...endpoint.verdict, outcome },
        comparisons: endpoint.comparisons.map((one) => ({ ...one, matched: false, reason: { ...one.reason, code: 'digest-differs' as const } })),
      }));
      return flat(trustTree({ ...run, endpoints })).find((node) => node.subject === tlsaSubject('mx1.example.org', 0))?.status;
    };
    expect(tone('refused')).toMatchObject({ tone: 'bogus', word: 'matches nothing' });
    expect(tone('authenticated')).toMatchObject({ tone: 'pending', word: 'matches nothing' });
  });

  test('names are the same in any letter case (RFC 4343 §3)', () => {
    const shouted: Run = { ...run, zones: run.zones.map((state) => ({ ...state, signatures: state.signatures.map((check) => ({ ...check, owner: check.owner.toUpperCase() })) })) };
    const signatures = (of: Run): number => flat(trustTree(of)).filter((node) => node.kind === 'RRSIG').length;
    expect(signatures(shouted)).toBe(signatures(run));
  });

  test('zones that delegate each other in a circle end', () => {
    const circle: Run = { ...run, anchors: [], zones: run.zones.map((state) => ({ ...state, zone: { ...state.zone, parent: state.zone.zone === 'org' ? 'example.org' : state.zone.parent } })) };
    expect(() => trustTree(circle)).not.toThrow();
  });

  test('closed branches hide their lines; a path opens them', () => {
    const key = flat(tree).find((node) => node.kind === 'DNSKEY');
    if (key === undefined) throw new Error('no key in the tree');
    expect(visibleNodes(tree, new Set()).some(({ node }) => node.id === key.id)).toBe(false);
    const closed = pathTo(tree, key.subject).slice(0, -1).filter((node) => !node.open).map((node) => node.id);
    expect(visibleNodes(tree, new Set(closed)).some(({ node }) => node.id === key.id)).toBe(true);
  });
});

describe('details, labels, announcements', () => {
  test('every digest of a certificate can be copied', () => {
    const sha256 = run.endpoints[0]?.verdict.chain[0] ?? '';
    const subject = certificateSubject(sha256);
    const fields = detailsOf(run, subject, focusOf(run, { subject, event: null }, null)).sections.flatMap((section) => section.fields);
    expect(fields.filter((field) => field.copy === true && /SHA2/.test(field.label)).map((field) => field.value)).toContain(sha256);
  });

  test('no subject of the run lacks details', () => {
    const subjects = [...new Set(twoHosts.map((event) => event.subject))].filter((subject) => !subject.startsWith('run:') && !subject.startsWith('domain:'));
    const empty = subjects.filter((subject) => detailsOf(run, subject, focusOf(run, { subject, event: null }, null)).sections.length === 0);
    expect(empty).toEqual([]);
  });

  test('findings about what belongs to a host are about the host, also where its name holds a slash', () => {
    const [name, other] = ['0/25.example.org', '0.example.org'];
    const host = { ...run.hosts[0], name } as NonNullable<(typeof run.hosts)[0]>;
    const finding = (subject: string) => ({ code: 'tlsa-mismatch', severity: 'error', subject, message: '', rfc: '', evidence: [], remedy: { text: '', copy: null } }) as unknown as Finding;
    const all = [finding(tlsaSubject(name, 0)), finding(endpointSubject(name, '192.0.2.1', null)), finding(tlsaSubject(other, 0))];
    expect(findingsAbout(all, `mx:${name}`, { host, endpoint: null, connection: null, certificate: null, record: null })).toEqual(all.slice(0, 2));
  });

  test('labels', () => {
    expect(subjectLabel(endpointSubject('mx1.example.org', '2001:db8::10', 'ECDSA'))).toBe('mx1.example.org · 2001:db8::10 · ECDSA');
    expect(subjectLabel(endpointSubject('mx1.example.org', '192.0.2.10', null))).toBe('mx1.example.org · 192.0.2.10');
    expect(subjectLabel(tlsaSubject('mx1.example.org', 1))).toBe('mx1.example.org · TLSA record 2');
  });

  test('each stage is told once, lines never', () => {
    const told = announcements(run, false);
    expect(told).toContain('mx1.example.org: TLS done');
    expect(told.at(-1)).toBe(run.outcome.headline);
    expect(told.length).toBeLessThan(15);
  });
});

describe('keys', () => {
  const press = (key: string, held: readonly string[] = []) => ({ key, ctrlKey: held.includes('Ctrl'), metaKey: held.includes('Meta'), shiftKey: held.includes('Shift'), altKey: held.includes('Alt') });

  test.each([
    ['Ctrl+Shift+C', press('C', ['Ctrl', 'Shift']), true], ['Ctrl+Shift+C', press('c', ['Ctrl']), false], ['Ctrl+L', press('l', ['Meta']), true],
    ['F8', press('F8', ['Shift']), false], ['Shift+F8', press('F8', ['Shift']), true], ['?', press('?', ['Shift']), true], ['Alt+ArrowLeft', press('ArrowLeft', ['Alt']), true],
  ] as const)('%s', (name, pressed, matches) => {
    expect(matchesKey(pressed, name)).toBe(matches);
  });

  test('arrow keys in a grid of three columns and two rows', () => {
    const size = { count: 6, columns: 3 };
    expect([nextItem(1, 'ArrowDown', size), nextItem(4, 'ArrowDown', size), nextItem(2, 'ArrowRight', size), nextItem(4, 'Home', size), nextItem(4, 'End', size)]).toEqual([4, null, null, 3, 5]);
  });

  test('findings wrap around, and doubles have ids of their own', () => {
    expect([nextIndex(-1, 3, 1), nextIndex(2, 3, 1), nextIndex(0, 3, -1), nextIndex(-1, 0, 1)]).toEqual([0, 0, 2, -1]);
    const one = { code: 'tlsa-mismatch', severity: 'error', subject: 'mx:a', message: '', rfc: '', evidence: [], remedy: null } as const;
    expect(new Set(findingIds([one, one])).size).toBe(2);
  });
});
