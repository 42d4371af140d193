/** One address probed over real sockets: what each connection is for, and what the verdicts say. */
import { describe, expect, test } from 'vitest';
import type { EndpointVerdict } from '../../core/dane/facts.ts';
import type { Script, ServerSide } from '../smtp/mail-server.ts';
import { chains, credentials, dual, firstChunk, isTls13, probed, record, serverThat, sha256, tls, type Behaviour } from './probing.ts';

const shownVersions = (verdict: EndpointVerdict | undefined): readonly string[] => (verdict?.versions ?? []).map(({ protocol, outcome }) => `${protocol} ${outcome}`);

describe('each key type under each version', () => {
  test('RFC 7672 §2.2: two keys, both with TLS 1.3 and 1.2, in five connections', async () => {
    const { connections, verdicts, compared } = await probed(serverThat(tls(dual)));
    expect(connections.map(({ purpose }) => purpose)).toEqual(['default', 'RSA or EdDSA', 'EdDSA', 'TLS 1.2', 'TLS 1.2']);
    expect(connections.slice(1).every(({ why }) => why !== undefined)).toBe(true);
    for (const keyType of ['ECDSA', 'RSA']) expect(shownVersions(verdicts.get(keyType))).toEqual(['TLSv1.3 authenticated', 'TLSv1.2 authenticated']);
    // The same chain is compared once: two records with two certificates, for each key type.
    expect(compared).toBe(8);
  });

  test('one key that no record is about: refused, and the other is not', async () => {
    const { verdicts } = await probed(serverThat(tls(dual)), { records: [record('ecdsa')] });
    expect([verdicts.get('ECDSA')?.outcome, verdicts.get('RSA')?.outcome]).toEqual(['authenticated', 'refused']);
  });

  test('quick: one connection, and what it showed', async () => {
    const { connections, verdicts } = await probed(serverThat(tls(dual)), {}, 'quick');
    expect(connections).toHaveLength(1);
    expect(shownVersions(verdicts.get('ECDSA'))).toEqual(['TLSv1.3 authenticated']);
  });

  const byVersion = (new13: keyof typeof chains, old12: keyof typeof chains): Script => serverThat(async (side) => {
    const hello = await firstChunk(side);
    side.socket.unshift(hello);
    side.startTls(credentials(isTls13(hello) ? new13 : old12));
  });

  test('another chain with TLS 1.2: both are verified, the worse decides, and the reason names the version', async () => {
    const { verdicts, told } = await probed(byVersion('ecdsa', 'other'));
    expect(told.map(({ outcome }) => outcome)).toEqual(['authenticated', 'refused']);
    const verdict = verdicts.get('ECDSA');
    expect(verdict).toMatchObject({ outcome: 'refused', protocol: 'TLSv1.2', matched: null, reason: { text: expect.stringMatching(/^With TLSv1\.2 the server shows another chain than with TLSv1\.3\. /) as string } });
    expect(verdict?.chain[0]).toBe(sha256(chains.other.leaf.der));
    expect(shownVersions(verdict)).toEqual(['TLSv1.3 authenticated', 'TLSv1.2 refused']);
  });

  test('the other way round: what TLS 1.2 shows does not make it better', async () => {
    const { verdicts } = await probed(byVersion('other', 'ecdsa'));
    expect(verdicts.get('ECDSA')).toMatchObject({ outcome: 'refused', protocol: 'TLSv1.3', connection: 1, reason: { text: expect.stringMatching(/^With TLSv1\.3 the server shows another chain than with TLSv1\.2\. /) as string } });
  });

  test('different chains with the same verdict change nothing but the list', async () => {
    const { verdicts } = await probed(byVersion('ecdsa', 'other'), { records: [record('ecdsa'), record('other', 1)] });
    expect(verdicts.get('ECDSA')).toMatchObject({ outcome: 'authenticated', connection: 1 });
    expect(verdicts.get('ECDSA')?.versions?.map(({ chain }) => chain[0])).toEqual([sha256(chains.ecdsa.leaf.der), sha256(chains.other.leaf.der)]);
  });

  test('RFC 9325 §3.1.1: a server without TLS 1.2 is asked for it once', async () => {
    const { connections, verdicts } = await probed(serverThat(tls({ ...credentials('ecdsa'), minVersion: 'TLSv1.3' })));
    expect(connections.map(({ purpose }) => purpose)).toEqual(['default', 'RSA or EdDSA', 'TLS 1.2']);
    expect(shownVersions(verdicts.get('ECDSA'))).toEqual(['TLSv1.3 authenticated']);
  });
});

