import { describe, expect, test } from 'vitest';
import { connectionSubject } from '../../core/base/subject.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { InspectionEvent } from '../../core/inspection/events.ts';
import type { Run } from '../../core/inspection/run.ts';
import { circumstances } from '../../renderer/views/overview/circumstances.ts';
import { headline } from '../../renderer/views/overview/headline.ts';
import { STAGES, matrix } from '../../renderer/views/overview/model.ts';
import { notices } from '../../renderer/views/overview/states.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const cellOf = (whole: Run, id: string, stage: (typeof STAGES)[number]) => matrix(whole).find((row) => row.id === id)?.cells[STAGES.indexOf(stage)];

describe('the delivery matrix', () => {
  test('a row for each host, address and key type, in the order of preference', () => {
    expect(matrix(run).map((row) => row.id)).toEqual([
      'mx1.example.org/192.0.2.10/ECDSA', 'mx1.example.org/192.0.2.10/RSA', 'mx1.example.org/2001:db8::10/-', 'mx2.example.org/198.51.100.5/ECDSA',
    ]);
    expect(matrix(run).map((row) => row.firstOfHost)).toEqual([true, false, false, true]);
  });

  test('every prefix of a run has a matrix whose rows never change their order', () => {
    let before: readonly string[] = [];
    for (let length = 0; length <= twoHosts.length; length += 1) {
      const addresses = [...new Set(matrix(fold(twoHosts.slice(0, length))).map((row) => `${row.host}/${row.address ?? ''}`))];
      const kept = before.filter((one) => addresses.includes(one));
      expect(addresses.filter((one) => kept.includes(one))).toEqual(kept);
      before = addresses;
    }
  });

  test('cells wait until their stage is known', () => {
    const early = fold(twoHosts.slice(0, twoHosts.findIndex((event) => event.type === 'destination.host') + 2));
    const row = matrix(early)[0];
    expect(row?.cells.map((cell) => cell.status.word)).toEqual(['secure', 'secure', 'secure', 'pending', 'pending', 'pending', 'pending', 'pending', 'pending']);
  });

  test('while it runs nothing is red before it is known, and what a stopped run left open is not pending for ever', () => {
    const ended = twoHosts.findIndex((event) => event.type === 'smtp.phase' && event.connection === 4 && event.phase === 'handshake' && event.state === 'done');
    const failing = twoHosts.slice(0, ended + 1).map((event, index) => (index === ended && event.type === 'smtp.phase' ? { ...event, state: 'failed' as const } : event));
    const early = fold(failing);
    const words = (whole: Run): unknown => matrix(whole).find((row) => row.host === 'mx2.example.org')?.cells.slice(3).map((cell) => cell.status.word);
    expect(words(early)).not.toContain('failed');
    expect(words({ ...early, state: 'stopped' })).not.toContain('pending');
    expect(matrix({ ...early, state: 'stopped' }).at(-1)?.cells.at(-1)?.status.word).toBe('not determined');
    expect(JSON.stringify(matrix({ ...early, state: 'failed' }))).not.toContain('stopped');
  });

  test('RFC 7672 §3.1.1: under DANE-EE(3) names and dates are n/a, with the reason', () => {
    expect(cellOf(run, 'mx1.example.org/192.0.2.10/ECDSA', 'Names, dates')).toMatchObject({ text: 'n/a', help: expect.stringContaining('names and dates are not checked (RFC 7672 §3.1.1)') });
  });

  test('the key type that no record matches is refused while the other is authenticated', () => {
    expect(cellOf(run, 'mx1.example.org/192.0.2.10/RSA', 'Match')?.status.word).toBe('no match');
    expect(cellOf(run, 'mx1.example.org/192.0.2.10/RSA', 'Outcome')?.text).toBe('refused');
    expect(cellOf(run, 'mx1.example.org/192.0.2.10/ECDSA', 'Match')?.text).toBe('3 1 1');
  });

  test('after a failure the stages below say what prevented them and lead to the cause', () => {
    const id = 'mx1.example.org/2001:db8::10/-';
    expect(cellOf(run, id, 'Connect')?.status.word).toBe('not determined');
    expect(cellOf(run, id, 'STARTTLS')).toMatchObject({ help: 'not tested: no connection', subject: connectionSubject('mx1.example.org', '2001:db8::10', 1) });
  });
});

const withConnections = (change: (connection: Run['connections'][number]) => Run['connections'][number]): Run => ({ ...run, connections: run.connections.map(change) });
const destination = (kind: NonNullable<Run['destination']>['kind'], mxStatus: 'secure' | 'insecure' | 'bogus' | 'indeterminate' = 'secure'): Run =>
  ({ ...run, connections: [], hosts: [], destination: { kind, domain: 'example.org', hosts: [], mxStatus, reason: null } });
