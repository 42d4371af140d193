/** Reports of runs through the practice lab. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { chainTree, type TreeNode } from '../../core/graph/chain-tree.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import { endedAt, notTested } from '../../core/report/circumstances.ts';
import { dialogueLine } from '../../core/report/dialogue.ts';
import { exitCode } from '../../core/report/exit-code.ts';
import { circumstanceRows } from '../../core/report/circumstances.ts';
import { jsonReport } from '../../core/report/json.ts';
import { htmlReport } from '../../core/report/html.ts';
import { markdownReport } from '../../core/report/markdown.ts';
import { textReport } from '../../core/report/text.ts';
import { wrap } from '../../core/report/wrap.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
const runs = new Map<string, Run>();
const SCENES = ['good-311', 'tlsa-mismatch', 'tlsa-missing', 'mx-is-alias', 'null-mx', 'greeting-rejected', 'tlsa-lookup-failed', 'certificate-expired-unchecked', 'issuer-is-no-ca'];

beforeAll(async () => {
  lab = await startLab({ only: SCENES });
  for (const name of SCENES) runs.set(name, (await inspectInLab(lab, `${name}.example`)).run);
});
afterAll(() => lab.close());

function runOf(scene: string): { readonly run: Run; readonly findings: readonly Finding[] } {
  const run = runs.get(scene) ?? EMPTY_RUN;
  return { run, findings: assess(run) };
}

describe('the JSON report', () => {
  const json = (scene: string) => jsonReport(runOf(scene).run, runOf(scene).findings);

  test('has its stable fields', () => {
    const report = json('tlsa-mismatch');
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['schemaVersion', 'target', 'startedAt', 'finishedAt', 'outcome', 'hosts', 'endpoints', 'lookups', 'findings']));
    expect(Object.keys(report.hosts[0] ?? {})).toEqual(expect.arrayContaining(['name', 'preference', 'lookups', 'tlsaBaseDomain', 'tlsaRecords']));
    expect(Object.keys(report.hosts[0]?.tlsaRecords[0] ?? {})).toEqual(expect.arrayContaining(['usage', 'selector', 'matchingType', 'data', 'usable', 'reason']));
    expect(Object.keys(report.endpoints[0] ?? {})).toEqual(expect.arrayContaining(['host', 'address', 'port', 'keyType', 'outcome', 'protocol', 'cipher', 'chain', 'matches', 'dialogue']));
    expect(Object.keys(report.endpoints[0]?.chain[0] ?? {})).toEqual(['depth', 'subject', 'issuer', 'sans', 'notBefore', 'notAfter', 'spkiSha256', 'certSha256', 'keyType', 'certificateTimestamps', 'der']);
    expect(Object.keys(report.endpoints[0]?.matches[0] ?? {})).toEqual(expect.arrayContaining(['record', 'depth', 'matched', 'reason']));
    expect(Object.keys(report.lookups[0] ?? {})).toEqual(['name', 'type', 'status', 'rcode', 'reason']);
    expect(Object.keys(report.findings[0] ?? {})).toEqual(expect.arrayContaining(['code', 'severity', 'subject', 'message', 'rfc', 'remedy']));
  });

  test('says what was found', () => {
    const report = json('good-311');
    expect(report).toMatchObject({ schemaVersion: 1, target: 'good-311.example', state: 'finished', outcome: 'authenticated', findings: [] });
    expect(report.hosts).toMatchObject([{ name: 'mx1.good-311.example', preference: 10, tlsaBaseDomain: 'mx1.good-311.example', tlsaRecords: [{ usage: 3, selector: 1, matchingType: 1, usable: true, reason: null }] }]);
    expect(report.hosts[0]?.lookups.map(({ type }) => type).sort()).toEqual(['A', 'AAAA', 'TLSA']);
    expect(report.endpoints).toMatchObject([{ outcome: 'authenticated', keyType: 'ECDSA', protocol: 'TLSv1.3', matches: [{ record: 0, depth: 0, matched: true }, { depth: 1, matched: false }] }]);
    expect(report.endpoints[0]?.chain.map(({ depth }) => depth)).toEqual([0, 1]);
    expect(report.endpoints[0]?.dialogue.some(({ text, protected: isProtected }) => text.startsWith('EHLO') && isProtected)).toBe(true);
    expect(Date.parse(report.finishedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(report.startedAt ?? ''));
  });

  test('of an empty or unfinished run is whole as a document', () => {
    expect(jsonReport(EMPTY_RUN, [])).toMatchObject({ target: '', startedAt: null, finishedAt: null, hosts: [] });
    expect(jsonReport({ ...runOf('good-311').run, state: 'running' }, []).finishedAt).toBeNull();
  });
});

describe('the text report', () => {
  const text = (scene: string): string => textReport(runOf(scene).run, runOf(scene).findings, { dialogue: true, trust: true });

  test('begins its verdict with what senders do', () => {
    expect(text('tlsa-mismatch')).toContain('✖ Mail from senders that do DANE is delayed and will bounce (RFC 7672 §2.2)');
    expect(text('good-311')).toContain('✔ Mail to good-311.example is authenticated on its MX host (RFC 7672 §3.1.1)');
  });

  test('keeps a zone-file line whole and wraps what is prose', () => {
    const { findings } = runOf('tlsa-mismatch');
    const lines = text('tlsa-mismatch').split('\n');
    expect(lines).toContain(`    ${findings[0]?.remedy?.copy}`);
    const prose = textReport(runOf('tlsa-mismatch').run, findings).split('\n').filter((line) => !line.includes('IN TLSA') && !line.startsWith('    openssl '));
    expect(prose.filter((line) => line.length > 78)).toEqual([]);
  });

  test('keeps a command whole, on a line of its own; Markdown in a code span, HTML as code', () => {
    const command = 'openssl x509 -in certificate.pem -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -sha256';
    const { run, findings } = runOf('tlsa-mismatch');
    expect(text('tlsa-mismatch').split('\n')).toContain(`    ${command}`);
    expect(text('tlsa-mismatch')).not.toContain('`');
    expect(markdownReport(run, findings)).toContain(`\`${command}\``);
  });

  test('backticks of a name make no command: without a partner they are text, in Markdown escaped', () => {
    const { run, findings } = runOf('tlsa-mismatch');
    const hostile = findings.map((finding) => ({ ...finding, remedy: { text: 'Look at `evil.example for <b>it</b>.', copy: null } }));
    expect(markdownReport(run, hostile)).toContain('Look at \\`evil.example for \\<b\\>it\\</b\\>.');
    expect(textReport(run, hostile)).toContain('Look at `evil.example');
  });

  test('the keys that the root is trusted by are anchors there, not DS records', () => {
    const { run, findings } = runOf('tlsa-mismatch');
    const whole = textReport(run, findings, { trust: true });
    expect(whole).toMatch(/Trust anchor \d+, DS with digest type 2: matches DNSKEY/);
    expect(whole).toMatch(/Trust anchor \d+, DNSKEY: matches DNSKEY/);
    expect(whole).not.toContain('digest type 0');
  });

  test('says the verdict first, and then how it came about', () => {
    const { run, findings } = runOf('tlsa-mismatch');
    const whole = textReport(run, findings, { trust: true, dialogue: true });
    const places = ['✖ Mail from senders', 'error: tlsa-mismatch', 'Checked ', 'Trust anchor', '=== mx1'].map((part) => whole.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
  });

  test('has a row for each endpoint, and for a host without one', () => {
    expect(text('good-311')).toMatch(/✔ 10 mx1\.good-311\.example {2}192\.0\.2\.\d+ {2}ECDSA {2}3 1 1 {2}authenticated/);
    const { run } = runOf('good-311');
    expect(textReport({ ...run, endpoints: [] }, [])).toContain('? mx1.good-311.example');
  });

  test('lets nothing that a server said move the cursor', () => {
    const { run } = runOf('good-311');
    const hostile = '250 \u001B[2J\u202Eevil\r\n';
    const connections = run.connections.map((state) => ({ ...state, lines: [{ from: 'server', text: hostile, bytes: '', ending: 'crlf', protected: false, unexpected: false, seq: 1, at: 1 } as const] }));
    const told = textReport({ ...run, connections, outcome: { ...run.outcome, headline: hostile } }, [], { dialogue: true });
    expect(told).not.toMatch(/[\u001B\u202E\r]/);
    expect(told).toContain('\\x1b[2J');
  });

  test('colours only what it was given, through the one function', () => {
    const marked = textReport(runOf('tlsa-mismatch').run, runOf('tlsa-mismatch').findings, { style: (tone, part) => `<${tone}>${part}</>` });
    expect(marked.replaceAll(/<\/?\w*>/g, '')).toBe(textReport(runOf('tlsa-mismatch').run, runOf('tlsa-mismatch').findings));
  });

  test('says of a run that was stopped why its host was not tested, and not what senders would do', () => {
    const stopped: Run = { ...runOf('good-311').run, state: 'stopped', failure: 'stopped before the end', endpoints: [] };
    expect(notTested(stopped)).toEqual(['All that would have come later: stopped before the end.', 'mx1.good-311.example: no address was looked at before the run ended.']);
    expect(notTested({ ...stopped, state: 'failed', failure: 'TypeError' })[0]).toBe('All that would have come later: the run failed: TypeError.');
    expect(notTested({ ...stopped, state: 'running', failure: null })[0]).toBe('All that would have come later: the run goes on.');
  });

  test('says that a run is not whole', () => {
    expect(textReport({ ...runOf('good-311').run, state: 'stopped', failure: 'stopped before the end' }, [])).toContain('The run is not whole: stopped before the end');
  });

  test('draws lines as swaks does', () => {
    const line = { text: 'EHLO a', bytes: '', ending: 'crlf', unexpected: false } as const;
    expect(dialogueLine({ ...line, from: 'client', protected: false })).toBe(' ->  EHLO a');
    expect(dialogueLine({ ...line, from: 'client', protected: true })).toBe(' ~>  EHLO a');
    expect(dialogueLine({ ...line, from: 'server', protected: false })).toBe('<-   EHLO a');
    expect(dialogueLine({ ...line, from: 'server', protected: true, unexpected: true })).toBe('<~*  EHLO a');
  });
});

describe('the Markdown report', () => {
  test('has the verdict, the endpoints and the fix to copy', () => {
    const { run, findings } = runOf('tlsa-mismatch');
    const told = markdownReport(run, findings);
    expect(told).toMatch(/^# tlsa-mismatch\.example\n\n\*\*Mail from senders that do DANE is delayed and will bounce\*\* \(RFC 7672 §2\.2\)\n/);
    expect(told).toContain('## error: tlsa-mismatch\n');
    expect(told).toContain(`\n\n    ${findings[0]?.remedy?.copy}\n`);
  });

  test('lets nothing from outside be markup', () => {
    const { run } = runOf('good-311');
    const hostile = '</td><script>alert(1)</script> [x](http://evil.example) | **b**\n# h `c` @all';
    const endpoints = run.endpoints.map((state) => ({ ...state, verdict: { ...state.verdict, reason: { ...state.verdict.reason, text: hostile } } }));
    const told = markdownReport({ ...run, endpoints, outcome: { ...run.outcome, headline: hostile } }, []);
    expect(told).not.toMatch(/(?<!\\)<script|(?<!\\)\[x|\n# h|(?<!\\)`c|:\/\/evil/);
    expect(told.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(3);
  });
});

describe('wrapping', () => {
  test('keeps a section together and a long word whole', () => {
    expect(wrap('aaa bbb RFC 7672 §3.1 ccc', 12, ' ')).toEqual([' aaa bbb', ' RFC 7672 §3.1', ' ccc']);
    expect(wrap(`a ${'x'.repeat(30)} b`, 10)).toEqual(['a', 'x'.repeat(30), 'b']);
    expect(wrap('', 10)).toEqual([]);
  });
});

describe('the exit code', () => {
  test.each([
    ['good-311', 0], ['certificate-expired-unchecked', 0], ['mx-is-alias', 1], ['tlsa-missing', 1], ['tlsa-mismatch', 2], ['tlsa-lookup-failed', 2],
    ['null-mx', 3], ['greeting-rejected', 3],
  ])('of %s is %i', (scene, code) => {
    expect(exitCode(runOf(scene).run, runOf(scene).findings)).toBe(code);
  });

  test('is never "all well" for a run that did not end', () => {
    expect(exitCode(EMPTY_RUN, [])).toBe(3);
    for (const state of ['running', 'stopped', 'failed'] as const) expect(exitCode({ ...runOf('good-311').run, state }, [])).toBe(3);
  });
});

describe('RFC 5890 §4.4: an internationalised target', () => {
  test('stands in both forms in text, Markdown, HTML and the circumstances of every report', () => {
    const context = runOf('good-311').run.context;
    if (context === null) throw new Error('no context');
    const typed = { ...EMPTY_RUN, context: { ...context, target: { kind: 'mail-domain', input: 'bücher.example', domain: 'xn--bcher-kva.example', unicode: 'bücher.example', port: 25, tls: 'starttls' } as const } };
    const both = 'bücher.example (xn--bcher-kva.example)';
    expect(textReport(typed, []).replaceAll(/\s+/g, ' ')).toContain(`Checked ${both} at`);
    expect(markdownReport(typed, []).replaceAll('\\', '')).toContain(`# ${both}`);
    expect(circumstanceRows(typed)).toContainEqual(['Target', both]);
    const html = htmlReport(typed, [], null);
    expect(html).toContain(`<title>${both}: `);
    expect(html).toContain(`<bdi>${both}</bdi></h1>`);
  });
});

describe('the chain of trust', () => {
  const nodes = (node: TreeNode): TreeNode[] => [node, ...node.children.flatMap(nodes)];
  const all = (scene: string): TreeNode[] => chainTree(runOf(scene).run).flatMap(nodes);

  test('leads from the anchor to the certificate that the record names', () => {
    const path: string[] = [];
    let level = chainTree(runOf('good-311').run);
    for (const kind of ['anchor', 'zone', 'zone', 'zone', 'rrset', 'tlsa', 'certificate']) {
      const next = level.find((node) => node.kind === kind && (kind !== 'rrset' || node.label.endsWith(' TLSA')) && (kind !== 'zone' || /Root|zone/i.test(node.label)));
      path.push(next?.kind ?? 'nothing');
      level = [...(next?.children ?? [])];
    }
    expect(path).toEqual(['anchor', 'zone', 'zone', 'zone', 'rrset', 'tlsa', 'certificate']);
    expect(level).toEqual([]);
    expect(all('good-311').find(({ kind }) => kind === 'tlsa')?.children).toMatchObject([{ status: 'match', detail: expect.stringContaining('depth 0') as string }]);
  });

  test('ends with the endpoints, what became of them, and what they present', () => {
    expect(all('tlsa-mismatch').find(({ kind }) => kind === 'endpoint')).toMatchObject({
      status: 'mismatch', word: 'refused', children: expect.arrayContaining([expect.objectContaining({ word: 'does not match' }), expect.objectContaining({ word: 'not presented' })]) as unknown,
    });
    const { run, findings } = runOf('tlsa-mismatch');
    expect(textReport(run, findings, { trust: true })).toMatch(/✖ mx1\.tlsa-mismatch\.example 192\.0\.2\.25 ECDSA, refused: /);
  });

  test('has every zone, DS and DNSKEY with its status', () => {
    expect(all('good-311').filter(({ kind }) => kind === 'zone').map(({ status }) => status)).toEqual(['secure', 'secure', 'secure']);
    expect(all('good-311').some(({ kind, status }) => kind === 'ds' && status === 'match')).toBe(true);
    expect(all('good-311').some(({ kind, label }) => kind === 'dnskey' && label.startsWith('DNSKEY'))).toBe(true);
  });

  test('says of a record that matches nothing that it matches nothing', () => {
    expect(all('tlsa-mismatch').find(({ kind }) => kind === 'tlsa')).toMatchObject({ status: 'mismatch', children: [] });
  });

  test('says of a record whose path does not hold that it fits (RFC 7672 §3.1.2), as every report does', () => {
    const { run, findings } = runOf('issuer-is-no-ca');
    expect(all('issuer-is-no-ca').find(({ kind }) => kind === 'tlsa')).toMatchObject({ status: 'mismatch', word: 'fits, but the path does not hold' });
    expect(textReport(run, findings, { trust: true })).toContain('fits, but the path does not hold');
    for (const report of [markdownReport(run, findings), textReport(run, findings)].map((text) => text.replaceAll(/\s+/g, ' '))) {
      expect(report).toContain('TLSA record 1 names the certificate at depth 1');
      expect(report).not.toMatch(/does not match|matches nothing/);
    }
  });

  test('of nothing is nothing, and a circle of zones ends', () => {
    expect(chainTree(EMPTY_RUN)).toEqual([]);
    const { run } = runOf('good-311');
    const circle = run.zones.map((state, index) => ({ ...state, zone: { ...state.zone, parent: run.zones[(index + 1) % run.zones.length]?.zone.zone ?? null } }));
    expect(chainTree({ ...run, zones: [...circle, { ...circle[0]!, zone: { ...circle[0]!.zone, zone: 'top', parent: null } }] }).length).toBe(1);
  });
});

describe('every report', () => {
  test('states target, times, version, vantage with addresses and families, resolver with port, whether every name server was asked, anchors, TLS library, clock, probing, limits, what was not tested and what was redacted', () => {
    const { run, findings } = runOf('greeting-rejected');
    if (run.context === null) throw new Error('the run did not begin');
    const context = { ...run.context, sources: ['192.0.2.77'], sourceNames: [{ address: '192.0.2.77', name: 'reverse.example.org' }], families: [4] as const, redacted: ['names'] as const, resolver: { mode: 'forwarding' as const, servers: [{ name: null, address: '198.51.100.53', port: 5353 }], why: 'as chosen' }, allServers: true, minimiseQueryNames: true };
    const told = { ...run, context };
    const facts = ['greeting-rejected.example', context.startedAt, endedAt(told), `Danescope ${context.version}`, '192.0.2.77', 'reverse.example.org', 'IPv4', '198.51.100.53', '5353', 'as chosen', 'Name servers: every one asked at every address', 'RFC 9156', String(context.trustAnchors[0]?.keyTag), context.tlsLibrary, context.helo, 'TLS 1.3 and 1.2', 'handshake 15000', 'IPv6: left out by option', 'Redacted: '];
    const bare = (text: string): string => text.replaceAll('\\', '').replaceAll(/\s+/g, ' ');
    for (const report of [bare(markdownReport(told, findings)), bare(textReport(told, findings))]) expect(facts.filter((fact) => !report.includes(fact))).toEqual([]);
  });

  test('says whether every name server was asked, and of a run file that does not know, nothing', () => {
    const { run, findings } = runOf('good-311');
    if (run.context === null) throw new Error('the run did not begin');
    const { allServers, minimiseQueryNames, ...older } = run.context;
    expect([allServers, minimiseQueryNames]).toEqual([false, false]);
    expect(textReport(run, findings).replaceAll(/\s+/g, ' ')).toContain('Name servers: as many asked as it took for an answer; not compared.');
    expect(textReport({ ...run, context: older }, findings)).not.toContain('Name servers');
    expect(jsonReport({ ...run, context: older }, findings).circumstances).toMatchObject({ allServers: null, minimiseQueryNames: null });
  });

  test('in JSON names the servers of the resolver with their ports', () => {
    const { run, findings } = runOf('good-311');
    if (run.context === null) throw new Error('the run did not begin');
    const resolver = { mode: 'forwarding' as const, servers: [{ name: null, address: '198.51.100.53', port: 5353 }], why: null };
    expect(jsonReport({ ...run, context: { ...run.context, allServers: true, resolver } }, findings).circumstances)
      .toMatchObject({ resolver: 'forwarding to 198.51.100.53', resolverServers: [{ address: '198.51.100.53', port: 5353 }], allServers: true, minimiseQueryNames: false });
  });
});