describe('the ladder', () => {
  const refusesNames: Behaviour = async (side) => {
    const hello = await firstChunk(side);
    if (hello.includes('mx.example.org')) return side.socket.end(Uint8Array.of(21, 3, 3, 0, 2, 2, 112)) && undefined;
    side.socket.unshift(hello);
    side.startTls(credentials('ecdsa'));
    return undefined;
  };

  test('RFC 7672 §8.1: a refused name is left out once, the chain is shown, and senders are refused all the same', async () => {
    const { names, notices, verdicts } = await probed(serverThat(refusesNames));
    expect(names).toEqual(['mx.example.org', null]);
    expect(notices).toMatchObject([{ code: 'tried-again', connection: 1, text: expect.stringMatching(/unrecognized_name.*tried once more without SNI$/) as string }]);
    expect([...verdicts.values()]).toMatchObject([{ keyType: 'ECDSA', outcome: 'refused', reason: { code: 'sni-rejected', rfc: 'RFC 7672 §8.1' }, matched: null, chain: { length: 2 } }]);
  });

  test('without TLSA records a refused name refuses nobody', async () => {
    const { verdicts } = await probed(serverThat(refusesNames), { tlsa: 'absent', records: [] });
    expect(verdicts.get('ECDSA')?.outcome).toBe('opportunistic');
  });

  test('RFC 6066 §3: a warning of the same name is a note, and the handshake goes on', async () => {
    const { notices, verdicts } = await probed(serverThat(async (side) => {
      const hello = await firstChunk(side);
      side.send(Uint8Array.of(21, 3, 3, 0, 2, 1, 112));
      side.socket.unshift(hello);
      side.startTls({ ...credentials('ecdsa'), maxVersion: 'TLSv1.2' });
    }), {}, 'quick');
    expect(notices.map(({ code }) => code)).toContain('sni-not-recognised');
    expect(verdicts.get('ECDSA')?.outcome).toBe('authenticated');
  });

  test.each<[string, (side: ServerSide) => void]>([
    ['FIN', (side) => { side.end(); }],
    ['RST', (side) => { side.reset(); }],
    ['silence', () => { /* says nothing until the deadline */ }],
  ])('a ClientHello that meets %s is made smaller once; the verdict is that of the smaller one', async (_name, drops) => {
    const { connections, notices, verdicts } = await probed(serverThat(async (side, nth) => {
      if (nth > 0) return side.startTls(credentials('ecdsa'));
      await firstChunk(side);
      return drops(side);
    }), {}, 'quick');
    expect(connections.map(({ purpose }) => purpose)).toEqual(['default', 'smaller ClientHello']);
    expect(notices).toMatchObject([{ code: 'tried-again', text: expect.stringMatching(/tried once more with a smaller ClientHello$/) as string }]);
    expect([...verdicts.values()]).toMatchObject([{ outcome: 'authenticated', connection: 2 }]);
  });

  test('a server that always hangs up gets two connections, and one verdict: that of the usual offer', async () => {
    const { connections, told } = await probed(serverThat(async (side) => { await firstChunk(side); side.end(); }));
    expect(connections).toHaveLength(2);
    expect(told).toMatchObject([{ keyType: null, outcome: 'refused', connection: 1, reason: { code: 'tls-failed' } }]);
  });

  test('RFC 8996 §5: TLS 1.1 at most: the chain is shown, and refused by senders of today', async () => {
    const old = tls({ ...credentials('ecdsa'), minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' });
    const { connections, told } = await probed(serverThat(old));
    expect(connections).toHaveLength(1);
    expect(told).toMatchObject([{ keyType: 'ECDSA', outcome: 'refused', reason: { code: 'tls-too-old', rfc: 'RFC 8996 §5' }, chain: { length: 2 }, protocol: 'TLSv1.1' }]);
    expect((await probed(serverThat(old), { records: [record('other')] })).told).toMatchObject([{ outcome: 'refused', reason: { code: 'no-match' } }]);
  });
});

describe('back-off', () => {
  test.each(['421 4.7.0 too many connections', '450 4.7.1 later', '554 5.7.1 no'])('RFC 5321 §4.2.1: after "%s" the address gets no further connection, and that is said', async (reply) => {
    const { connections, notices, verdicts } = await probed(serverThat(tls(credentials('ecdsa')), (nth) => (nth === 0 ? '220 mx ESMTP' : reply)));
    expect(connections).toHaveLength(2);
    expect(notices).toMatchObject([{ code: 'probing-stopped', connection: 2, text: expect.stringContaining(reply.slice(0, 3)) as string }]);
    expect(verdicts.get('ECDSA')?.outcome).toBe('authenticated');
  });

  test('after a connection that does not come about either', async () => {
    const { connections, told } = await probed(serverThat(tls(dual), () => '421 busy'));
    expect(connections).toHaveLength(1);
    expect(told).toMatchObject([{ outcome: 'not-determined', reason: { code: 'try-later' } }]);
  });
});