const titles = (of: Run): readonly string[] => notices(of).map((notice) => notice.title);

describe('states and their exact words', () => {
  test('running: endpoints known, and the stage', () => {
    const index = twoHosts.findLastIndex((event: InspectionEvent) => event.type === 'smtp.phase' && event.phase === 'handshake' && event.state === 'started');
    expect(headline(fold(twoHosts.slice(0, index + 1)), true).title).toBe('2 of 3 endpoints · TLS handshake with mx2.example.org');
  });

  test('null MX is not an error', () => {
    expect(headline(destination('null-mx'), false)).toMatchObject({ title: 'example.org accepts no mail (null MX, RFC 7505).', help: 'Not an error.' });
  });

  test('a domain that does not exist: proved, and not proved', () => {
    expect(headline(destination('domain-does-not-exist'), false).title).toBe('example.org does not exist (secure proof).');
    expect(headline(destination('domain-does-not-exist', 'insecure'), false).title).toBe('example.org does not exist (not proved).');
  });

  test('RFC 5321 §5.1: that mail to no domain and to no host bounces is known, not undetermined', () => {
    expect(headline(destination('domain-does-not-exist'), false).status).toMatchObject({ tone: 'neutral', word: 'no such domain' });
    expect(headline(destination('no-mail-host'), false).status).toMatchObject({ tone: 'neutral', word: 'no mail' });
  });

  test('our bug', () => {
    expect(headline({ ...run, state: 'failed', stage: 'TLS handshake with mx1', failure: 'boom' }, false)).toMatchObject({ title: 'The inspector failed at TLS handshake with mx1; the evidence so far is kept.', help: 'boom' });
  });

  test('stopped', () => {
    expect(headline({ ...run, state: 'stopped' }, false).title).toBe('Stopped; the evidence so far is kept.');
  });

  test('bogus, no MX, no TLSA, no IPv6', () => {
    expect(titles(destination('lookup-failed', 'bogus'))).toEqual([]);
    expect(headline(destination('lookup-failed', 'bogus'), false)).toMatchObject({ view: 'trust' });
    expect(headline(destination('lookup-failed', 'indeterminate'), false)).not.toHaveProperty('view');
    expect(titles(destination('implicit-mx'))).toEqual(['No MX RRset; senders use the address of example.org itself.']);
    expect(titles({ ...run, connections: [], hosts: run.hosts.map((host) => ({ ...host, tlsa: 'absent' })) })).toEqual(['No DANE: senders use TLS if offered, unauthenticated.']);
    expect(titles(run)).toEqual(['No IPv6 from here: 1 address not tested.']);
  });

  test('port 25 blocked from here', () => {
    const blocked = withConnections((one) => ({ ...one, failure: { code: 'connect-timeout', phase: 'connect', text: 'timed out', replyCode: null, elapsedMs: 15_000, octetsReceived: 0 } }));
    expect(titles(blocked)).toContain('This network does not let us reach port 25 (2 hosts, all timed out).');
  });

  test('port 25 blocked where IPv6 is missing too, as in most homes', () => {
    const blocked = withConnections((one) => (one.failure === null ? { ...one, failure: { code: 'connect-timeout', phase: 'connect', text: 'timed out', replyCode: null, elapsedMs: 15_000, octetsReceived: 0 } } : one));
    expect(titles(blocked)).toEqual(['This network does not let us reach port 25 (2 hosts, all timed out).', 'No IPv6 from here: 1 address not tested.']);
    expect(titles({ ...run, connections: run.connections.filter(({ failure }) => failure?.code === 'no-route') })).toEqual(['No IPv6 from here: 1 address not tested.']);
  });

  test('an address that two hosts share, or that was tried twice, is one that was not tested', () => {
    const twice = run.connections.flatMap((one) => (one.failure?.code === 'no-route' ? [one, { ...one, connection: { ...one.connection, number: 9, host: 'mx2.example.org' } }] : [one]));
    expect(titles({ ...run, connections: twice })).toEqual(['No IPv6 from here: 1 address not tested.']);
  });

  test('a resolver that removes signatures: gone round, or not', () => {
    const strips = { code: 'forwarder-strips-dnssec' as const, text: '192.168.1.1 answers without signatures although they were asked for', seq: 3, at: 5, subject: 'zone:.' as const };
    const round = { ...strips, code: 'resolving-from-root' as const, text: 'The resolver 192.168.1.1 removes signatures; asking the authoritative servers directly.' };
    const noticed = (...dnsNotices: Run['dnsNotices']): Run => ({ ...destination('mx'), dnsNotices });
    expect(titles(noticed(strips))).toEqual(['The resolver 192.168.1.1 answers without signatures although they were asked for.']);
    expect(titles(noticed(strips, round))).toEqual(['The resolver 192.168.1.1 removes signatures; asking the authoritative servers directly.']);
  });

  test('each state that something can be done about has one thing to do', () => {
    const failure = { code: 'closed' as const, phase: 'ehlo' as const, text: 'closed by the server after EHLO, without reply', replyCode: null, elapsedMs: 3, octetsReceived: 20 };
    const actions = (of: Run): unknown[] => notices(of).flatMap(({ action }) => (action === undefined ? [] : [action]));
    expect(actions(withConnections((one) => ({ ...one, failure })))).toEqual([{ view: 'dialogue', connection: run.connections[0]?.subject }]);
    expect(actions(withConnections((one) => ({ ...one, failure: { ...failure, code: 'try-later' } })))).toEqual(['run-again']);
    expect(actions(withConnections((one) => ({ ...one, failure: { ...failure, code: 'connect-timeout', phase: 'connect' } })))).toEqual(['open-run']);
    expect(actions({ ...run, connections: [], hosts: run.hosts.map((host) => ({ ...host, tlsa: 'absent' })) })).toEqual([{ view: 'tlsa' }]);
  });

  test('greylisting, with TLS seen', () => {
    const later = withConnections((one) => ({ ...one, failure: { code: 'try-later', phase: 'ehlo-protected', text: '450 come back', replyCode: 450, elapsedMs: 3, octetsReceived: 20 } }));
    expect(titles(later)).toContain('The server asked to come back later; TLS was still checked.');
  });

  test('what several hosts do is said of how many', () => {
    const failure = { code: 'closed' as const, phase: 'ehlo' as const, text: 'closed by the server after EHLO, without reply', replyCode: null, elapsedMs: 3, octetsReceived: 20 };
    expect(titles(withConnections((one) => ({ ...one, failure })))).toContain('mx1.example.org and 1 more host closed the connection.');
    const later = notices(withConnections((one) => ({ ...one, failure: { ...failure, code: 'try-later', text: '450 come back' } }))).find(({ id }) => id === 'come-later');
    expect(later?.help).toBe('mx1.example.org, 192.0.2.10: 450 come back. 1 more host did too.');
  });

  test('changes of keys at many hosts are one notice, which does not push the matrix out of sight', () => {
    const [host] = run.hosts;
    const endpoint = run.endpoints.find(({ verdict }) => verdict.outcome === 'authenticated' && verdict.host === host?.name);
    if (host === undefined || endpoint === undefined) throw new Error('not in the fixture');
    const many = (count: number): Run => {
      const names = Array.from({ length: count }, (_, index) => `mx${String(index)}.example.org`);
      return { ...run, connections: [], hosts: names.map((name) => ({ ...host, name })), endpoints: names.map((name) => ({ ...endpoint, verdict: { ...endpoint.verdict, host: name } })) };
    };
    expect(titles(many(3))).toEqual([0, 1, 2].map((index) => `mx${String(index)}.example.org: rollover under way, safe.`));
    expect(notices(many(200)).map(({ title, help }) => [title, help])).toEqual([['200 MX hosts: rollover under way, safe.', 'mx0.example.org, mx1.example.org, mx2.example.org and 197 more: a record matches nothing that is shown now; another record does.']]);
  });

  test('a reply that ends with a full stop gets no second one', () => {
    const help = (text: string): string | null | undefined => notices(withConnections((one) => ({ ...one, failure: { code: 'try-later', phase: 'ehlo-protected', text, replyCode: 450, elapsedMs: 3, octetsReceived: 20 } }))).find(({ id }) => id === 'come-later')?.help;
    expect(help('450 come back.')).toMatch(/: 450 come back\. 1 more/);
    expect(help('450 come back')).toMatch(/: 450 come back\. 1 more/);
  });
});

test('how far the clock was off stands among the circumstances, once the run is over', () => {
  const run = fold(twoHosts);
  const offsetOf = (shown: Run): string | undefined => circumstances(shown).find(({ label }) => label === 'Clock offset')?.text;
  expect(offsetOf(run)).toBe('not known: no name server told the time in a cookie (RFC 9018)');
  expect(offsetOf({ ...run, state: 'running' })).toBe('told when the run is over');
  expect(circumstances(fold([]))).toEqual([]);
});

test('whether every name server was asked stands among the circumstances; an older run file does not tell', () => {
  const { context } = run;
  if (context === null) throw new Error('not in the fixture');
  const told = (allServers?: boolean): string | undefined => circumstances({ ...run, context: { ...context, ...(allServers === undefined ? {} : { allServers }) } }).find(({ label }) => label === 'Name servers')?.text;
  expect([told(), told(false), told(true)]).toEqual([undefined, 'as many asked as it took for an answer; not compared', 'every one asked at every address, and their answers compared']);
});
