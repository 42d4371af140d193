import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { converse } from '../../core/smtp/dialogue.ts';
import { conversation, converseWith, optionsFor, polite, REQUEST, served } from './conversation.ts';
import { mailServer } from './mail-server.ts';
import type { Script } from './mail-server.ts';

describe('a server without faults', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('STARTTLS with %s: banner, EHLO, STARTTLS, TLS, EHLO, QUIT', async (version) => {
    const { session, phases, lines, notices, commands, facts } = await conversation(polite(), { request: { ...REQUEST, minimumVersion: version, maximumVersion: version } });
    expect(session).toMatchObject({ failure: null, tlsFailure: null, established: true });
    expect(phases).toEqual({ connect: 'done', banner: 'done', ehlo: 'done', starttls: 'done', handshake: 'done', 'ehlo-protected': 'done', quit: 'done' });
    expect(commands).toEqual(['EHLO client.example.net', 'STARTTLS', 'EHLO client.example.net', 'QUIT']);
    expect(lines.map(({ from, text, protected: isProtected }) => [from, text, isProtected])).toEqual([
      ['server', '220 mx.example.org ESMTP', false], ['client', 'EHLO client.example.net', false], ['server', '250-mx.example.org', false],
      ['server', '250-SIZE 10240000', false], ['server', '250 STARTTLS', false], ['client', 'STARTTLS', false], ['server', '220 go ahead', false],
      ['client', 'EHLO client.example.net', true], ['server', '250-mx.example.org', true], ['server', '250 SIZE 10240000', true],
      ['client', 'QUIT', true], ['server', '221 bye', true],
    ]);
    expect(lines.some(({ unexpected }) => unexpected)).toBe(false);
    expect(notices).toEqual([]);
    expect(session.presented).toEqual({ certificates: served.ders, proven: true, source: 'wire', note: null });
    expect(session.parameters).toMatchObject({ protocol: version, serverName: 'mx.example.org', resumed: false, signatureScheme: 'ecdsa_secp256r1_sha256' });
    expect(session).toMatchObject({ capabilities: ['SIZE 10240000', 'STARTTLS'], protectedCapabilities: ['SIZE 10240000'] });
    expect(facts.flatMap(({ type }) => (type.startsWith('tls.') ? [type] : []))).toEqual(['tls.started', 'tls.presented', 'tls.established', 'tls.ended']);
  });

  test('TLS on connect: the greeting comes inside TLS (RFC 8314 §3.3)', async () => {
    const server = createServer(served, (socket) => {
      socket.on('error', () => { /* the client leaves */ });
      socket.write('220 mx.example.org ESMTP\r\n');
      socket.on('data', (data) => socket.write(data.toString().startsWith('QUIT') ? '221 bye\r\n' : '250 mx.example.org\r\n'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { session, phases, lines } = await converseWith((server.address() as AddressInfo).port, { tls: 'on-connect' });
    server.close();
    expect(session).toMatchObject({ failure: null, established: true, capabilities: null, protectedCapabilities: [] });
    expect(phases).toEqual({ connect: 'done', handshake: 'done', banner: 'done', 'ehlo-protected': 'done', quit: 'done' });
    expect(lines.every((line) => line.protected)).toBe(true);
  });

  test('TLS on connect at a port where the server greets in clear', async () => {
    const { session } = await conversation(polite(), { tls: 'on-connect' });
    expect(session).toMatchObject({ failure: { code: 'tls', phase: 'handshake' }, tlsFailure: { code: 'not-tls', mayBeOurs: false }, presented: null });
    expect(session.tlsFailure?.text).toContain('220 mx.example.org ESMTP');
  });

  describe('stopped when nobody asks any more (RFC 5321 §4.1.1.10)', () => {
    /** Replies come late, so that the stop comes while one is due. @param at the command after which it stops; the empty one is the connection */
    const stoppedAt = async (at: string): Promise<readonly string[]> => {
      const gone = new AbortController();
      const script: Script = async (side) => {
        for (let command: string | null = ''; command !== null; command = await side.command()) {
          if (command === at) setTimeout(() => gone.abort(), 0);
          await new Promise((resolve) => { setTimeout(resolve, 50); });
          side.send({ '': '220 mx\r\n', STARTTLS: '220 go\r\n', QUIT: '221 bye\r\n' }[command] ?? '250-mx\r\n250 STARTTLS\r\n');
          if (command === 'QUIT') return side.end();
        }
      };
      const server = await mailServer(script);
      const { session } = await converseWith(server.port, { signal: gone.signal });
      await server.over();
      server.close();
      expect(session.failure?.code).toBe('aborted');
      return server.sides.flatMap(({ commands }) => commands);
    };

    test('while the greeting is due: QUIT after it', async () => {
      expect(await stoppedAt('')).toEqual(['QUIT']);
    });

    test('while the reply to EHLO is due: QUIT after it', async () => {
      expect(await stoppedAt('EHLO client.example.net')).toEqual(['EHLO client.example.net', 'QUIT']);
    });

    test('while the reply to STARTTLS is due: after its 220 no command may come in clear (RFC 3207 §4)', async () => {
      expect(await stoppedAt('STARTTLS')).toEqual(['EHLO client.example.net', 'STARTTLS']);
    });
  });

  test('nobody listens any more: the server that waits for a command gets its QUIT, and the connection is closed (RFC 5321 §4.1.1.10)', async () => {
    const server = await mailServer(polite());
    for await (const fact of converse(optionsFor(server.port))) if (fact.type === 'smtp.line') break;
    await server.over();
    expect(server.sides.flatMap(({ commands }) => commands)).toEqual(['QUIT']);
    server.close();
  });
});
