/** What servers do that they must not, each over a real socket: told as what it is, and never the end of us. */
import { describe, expect, test } from 'vitest';
import type { SmtpFailure, SmtpPhase } from '../../core/smtp/facts.ts';
import { conversation, polite, REQUEST, served } from './conversation.ts';
import type { Script, ServerSide } from './mail-server.ts';

const BANNER = '220 mx.example.org ESMTP\r\n';
const EHLO = '250-mx.example.org\r\n250 STARTTLS\r\n';

/** Says these one after another, each after a command of the client but the first. */
const says = (...replies: readonly (string | ((side: ServerSide) => void))[]): Script => async (side) => {
  for (const [index, reply] of replies.entries()) {
    if (index > 0 && await side.command() === null) return;
    if (typeof reply === 'string') side.send(reply);
    else reply(side);
  }
};

const fin = (side: ServerSide): void => { side.end(); };
/** Not at once: a reset that overtakes the handshake of TCP is a refused connection. */
const rst = (side: ServerSide): void => { setTimeout(() => { side.reset(); }, 20); };
const silence = (): void => { /* says nothing */ };

describe('greetings that refuse', () => {
  test.each<[string, string, SmtpFailure['code'], number]>([
    ['554: no mail from here (RFC 5321 §3.1)', '554 no mail service\r\n', 'rejected', 554],
    ['421: not now', '421 too busy\r\n', 'try-later', 421],
    ['450: not now', '450 come back\r\n', 'try-later', 450],
  ])('%s, and it gets its QUIT (RFC 5321 §4.1.1.10)', async (_, banner, code, replyCode) => {
    const { session, commands, lines } = await conversation(says(banner, '221 bye\r\n'));
    expect(session.failure).toMatchObject({ code, phase: 'banner', replyCode });
    expect(session).toMatchObject({ established: false, presented: null });
    expect(commands).toEqual(['QUIT']);
    expect(lines[0]).toMatchObject({ from: 'server', unexpected: true });
  });
});

describe('what is no SMTP', () => {
  test.each([
    ['an SSH server', 'SSH-2.0-OpenSSH_9.2\r\n', 'SSH-2.0-OpenSSH_9.2'],
    ['an HTTP server', 'HTTP/1.1 400 Bad Request\r\n', 'HTTP/1.1 400'],
    ['an IMAP server', '* OK ready\r\n', '* OK ready'],
    ['a server that speaks TLS at once', '\u0015\u0003\u0003\u0000\u0002\u0002\n', 'x15\\x03'],
  ])('%s is named by its first line', async (_, first, quoted) => {
    const { session, commands } = await conversation(says(first));
    expect(session.failure).toMatchObject({ code: 'not-smtp', phase: 'banner' });
    expect(session.failure?.text).toContain(quoted);
    expect(commands).toEqual([]);
  });

  test('a line amid a dialogue that is no reply is malformed (RFC 5321 §4.2)', async () => {
    const { session } = await conversation(says(BANNER, 'hello there\r\n'));
    expect(session.failure).toMatchObject({ code: 'reply-malformed', phase: 'ehlo' });
  });

  test('a code without text is a reply all the same (RFC 5321 §4.2)', async () => {
    const { session } = await conversation(polite({ banner: '220\r\n' }));
    expect(session.failure).toBeNull();
  });
});

describe('STARTTLS withheld', () => {
  test('not offered', async () => {
    const { session, commands } = await conversation(polite({ ehlo: '250-mx.example.org\r\n250 SIZE\r\n' }));
    expect(session.failure).toMatchObject({ code: 'starttls-not-offered', phase: 'starttls', replyCode: null });
    expect(commands).toEqual(['EHLO client.example.net', 'QUIT']);
  });

  test('the keyword counts, not a word that begins with it', async () => {
    const { session } = await conversation(polite({ ehlo: '250-mx.example.org\r\n250 STARTTLSX\r\n' }));
    expect(session.failure).toMatchObject({ code: 'starttls-not-offered' });
  });

  test('offered in lower case (RFC 5321 §2.4)', async () => {
    const { session } = await conversation(polite({ ehlo: '250-mx.example.org\r\n250 starttls\r\n' }));
    expect(session.failure).toBeNull();
  });

  test.each([['454 TLS not available\r\n', 454, 'for now'], ['500 what?\r\n', 500, 'for good'], ['502 no\r\n', 502, 'for good'], ['250 odd\r\n', 250, 'for good']])('refused with %j', async (startTls, replyCode, words) => {
    const { session, commands } = await conversation(polite({ startTls }));
    expect(session.failure).toMatchObject({ code: 'starttls-refused', phase: 'starttls', replyCode });
    expect(session.failure?.text).toContain(words);
    expect(commands.at(-1)).toBe('QUIT');
  });

  test('421 to STARTTLS closes for now; it says nothing about TLS (RFC 5321 §3.8)', async () => {
    const { session } = await conversation(polite({ startTls: '421 shutting down\r\n' }));
    expect(session.failure).toMatchObject({ code: 'try-later', phase: 'starttls', replyCode: 421 });
  });

  test('a server that knows HELO only has no extensions (RFC 5321 §3.2)', async () => {
    const { session, commands } = await conversation(says(BANNER, '502 what?\r\n', '250 mx\r\n', '221 bye\r\n'));
    expect(session.failure).toMatchObject({ code: 'starttls-not-offered', phase: 'ehlo', replyCode: 502 });
    expect(commands).toEqual(['EHLO client.example.net', 'HELO client.example.net', 'QUIT']);
  });

  test.each([['451 wait\r\n', 'try-later'], ['550 go away\r\n', 'rejected']])('EHLO and HELO answered with %j', async (reply, code) => {
    const { session } = await conversation(says(BANNER, reply, reply, '221 bye\r\n'));
    expect(session.failure).toMatchObject({ code, phase: 'ehlo' });
  });
});

