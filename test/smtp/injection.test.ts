/** A command in clear behind STARTTLS (RFC 3207 §4.2, CVE-2011-0411): who obeys it inside TLS, who throws it away, and who breaks off. */
import { TLSSocket } from 'node:tls';
import { expect, test } from 'vitest';
import { mxSubject } from '../../core/base/subject.ts';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import { HOST, probed } from '../inspection/probing.ts';
import { conversation, served } from './conversation.ts';
import type { Script, ServerSide } from './mail-server.ts';

/** Obeys line by line; `atStartTls` is what it does with what came along. */
const serverThat = (atStartTls: (side: ServerSide) => void): Script => async (side) => {
  side.send('220 mx ESMTP\r\n');
  for (let command = await side.command(); command !== null; command = await side.command()) {
    if (command === 'STARTTLS') {
      atStartTls(side);
    } else if (command === 'QUIT') {
      side.send('221 bye\r\n');
      return side.end();
    } else side.send(command.startsWith('EHLO') && !(side.socket instanceof TLSSocket) ? '250-mx\r\n250 STARTTLS\r\n' : '250 ok\r\n');
  }
};

const keeps = serverThat((side) => { side.send('220 go\r\n'); side.startTls(served); });
const forgets = serverThat((side) => { side.send('220 go\r\n'); side.forget(); side.startTls(served); });

test('a server that obeys it inside TLS is told, and only that', async () => {
  const { session, notices, commands } = await conversation(keeps, { injection: true });
  expect(session).toMatchObject({ failure: null, established: true });
  expect(notices).toEqual(['command-injection']);
  expect(commands).toEqual(['EHLO client.example.net', 'STARTTLS', 'NOOP', 'QUIT']);
});

test('a server that throws it away, as RFC 3207 §4.2 says', async () => {
  const { session, notices, commands } = await conversation(forgets, { injection: true });
  expect(session.failure).toBeNull();
  expect(notices).toEqual(['command-discarded']);
  expect(commands).toEqual(['EHLO client.example.net', 'STARTTLS', 'QUIT']);
});

test.each<[string, Script, object]>([
  ['answers it in clear', serverThat((side) => { side.send('220 go\r\n250 ok\r\n'); side.forget(); }), { code: 'response-injection' }],
  ['refuses STARTTLS with something behind it', serverThat((side) => { side.send('503 improper pipelining\r\n'); side.forget(); }), { code: 'starttls-refused' }],
  ['hangs up', serverThat((side) => { side.end(); }), { code: 'closed', phase: 'starttls' }],
])('a server that %s is not said to obey it', async (_name, script, failure) => {
  const { session, notices } = await conversation(script, { injection: true });
  expect(session.failure).toMatchObject(failure);
  expect(notices).toEqual([]);
});

test('nobody sends it unless asked to', async () => {
  expect((await conversation(keeps)).commands).not.toContain('NOOP');
});

test.each<['full' | 'intrusive', Script, readonly string[]]>([
  ['full', keeps, []], ['intrusive', keeps, ['command-injection']], ['intrusive', forgets, []],
  ['intrusive', serverThat((side) => { if (side.forget()) side.send('503 improper pipelining\r\n'); else { side.send('220 go\r\n'); side.startTls(served); } }), []],
])('probing %s finds it, and no outcome rests on that connection', async (probe, script, codes) => {
  const { facts, connections, verdicts } = await probed(script, { tlsa: 'absent', records: [] }, probe);
  const host = { type: 'destination.host', at: 0, subject: mxSubject(HOST.name), host: { ...HOST, tlsa: 'absent', records: [] } } as const;
  const findings = assess(fold([host, ...facts].map((fact, seq) => ({ ...fact, seq })))).map(({ code }) => code);
  expect(findings.filter((code) => code !== 'tlsa-missing')).toEqual(codes);
  expect(connections.filter(({ purpose }) => purpose === 'command injection')).toHaveLength(probe === 'intrusive' ? 1 : 0);
  expect([...verdicts.values()].map(({ outcome, connection }) => [outcome, connection])).toEqual([['opportunistic', 1]]);
});
