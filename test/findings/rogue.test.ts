/** What servers do that they must not, over real sockets, and what is found about each: codes, severity and outcome. */
import { describe, expect, test } from 'vitest';
import { mxSubject } from '../../core/base/subject.ts';
import type { Outcome } from '../../core/dane/facts.ts';
import { assess } from '../../core/findings/assess.ts';
import type { Finding } from '../../core/findings/finding.ts';
import { fold } from '../../core/inspection/fold.ts';
import { credentials, firstChunk, HOST, probed, serverThat, tls, type Behaviour } from '../inspection/probing.ts';
import type { Script, ServerSide } from '../smtp/mail-server.ts';

const FAST = { banner: 400, reply: 400, handshake: 700 };

interface Found {
  readonly outcome: Outcome | undefined;
  readonly findings: readonly Finding[];
}

async function found(script: Script): Promise<Found> {
  const { facts } = await probed(script, {}, 'quick', FAST);
  const host = { type: 'destination.host', at: 0, subject: mxSubject(HOST.name), host: HOST } as const;
  const run = fold([host, ...facts].map((fact, seq) => ({ ...fact, seq })));
  return { outcome: run.endpoints[0]?.verdict.outcome, findings: assess(run) };
}

type Reply = string | ((side: ServerSide) => void | Promise<void>);

/** Says these one after another, each after a command of the client but the first; then TLS where it came so far. */
const says = (...replies: readonly Reply[]): Script => async (side) => {
  for (const [index, reply] of replies.entries()) {
    if (index > 0 && await side.command() === null) return;
    if (typeof reply === 'string') side.send(reply);
    else await reply(side);
  }
  while (await side.command() !== null) side.send('250 ok\r\n');
};

