import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseName } from '../../core/dns/name.ts';
import { reverseNames } from '../../core/net/reverse-names.ts';
import { soaRdata } from '../../lab/dns/rdata.ts';
import { NS, SOA } from '../../lab/dns/rrtype.ts';
import { startNameServer } from '../../lab/dns/server.ts';
import { authorityFor } from '../../lab/zone/authority.ts';
import { makeKey } from '../../lab/zone/key.ts';
import { Zone } from '../../lab/zone/zone.ts';

const PTR = 12;
let server: Awaited<ReturnType<typeof startNameServer>>;

beforeAll(async () => {
  const apex = parseName('arpa');
  const name = parseName('ns.example');
  const now = Math.floor(Date.now() / 1000);
  const zone = new Zone({
    apex, keys: [await makeKey('ECDSAP256SHA256', true)], denial: 'nsec', validity: { inception: now - 3600, expiration: now + 86_400 },
    records: [
      { owner: apex, type: SOA, ttl: 60, rdata: soaRdata(name, apex, { serial: 1, minimum: 60 }) }, { owner: apex, type: NS, ttl: 60, rdata: name },
      { owner: parseName('9.113.0.203.in-addr.arpa'), type: PTR, ttl: 60, rdata: parseName('mail.example.org') },
      { owner: parseName(`9.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa`), type: PTR, ttl: 60, rdata: parseName('six.example.org') },
      { owner: parseName('7.0.168.192.in-addr.arpa'), type: PTR, ttl: 60, rdata: parseName('printer.example.org') },
    ],
  });
  server = await startNameServer(authorityFor([{ apex, load: () => Promise.resolve(zone) }]));
});
afterAll(() => server.close());

describe('names of this computer’s addresses', () => {
  const ask = (...addresses: readonly string[]) => reverseNames(addresses, [`127.0.0.1:${String(server.udpPort)}`]);

  test('are those of in-addr.arpa (RFC 1035 §3.5) and ip6.arpa (RFC 3596 §2.5)', async () => {
    expect(await ask('203.0.113.9', '2001:db8::9')).toEqual([{ address: '203.0.113.9', name: 'mail.example.org' }, { address: '2001:db8::9', name: 'six.example.org' }]);
  });

  test('are left out where there is none, and of private addresses nobody is asked', async () => {
    expect(await ask('203.0.113.10', '192.168.0.7', 'fd00::1', '127.0.0.1')).toEqual([]);
  });

  test('are left out where nobody answers', async () => {
    expect(await reverseNames(['203.0.113.9'], ['127.0.0.1:9'])).toEqual([]);
  });
});
