/** The wire tap where a server does more, or less, than one handshake. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { fromBase64, toHex } from '../../core/base/bytes.ts';
import { TappedStream } from '../../core/net/tapped-stream.ts';
import { systemPorts } from '../../core/net/ports.ts';
import { readClientHello } from '../../core/tls/handshake-message.ts';
import { readRecords } from '../../core/tls/record.ts';
import type { TlsRecord } from '../../core/tls/record.ts';
import { readWire } from '../../core/tls/tap.ts';
import type { WireStream, WireView } from '../../core/tls/tap.ts';
import { chainOf, issue } from './certificates.ts';
import { REQUEST, connectTo, shakeHands, stopwatch } from './client-under-test.ts';
import { has, nodeServer, opensslServer } from './tls-servers.ts';

const chain = chainOf('p256', 1);
const identity = { leaf: chain.leaf, rest: chain.intermediates };
const ders = [chain.leaf.der, ...chain.intermediates.map(({ der }) => der)];

interface Tapped {
  readonly socket: TLSSocket;
  readonly stream: TappedStream;
  readonly view: () => WireView;
}

/** A client that does what ours never does. */
async function tapped(port: number, options: ConnectionOptions): Promise<Tapped> {
  const stream = new TappedStream(await connectTo(port), new Uint8Array(0), stopwatch());
  const keyLog: string[] = [];
  const socket = connect({ socket: stream, rejectUnauthorized: false, servername: 'mx.example.org', ...options });
  socket.on('keylog', (line) => { keyLog.push(line.toString('latin1').trim()); }).on('error', () => { /* looked at through the tap */ }).resume();
  return { socket, stream, view: () => readWire(stream.sent, stream.received, keyLog) };
}

describe('what a client may ask for', () => {
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: a resumed session has no Certificate message, and is told as resumed', async (version) => {
    const server = await nodeServer([identity], { minVersion: version, maxVersion: version });
    const first = await tapped(server.port, {});
    const [session] = await once(first.socket, 'session') as [Buffer];
    first.socket.destroy();
    const second = await tapped(server.port, { session });
    await once(second.socket, 'secureConnect');
    expect(second.socket.isSessionReused()).toBe(true);
    expect(second.view()).toMatchObject({ resumed: true, certificates: null, protocol: version, serverFinished: true });
    second.socket.destroy();
    server.close();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: ALPN offered and chosen (RFC 7301)', async (version) => {
    const server = await nodeServer([identity], { minVersion: version, maxVersion: version, ALPNProtocols: ['smtp', 'other'] });
    const { socket, view } = await tapped(server.port, { ALPNProtocols: ['imap', 'smtp'] });
    await once(socket, 'secureConnect');
    expect(view()).toMatchObject({ alpnOffered: ['imap', 'smtp'], alpn: 'smtp', serverName: 'mx.example.org' });
    socket.destroy();
    server.close();
  });
});