describe('octets in clear where TLS must begin (RFC 3207 §4.2)', () => {
  test('a reply that came with the 220 to STARTTLS is an injection: we stop before TLS', async () => {
    const { session, facts, commands } = await conversation(polite({ startTls: '220 go ahead\r\n250 AUTH PLAIN evil ok\r\n' }));
    expect(session.failure).toMatchObject({ code: 'response-injection', phase: 'starttls' });
    expect(session.failure?.text).toContain('24 octets');
    expect(facts.some(({ type }) => type === 'tls.started')).toBe(false);
    expect(commands).toEqual(['EHLO client.example.net', 'STARTTLS']);
  });

  test('a line that comes later is quoted as plain text instead of TLS', async () => {
    const { session } = await conversation(says(BANNER, EHLO, (side) => {
      side.send('220 go ahead\r\n');
      side.socket.once('data', () => { side.send('421 4.7.0 TLS library problem\r\n'); });
    }));
    expect(session.failure).toMatchObject({ code: 'tls', phase: 'handshake' });
    expect(session.tlsFailure).toMatchObject({ code: 'not-tls', mayBeOurs: false });
    expect(session.tlsFailure?.text).toContain('421 4.7.0 TLS library problem');
    expect(session.presented).toBeNull();
  });

  test('STARTTLS offered again inside TLS', async () => {
    const { session, notices } = await conversation(polite({ protectedEhlo: '250-mx.example.org\r\n250-SIZE 10240000\r\n250 STARTTLS\r\n' }));
    expect(session.failure).toBeNull();
    expect(notices).toEqual(['starttls-inside-tls']);
  });

  test('other capabilities inside TLS than before it are told', async () => {
    const { facts, notices } = await conversation(polite({ protectedEhlo: '250-mx.example.org\r\n250-AUTH PLAIN\r\n250 DSN\r\n' }));
    expect(notices).toEqual(['capabilities-differ']);
    expect(facts.find(({ type }) => type === 'smtp.notice')).toMatchObject({ text: 'only before TLS: SIZE; only inside TLS: DSN' });
  });
});

describe('too much', () => {
  const many = (count: number, code: string, text: string): string => Array.from({ length: count }, (_, index) => `${code}${index === count - 1 ? ' ' : '-'}${text}\r\n`).join('');

  test('a greeting of 50 lines, a greeting of 8 kB: read to their end', async () => {
    for (const banner of [many(50, '220', 'hello'), many(20, '220', 'x'.repeat(400))]) {
      const { session, notices } = await conversation(polite({ banner }));
      expect(session.failure).toBeNull();
      expect(notices).toEqual([]);
    }
  });

  test('a line over 512 octets is told and read (RFC 5321 §4.5.3.1.5)', async () => {
    const { session, notices, lines } = await conversation(polite({ banner: `220 ${'x'.repeat(2000)}\r\n` }));
    expect(session.failure).toBeNull();
    expect(notices).toEqual(['line-too-long']);
    expect(lines[0]).toMatchObject({ unexpected: true });
  });

  test('200 lines to EHLO: stopped after 128', async () => {
    const { session, lines } = await conversation(polite({ ehlo: many(200, '250', 'X-THING') }));
    expect(session.failure).toMatchObject({ code: 'limit', phase: 'ehlo' });
    expect(lines.filter(({ from }) => from === 'server')).toHaveLength(1 + 128);
  });

  test('a line without end: stopped after 4 kB', async () => {
    const { session, lines } = await conversation(says(`220 ${'x'.repeat(100_000)}`));
    expect(session.failure).toMatchObject({ code: 'limit', phase: 'banner' });
    expect(lines[0]?.text).toHaveLength(4096);
    expect(lines[0]?.ending).toBe('none');
  });
});

