/** A handshake in words and in JSON: messages, alerts with sender and level, tickets, what was asked for. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { dialogueText } from '../../core/report/dialogue.ts';
import { handshakeLines } from '../../core/report/handshake.ts';
import { jsonReport } from '../../core/report/json.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

test('RFC 8446 §4: messages with sender and size, tickets, SNI and alerts of a run over real sockets', async () => {
  const { run } = await inspectInLab(lab, 'good-311.example', { probe: 'quick' });
  const [connection] = run.connections;
  const lines = connection === undefined ? [] : handshakeLines(connection);
  expect(lines.join('\n')).toMatch(/^TLS 1\.3, TLS_\w+, \S+, signed with ecdsa_secp256r1_sha256, \d+ ms\nAsked and given: SNI mx1\.good-311\.example, no ALPN, \d session tickets?\nMessages: -> ClientHello \(\d+\) <- ServerHello \(\d+\) EncryptedExtensions \(\d+\) Certificate \(\d+\) CertificateVerify \(\d+\) Finished \(\d+\)/);
  expect(lines).toContain('Chain: 2 certificates presented');
  for (const line of lines) expect(dialogueText(connection as NonNullable<typeof connection>).join('\n')).toContain(line);
  const { tls } = jsonReport(run, assess(run)).endpoints[0] ?? { tls: null };
  expect(tls).toMatchObject({ established: true, chainSource: 'wire', chainProven: true, resumed: false, helloRetryRequest: false, failure: null, certificateTimestamps: 0 });
  expect(tls?.sessionTickets).toBeGreaterThan(0);
  expect(tls?.messages.slice(0, 2)).toEqual([{ from: 'client', name: 'ClientHello', octets: expect.any(Number) as number }, { from: 'server', name: 'ServerHello', octets: expect.any(Number) as number }]);
});

test('RFC 8446 §6: a failed handshake says who sent which alert', async () => {
  const { run } = await inspectInLab(lab, 'client-certificate-required.example', { probe: 'quick' });
  const [connection] = run.connections;
  expect(connection === undefined ? [] : handshakeLines(connection)).toContain('Alerts: certificate_required (116) by the server, fatal');
  const { tls } = jsonReport(run, assess(run)).endpoints[0] ?? { tls: null };
  expect(tls).toMatchObject({ failure: { code: 'alert-from-server', mayBeOurs: false }, alerts: [{ from: 'server', level: 'fatal', code: 116, name: 'certificate_required' }] });
});