describe('alerts under TLS 1.2', () => {
  const ended = async (ciphers: string): Promise<WireView['alerts']> => {
    const server = await nodeServer([identity], { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` }, null, (socket) => { socket.end(); });
    const { socket, view } = await tapped(server.port, { ciphers: `${ciphers}:@SECLEVEL=0` });
    const over = once(socket, 'end');
    await once(socket, 'secureConnect');
    expect(socket.getCipher().name).toBe(ciphers);
    await over;
    socket.destroy();
    server.close();
    return view().alerts.filter(({ from }) => from === 'server');
  };

  test.each(['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-ECDSA-AES128-CCM', 'ECDHE-ECDSA-AES256-CCM8'])('RFC 5246 §6.3: read where the suite is an AEAD: %s', async (suite) => {
    expect(await ended(suite)).toMatchObject([{ from: 'server', level: 'warning', code: 0, name: 'close_notify' }]);
  });

  test('told as encrypted where the suite has a MAC of its own', async () => {
    expect(await ended('ECDHE-ECDSA-AES256-SHA')).toMatchObject([{ from: 'server', level: 'unknown', code: null, name: 'encrypted' }]);
  });
});

describe('a large ClientHello', () => {
  // As with a post-quantum key share, and more: one that fills two segments, one that fills two records.
  test.each([['TLSv1.3', 2000], ['TLSv1.3', 20_000], ['TLSv1.2', 20_000]] as const)('%s, more than %i octets: read whole', async (version, octets) => {
    const server = await nodeServer([identity], { minVersion: version, maxVersion: version, ALPNProtocols: ['smtp'] });
    const protocols = Array.from({ length: Math.ceil(octets / 200) }, (_, index) => `x${String(index)}`.padEnd(199, '.'));
    const { socket, stream, view } = await tapped(server.port, { ALPNProtocols: [...protocols, 'smtp'] });
    await once(socket, 'secureConnect');
    expect(view()).toMatchObject({ serverName: 'mx.example.org', alpn: 'smtp', protocol: version, certificates: ders, serverFinished: true, notes: [] });
    expect(view().messages[0]).toMatchObject({ from: 'client', name: 'ClientHello' });
    expect(view().messages[0]?.size).toBeGreaterThan(octets);
    expect(readRecords(stream.sent.bytes).records.filter(({ type }) => type === 22).length >= 2).toBe(octets > 16_384);
    socket.destroy();
    server.close();
  });
});

describe('the messages of a handshake', () => {
  const told = async (version: 'TLSv1.2' | 'TLSv1.3'): Promise<WireView['messages']> => {
    const server = await nodeServer([identity], { minVersion: version, maxVersion: version });
    const { socket, view } = await tapped(server.port, {});
    await once(socket, 'session');
    const { messages } = view();
    socket.destroy();
    server.close();
    return messages;
  };

  test('say what is in them, TLS 1.3 (RFC 8446 §4)', async () => {
    const octets = ders.reduce((sum, der) => sum + der.length, 0);
    expect((await told('TLSv1.3')).map(({ name, summary }) => [name, summary])).toEqual(expect.arrayContaining([
      ['ClientHello', expect.stringMatching(/^TLSv1\.3 TLSv1\.2.*, to mx\.example\.org$/)], ['ServerHello', expect.stringMatching(/^TLSv1\.3, TLS_AES_\w+, \w+$/)],
      ['EncryptedExtensions', expect.stringMatching(/^\d extensions?$/)], ['Certificate', `2 certificates, ${String(octets)} octets`],
      ['CertificateVerify', 'ecdsa_secp256r1_sha256'], ['Finished', ''], ['NewSessionTicket', expect.stringMatching(/^valid for \d+ s$/)],
    ]));
  });

  test('say what is in them, TLS 1.2 (RFC 5246 §7.4, RFC 8422 §5.4)', async () => {
    expect((await told('TLSv1.2')).map(({ name, summary }) => [name, summary])).toEqual(expect.arrayContaining([
      ['ServerHello', expect.stringMatching(/^TLSv1\.2, TLS_ECDHE_ECDSA_/)], ['ServerKeyExchange', expect.stringMatching(/^\w+, ecdsa_secp256r1_sha256$/)], ['Finished', 'encrypted'],
    ]));
  });

  test('have their octets, out of the encryption, and the time at which they were there', async () => {
    const messages = await told('TLSv1.3');
    const certificate = messages.find(({ name }) => name === 'Certificate');
    const octets = fromBase64(certificate?.bytes ?? '');
    expect(octets.length).toBe(Math.min(4096, certificate?.size ?? 0));
    // Certificate is message 11 (RFC 8446 §4).
    expect(octets[0]).toBe(11);
    expect(toHex(octets)).toContain(toHex(chain.leaf.der).slice(0, 400));
    const times = messages.map(({ afterMs }) => afterMs ?? -1);
    expect(times.every((time, index) => time >= (times[index - 1] ?? 0))).toBe(true);
  });

  test('are bounded: no message tells more than 4 kB, all together no more than 64 kB', async () => {
    const long = chainOf('p256', 30);
    const server = await nodeServer([{ leaf: long.leaf, rest: long.intermediates }], { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' });
    const { socket, view } = await tapped(server.port, {});
    await once(socket, 'secureConnect');
    const sizes = view().messages.map(({ bytes = '' }) => fromBase64(bytes).length);
    expect(Math.max(...sizes)).toBe(4096);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(65_536);
    socket.destroy();
    server.close();
  });
});

test('RFC 8879: we offer no compressed certificates, so none may come', async () => {
  const server = await nodeServer([identity], {});
  const recorded: Uint8Array[] = [];
  const connection = await connectTo(server.port);
  const listening = { ...connection, localAddress: connection.localAddress, read: (signal: AbortSignal) => connection.read(signal), close: () => { connection.close(); }, write: (bytes: Uint8Array, signal: AbortSignal) => { recorded.push(bytes); return connection.write(bytes, signal); } };
  const { outcome } = await systemPorts().tls.handshake(listening, REQUEST, AbortSignal.timeout(20_000));
  expect(outcome.ok).toBe(true);
  const [record] = readRecords(Buffer.concat(recorded)).records;
  const hello = readClientHello((record as TlsRecord).fragment.subarray(4));
  expect(hello?.extensions.has(43)).toBe(true);
  expect(hello?.extensions.has(27)).toBe(false);
  server.close();
});

describe.skipIf(!has('openssl'))('after the handshake', () => {
  test('keys that change with KeyUpdate are followed (RFC 8446 §7.2)', async () => {
    const server = await opensslServer(identity, ['-tls1_3']);
    const { socket, view } = await tapped(server.port, {});
    await once(socket, 'secureConnect');
    const updates = (): number => view().messages.filter(({ name, from }) => name === 'KeyUpdate' && from === 'server').length;
    for (const [index, update] of ['k\n', 'K\n', 'k\n'].entries()) {
      server.type(update);
      await expect.poll(updates, { timeout: 10_000 }).toBe(index + 1);
    }
    socket.destroy();
    expect(view().notes).toEqual([]);
    server.close();
  });

  test('tickets are counted', async () => {
    const server = await opensslServer(identity, ['-tls1_3', '-num_tickets', '4']);
    const { socket, view } = await tapped(server.port, {});
    let tickets = 0;
    await new Promise<void>((resolve) => { socket.on('session', () => { if ((tickets += 1) === 4) resolve(); }); });
    expect(view().tickets).toBe(4);
    socket.destroy();
    server.close();
  });
});

test('the close_notify of a server is read under its application keys', async () => {
  const server = await nodeServer([identity], { minVersion: 'TLSv1.3' }, null, (socket) => { setTimeout(() => { socket.end(); }, 50); });
  const { socket, view } = await tapped(server.port, {});
  await new Promise((resolve) => { socket.once('end', resolve); });
  expect(view()).toMatchObject({ notes: [], alerts: [{ from: 'server', level: 'warning', code: 0, name: 'close_notify' }] });
  socket.destroy();
  server.close();
});

describe('chains at the limit', () => {
  const padded = (padding: number): { leaf: ReturnType<typeof issue>; rest: ReturnType<typeof issue>[] } =>
    ({ leaf: issue('mx.example.org', 'p256', { issuer: chain.root, padding }), rest: [] });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: 100 kB are read whole', async (version) => {
    const large = padded(101_000);
    const server = await nodeServer([large], { minVersion: version, maxVersion: version });
    const { presented } = await shakeHands(server.port);
    expect(presented).toEqual({ certificates: [large.leaf.der], proven: true, source: 'wire', note: null });
    server.close();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: more is refused by OpenSSL, and told so', async (version) => {
    const server = await nodeServer([padded(120_000)], { minVersion: version, maxVersion: version });
    const { outcome, presented } = await shakeHands(server.port);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'chain-too-large', mayBeOurs: false, alert: { from: 'client' } } });
    expect(presented === null || !presented.proven).toBe(true);
    server.close();
  });
});

describe('refusals keep their names', () => {
  test.skipIf(!has('openssl')).each(['-tls1_2', '-tls1_3'])('%s: a name that the server does not serve', async (version) => {
    const server = await opensslServer(identity, [version, '-servername', 'other.example.org', '-servername_fatal', '-cert2', 'c.pem', '-key2', 'k.pem'], { 'c.pem': chain.leaf.pem, 'k.pem': chain.leaf.keyPem });
    const { outcome } = await shakeHands(server.port);
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'alert-from-server', alert: { from: 'server', level: 'fatal', code: 112 } } });
    server.close();
  });

  test('a server of TLS 1.2 asked for TLS 1.3 only', async () => {
    const server = await nodeServer([identity], { maxVersion: 'TLSv1.2' });
    const { outcome } = await shakeHands(server.port, { minimumVersion: 'TLSv1.3' });
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'protocol-version', mayBeOurs: false } });
    server.close();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('%s: each key type of a server with three can be asked for', async (version) => {
    const three = (['rsa', 'p256', 'ed25519'] as const).map((kind) => ({ leaf: chainOf(kind, 0).leaf, rest: [] }));
    const server = await nodeServer(three, { minVersion: version, maxVersion: version });
    for (const [index, keyType] of (['RSA', 'ECDSA', 'EdDSA'] as const).entries()) {
      for (const minimumVersion of ['TLSv1', 'TLSv1.2'] as const) {
        const { presented } = await shakeHands(server.port, { keyTypes: [keyType], minimumVersion });
        expect(presented?.certificates).toEqual([three[index]?.leaf.der]);
      }
    }
    server.close();
  });
});

describe('what is no chain of this handshake', () => {
  const wire = (bytes: Uint8Array): WireStream => ({ bytes, marks: [] });

  test('a Certificate message in clear after a ServerHello of TLS 1.3 is not read (RFC 8446 §2)', async () => {
    const server = await nodeServer([identity], { minVersion: 'TLSv1.3' });
    const { socket, stream } = await tapped(server.port, {});
    await once(socket, 'secureConnect');
    socket.destroy();
    server.close();
    const received = stream.received.bytes;
    const helloEnd = 5 + (received[3] ?? 0) * 256 + (received[4] ?? 0);
    const forged = Uint8Array.of(22, 3, 3, 0, 15, 11, 0, 0, 11, 0, 0, 0, 7, 0, 0, 2, 0x30, 0, 0, 0);
    const view = readWire(stream.sent, wire(Uint8Array.from([...received.subarray(0, helloEnd), ...forged])), []);
    expect(view).toMatchObject({ protocol: 'TLSv1.3', certificates: null });
    expect(view.notes[0]).toContain('in clear');
  });

  test('without secrets nothing of TLS 1.3 is claimed', async () => {
    const server = await nodeServer([identity], { minVersion: 'TLSv1.3' });
    const { socket, stream, view } = await tapped(server.port, {});
    await once(socket, 'secureConnect');
    socket.destroy();
    server.close();
    expect(view().certificates).toEqual(ders);
    expect(readWire(stream.sent, stream.received, [])).toMatchObject({ protocol: 'TLSv1.3', certificates: null, notes: [expect.stringContaining('could not be decrypted'), expect.anything()] });
  });

  test('no octets, no TLS', () => {
    const empty = wire(new Uint8Array(0));
    expect(readWire(empty, empty, [])).toMatchObject({ protocol: null, certificates: null, plaintext: null, alerts: [], messages: [], notes: [] });
    expect(readWire(empty, wire(new TextEncoder().encode('421 no\r\n')), []).plaintext).toHaveLength(8);
  });
});

describe('what we offer', () => {
  test.skipIf(!has('openssl'))('the small offer has the usual groups and no others', async () => {
    const server = await opensslServer(identity, ['-tls1_3', '-groups', 'P-384']);
    expect((await shakeHands(server.port, { groups: 'small' })).outcome).toMatchObject({ ok: true, value: { parameters: { group: 'secp384r1' } } });
    server.close();
    const other = await opensslServer(identity, ['-tls1_3', '-groups', 'X448']);
    expect((await shakeHands(other.port, { groups: 'small' })).outcome).toMatchObject({ ok: false, failure: { code: 'alert-from-server', alert: { code: 40 } } });
    other.close();
  });

  test('an address is no name for the ClientHello (RFC 6066 §3)', async () => {
    const server = await nodeServer([identity]);
    const { outcome } = await shakeHands(server.port, { serverName: '192.0.2.1' });
    expect(outcome).toMatchObject({ ok: true, value: { parameters: { serverName: null } } });
    server.close();
  });
});