describe('too slow', () => {
  test('a silent server: the phase, the time and what came', async () => {
    const { session } = await conversation(says(silence), { timeouts: { banner: 60 } });
    expect(session.failure).toMatchObject({ code: 'reply-timeout', phase: 'banner', octetsReceived: 0 });
    expect(session.failure?.text).toContain('0.06 s');
  });

  test('a byte at a time buys no time: the deadline is for the whole reply', async () => {
    const { session } = await conversation((side) => {
      const drip = setInterval(() => { side.send('2'); }, 10);
      side.socket.on('close', () => { clearInterval(drip); });
    }, { timeouts: { banner: 150 } });
    expect(session.failure).toMatchObject({ code: 'reply-timeout', phase: 'banner' });
    expect(session.failure?.octetsReceived).toBeGreaterThan(1);
  });

  test('silence after STARTTLS, and in the handshake', async () => {
    const reply = await conversation(says(BANNER, EHLO, silence), { timeouts: { reply: 60 } });
    expect(reply.session.failure).toMatchObject({ code: 'reply-timeout', phase: 'starttls' });
    const shake = await conversation(says(BANNER, EHLO, '220 go ahead\r\n'), { timeouts: { handshake: 60 } });
    expect(shake.session.failure).toMatchObject({ code: 'tls', phase: 'handshake' });
    expect(shake.session.tlsFailure).toMatchObject({ code: 'timeout', mayBeOurs: false });
  });

  test('a person who stops is no timeout', async () => {
    const stop = new AbortController();
    const { session, commands } = await conversation((side) => { side.send(BANNER); setTimeout(() => { stop.abort(); }, 30); }, { signal: stop.signal });
    expect(session.failure).toMatchObject({ code: 'aborted', phase: 'ehlo' });
    expect(commands).toEqual([]);
  });
});

describe('leaving early, FIN and RST told apart, in each phase', () => {
  const phases: readonly [SmtpPhase, (leave: (side: ServerSide) => void) => Script][] = [
    ['banner', (leave) => says(leave)],
    ['ehlo', (leave) => says(BANNER, leave)],
    ['starttls', (leave) => says(BANNER, EHLO, leave)],
  ];
  test.each(phases)('%s', async (phase, script) => {
    expect((await conversation(script(fin))).session.failure).toMatchObject({ code: 'closed', phase });
    expect((await conversation(script(rst))).session.failure).toMatchObject({ code: 'reset', phase });
  });

  test('handshake: after the 220 and before any octet of TLS', async () => {
    const leaving = (leave: (side: ServerSide) => void): Script => says(BANNER, EHLO, (side) => {
      side.send('220 go ahead\r\n');
      side.socket.once('data', () => { leave(side); });
    });
    const closed = await conversation(leaving(fin));
    expect(closed.session).toMatchObject({ failure: { code: 'tls', phase: 'handshake' }, tlsFailure: { code: 'closed', alert: null } });
    expect(closed.session.tlsFailure?.text).toContain('FIN), before any octet of TLS');
    const reset = await conversation(leaving(rst));
    expect(reset.session.tlsFailure).toMatchObject({ code: 'reset' });
    expect(reset.session.tlsFailure?.text).toContain('RST');
  });

  test('inside TLS', async () => {
    const leaving = (leave: (side: ServerSide) => void): Script => says(BANNER, EHLO, (side) => {
      const raw = side.socket;
      side.send('220 go ahead\r\n');
      side.startTls(served);
      void side.command().then(() => { leave(Object.assign(Object.create(side) as ServerSide, { socket: raw })); return null; });
    });
    const closed = await conversation(leaving(fin));
    expect(closed.session).toMatchObject({ failure: { code: 'closed', phase: 'ehlo-protected' }, established: true, tlsFailure: null });
    const reset = await conversation(leaving(rst));
    expect(reset.session).toMatchObject({ failure: { code: 'reset', phase: 'ehlo-protected' }, established: true });
  });

  test('a server that takes QUIT for the end changes nothing', async () => {
    const { session, phases: left } = await conversation(polite({ quit: '' }));
    expect(session.failure).toBeNull();
    expect(left.quit).toBe('failed');
  });

  test('what was said before the end is shown', async () => {
    const { lines, session } = await conversation(says((side) => { side.send('220 half a greet'); side.end(); }));
    expect(lines).toMatchObject([{ text: '220 half a greet', ending: 'none', unexpected: true }]);
    expect(session.failure).toMatchObject({ code: 'closed', phase: 'banner' });
  });

  test('a closed port', async () => {
    const { converseWith } = await import('./conversation.ts');
    const { session } = await converseWith(9);
    expect(session.failure).toMatchObject({ code: 'connect-refused', phase: 'connect' });
  });
});