const BANNER = '220 mx ESMTP\r\n';
const EHLO = '250-mx\r\n250 STARTTLS\r\n';
const secure = (side: ServerSide): void => { side.send('220 go\r\n'); side.startTls(credentials('ecdsa')); };
const fin: Reply = (side) => { side.end(); };
const rst: Reply = (side) => { setTimeout(() => { side.reset(); }, 20); };
const silence: Reply = () => { /* says nothing */ };
const drip: Reply = async (side) => {
  for (let count = 0; count < 12 && side.socket.writable; count += 1) {
    side.send('2');
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
};
const afterHello = (does: Behaviour): Script => serverThat(async (side, nth) => { await firstChunk(side); await does(side, nth); });
const alert = (level: number, code: number): Behaviour => (side) => { side.socket.end(Uint8Array.of(21, 3, 3, 0, 2, level, code)); };

type Case = readonly [behaviour: string, script: Script, code: string, severity: Finding['severity'], outcome: Outcome];

const BEFORE_TLS: readonly Case[] = [
  ['RFC 5321 §3.1: 554 as greeting', says('554 no\r\n'), 'greeting-rejected', 'warning', 'not-determined'],
  ['RFC 5321 §3.8: 421 as greeting', says('421 busy\r\n'), 'greeting-try-later', 'warning', 'not-determined'],
  ['RFC 5321 §4.2.1: 450 to EHLO', says(BANNER, '450 later\r\n'), 'greeting-try-later', 'warning', 'not-determined'],
  ['RFC 7672 §2.2: no STARTTLS', says(BANNER, '250 mx\r\n'), 'starttls-not-offered', 'error', 'refused'],
  ['RFC 3207 §4: 454 to STARTTLS', says(BANNER, EHLO, '454 not now\r\n'), 'starttls-refused', 'error', 'refused'],
  ['RFC 3207 §4: 500 to STARTTLS', says(BANNER, EHLO, '500 what\r\n'), 'starttls-refused', 'error', 'refused'],
  ['RFC 5321 §3.8: 421 to STARTTLS', says(BANNER, EHLO, '421 busy\r\n'), 'greeting-try-later', 'warning', 'not-determined'],
  ['RFC 3207 §4.2: octets behind the 220', says(BANNER, EHLO, '220 go\r\n250 injected\r\n'), 'response-injection', 'error', 'refused'],
  ['RFC 5321 §4.2: an SSH server', says('SSH-2.0-OpenSSH_9.2\r\n'), 'not-smtp', 'error', 'refused'],
  ['RFC 5321 §4.2: an HTTP server', says('HTTP/1.1 400 Bad Request\r\n'), 'not-smtp', 'error', 'refused'],
  ['RFC 5321 §4.2: an IMAP server', says('* OK ready\r\n'), 'not-smtp', 'error', 'refused'],
  ['RFC 5321 §4.2: a server that begins with TLS', says('\u0015\u0003\u0003\u0000\u0002\u0002\n'), 'not-smtp', 'error', 'refused'],
  ['RFC 5321 §4.2: a line that is no reply', says(BANNER, 'hello there\r\n'), 'reply-malformed', 'error', 'refused'],
  ['a line without end', says(BANNER, `250-${'x'.repeat(9000)}`), 'reply-malformed', 'warning', 'not-determined'],
  ['200 lines to EHLO', says(BANNER, '250-more\r\n'.repeat(200)), 'reply-malformed', 'warning', 'not-determined'],
  ['a silent server', says(silence), 'connection-failed', 'warning', 'not-determined'],
  ['a byte at a time', says(drip), 'connection-failed', 'warning', 'not-determined'],
  ['silence after STARTTLS', says(BANNER, EHLO, silence), 'connection-failed', 'warning', 'not-determined'],
  ['FIN instead of a greeting', says(fin), 'connection-failed', 'warning', 'not-determined'],
  ['RST instead of a greeting', says(rst), 'connection-failed', 'warning', 'not-determined'],
  ['FIN after EHLO', says(BANNER, fin), 'connection-failed', 'warning', 'not-determined'],
  ['RST after EHLO', says(BANNER, rst), 'connection-failed', 'warning', 'not-determined'],
  ['FIN after STARTTLS', says(BANNER, EHLO, fin), 'starttls-refused', 'error', 'refused'],
  ['RST after STARTTLS', says(BANNER, EHLO, rst), 'starttls-refused', 'error', 'refused'],
];

const HANDSHAKE: readonly Case[] = [
  ['FIN after the ClientHello', afterHello(fin), 'handshake-failed', 'error', 'refused'],
  ['RST after the ClientHello', afterHello((side) => { side.reset(); }), 'handshake-failed', 'error', 'refused'],
  ['RFC 3207 §4: a reply in clear after the ClientHello', afterHello((side) => { side.send('454 sorry\r\n'); side.end(); }), 'plaintext-instead-of-tls', 'error', 'refused'],
  ['RFC 8446 §6.2: handshake_failure', afterHello(alert(2, 40)), 'handshake-failed', 'error', 'refused'],
  ['RFC 6066 §3: unrecognized_name, whatever is offered', afterHello(alert(2, 112)), 'sni-rejected', 'error', 'refused'],
  ['RFC 8446 §4.4.2.4: a client certificate required, TLS 1.3', serverThat(tls({ ...credentials('ecdsa'), requestCert: true, rejectUnauthorized: true })), 'client-certificate-required', 'error', 'refused'],
  ['RFC 5246 §7.4.6: a client certificate required, TLS 1.2', serverThat(tls({ ...credentials('ecdsa'), requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' })), 'client-certificate-required', 'error', 'refused'],
  ['RFC 8996 §4: TLS 1.0 at most', serverThat(tls({ ...credentials('ecdsa'), minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' })), 'tls-too-old', 'error', 'refused'],
  ['RFC 5321 §4.5.3.2: silence after the ClientHello, as a sender has more patience', afterHello(silence), 'handshake-failed', 'warning', 'not-determined'],
];

const FORGIVEN: readonly Case[] = [
  ['RFC 5321 §2.3.8: bare LF', says('220 mx\n', EHLO, secure), 'reply-malformed', 'warning', 'authenticated'],
  ['RFC 5321 §4.5.3.1.5: a line of 600 octets', says(`220 ${'x'.repeat(600)}\r\n`, EHLO, secure), 'reply-malformed', 'warning', 'authenticated'],
  ['RFC 5321 §4.2.1: codes that differ in one reply', says(BANNER, '250-mx\r\n251-STARTTLS\r\n250 SIZE\r\n', secure), 'reply-malformed', 'warning', 'authenticated'],
  ['RFC 5321 §4.2: control characters', says('220 mx \u001b[2J\r\n', EHLO, secure), 'reply-malformed', 'warning', 'authenticated'],
  ['RFC 5321 §4.2: octets that are not ASCII', says('220 mx \u00fc\r\n', EHLO, secure), 'reply-malformed', 'warning', 'authenticated'],
  ['RFC 5321 §4.3.1: a server that speaks before its turn', says(`${BANNER}${EHLO}`, silence, secure), 'reply-malformed', 'warning', 'authenticated'],
  ['FIN inside TLS', says(BANNER, EHLO, secure, fin), 'connection-failed', 'warning', 'authenticated'],
  ['RST inside TLS', says(BANNER, EHLO, async (side) => {
    const raw = side.socket;
    secure(side);
    await side.command();
    raw.resetAndDestroy();
  }), 'connection-failed', 'warning', 'authenticated'],
  ['RFC 5321 §4.2.1: 450 to EHLO inside TLS', says(BANNER, EHLO, secure, '450 later\r\n'), 'greeting-try-later', 'warning', 'authenticated'],
  ['RFC 3207 §4.2: STARTTLS offered again', says(BANNER, EHLO, secure, EHLO), 'starttls-inside-tls', 'warning', 'authenticated'],
];

describe.each([['before TLS', BEFORE_TLS], ['in the handshake', HANDSHAKE], ['forgiven', FORGIVEN]] as const)('%s', (_where, cases) => {
  test.each(cases)('%s', async (_name, script, code, severity, outcome) => {
    const { findings, ...told } = await found(script);
    expect({ ...told, findings: findings.map((finding) => [finding.code, finding.severity]) }).toEqual({ outcome, findings: [[code, severity]] });
    expect(findings[0]?.evidence).not.toEqual([]);
    expect(findings[0]?.message).not.toMatch(/[\u0000-\u001f]|undefined/);
  });
});

test('a greeting of 50 lines, a certificate only asked for, other capabilities inside TLS: nothing to find', async () => {
  const wordy = says(`${'220-welcome\r\n'.repeat(49)}220 mx\r\n`, EHLO, secure, '250-mx\r\n250 AUTH PLAIN\r\n', '221 bye\r\n');
  expect(await found(wordy)).toEqual({ outcome: 'authenticated', findings: [] });
  expect(await found(serverThat(tls({ ...credentials('ecdsa'), requestCert: true, rejectUnauthorized: false })))).toEqual({ outcome: 'authenticated', findings: [] });
});