describe('strange octets', () => {
  test('octets that are not ASCII, NUL and ESC: kept as they are, and told', async () => {
    const { session, notices, lines } = await conversation(polite({ banner: '220 caf\xe9 \x00 \x1b[2J\r\n' }));
    expect(session.failure).toBeNull();
    expect(notices).toEqual(['control-characters', 'not-ascii']);
    expect(lines[0]?.text).toBe('220 caf\xe9 \x00 \x1b[2J');
  });

  test('hostile text in a reason is escaped', async () => {
    const { session } = await conversation(says('554 \x1b[2J\x07 no\r\n', '221 bye\r\n'));
    expect(session.failure?.text).toContain('\\x1b[2J\\x07 no');
  });

  test('bare LF (RFC 5321 §2.3.8)', async () => {
    const { session, notices, lines } = await conversation(polite({ banner: '220 hello\n' }));
    expect(session.failure).toBeNull();
    expect(notices).toEqual(['bare-lf']);
    expect(lines[0]).toMatchObject({ ending: 'lf' });
  });

  test('lines of one reply with different codes: the last decides (RFC 5321 §4.2.1)', async () => {
    const { session, notices } = await conversation(polite({ ehlo: '220-mx.example.org\r\n250-SIZE\r\n250 STARTTLS\r\n' }));
    expect(session.failure).toBeNull();
    expect(notices).toEqual(['differing-reply-codes']);
  });

  test('a server that speaks before its turn (RFC 5321 §4.3.1)', async () => {
    const { notices } = await conversation(says(`${BANNER}250 mx\r\n`, EHLO));
    expect(notices).toContain('early-talker');
  });
});

describe('TLS', () => {
  const secured = (options: Parameters<ServerSide['startTls']>[0]): Script => says(BANNER, EHLO, (side) => {
    side.send('220 go ahead\r\n');
    side.startTls({ ...served, ...options });
    void side.command().then(() => { side.send('250 mx\r\n'); return side.command(); }).then(() => { side.send('221 bye\r\n'); return null; });
  });

  test('a server that requires a client certificate: no sender can deliver, its chain is still shown', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { session } = await conversation(secured({ requestCert: true, rejectUnauthorized: true }), { request: { ...REQUEST, minimumVersion: version, maximumVersion: version } });
      expect(session.tlsFailure).toMatchObject({ code: 'alert-from-server', alert: { from: 'server', level: 'fatal', code: version === 'TLSv1.3' ? 116 : 40 }, mayBeOurs: false });
      expect(session.tlsFailure?.text).toContain('client certificate');
      expect(session.presented).toMatchObject({ certificates: served.ders, proven: false, source: 'wire' });
    }
  });

  test('a client certificate only asked for', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { session } = await conversation(secured({ requestCert: true, rejectUnauthorized: false }), { request: { ...REQUEST, minimumVersion: version, maximumVersion: version } });
      expect(session).toMatchObject({ failure: null, parameters: { clientCertificateRequested: true } });
    }
  });

  test('TLS 1.0 only: who refuses, and that the old version works', async () => {
    const old = secured({ minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' });
    const refused = await conversation(old);
    expect(refused.session.tlsFailure).toMatchObject({ code: 'protocol-version', alert: { code: 70 }, mayBeOurs: false });
    const { session } = await conversation(old, { request: { ...REQUEST, minimumVersion: 'TLSv1', maximumVersion: 'TLSv1.2' } });
    expect(session).toMatchObject({ failure: null, parameters: { protocol: 'TLSv1' }, presented: { certificates: served.ders, proven: true } });
  });

  test('a server with an ECDSA certificate only has none of type RSA: alert 40 without a ServerHello', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { session } = await conversation(secured({}), { request: { ...REQUEST, keyTypes: ['RSA'], minimumVersion: version, maximumVersion: version } });
      expect(session.tlsFailure).toMatchObject({ code: 'alert-from-server', alert: { from: 'server', code: 40 } });
      expect(session.tlsFailure?.messages.map(({ name }) => name)).toEqual(['ClientHello']);
    }
  });

  test('a name that the server refuses: alert 112, or a warning in TLS 1.2', async () => {
    const alert = (level: number): Script => says(BANNER, EHLO, (side) => {
      side.send('220 go ahead\r\n');
      side.socket.once('data', () => { side.send(Uint8Array.of(21, 3, 3, 0, 2, level, 112)); if (level === 1) side.end(); });
    });
    const fatal = await conversation(alert(2));
    expect(fatal.session.tlsFailure).toMatchObject({ code: 'alert-from-server', alert: { level: 'fatal', code: 112, name: 'unrecognized_name' } });
    const warning = await conversation(alert(1));
    expect(warning.session.tlsFailure).toMatchObject({ code: 'closed' });
  });
});
