import { describe, expect, test } from 'vitest';
import { toHex } from '../../core/base/bytes.ts';
import { parseName } from '../../core/dns/name.ts';
import { checkRRset } from '../../core/dnssec/check-rrset.ts';
import { type Dnskey, dnskeyFact, parseDnskey } from '../../core/dnssec/dnskey.ts';
import { dsDigest } from '../../core/dnssec/ds.ts';
import { DEFAULT_VALIDATION_POLICY } from '../../core/dnssec/policy.ts';
import { WorkCounter } from '../../core/dnssec/work.ts';
import { readRRset, seconds } from './zone-text.ts';

interface Example {
  readonly section: string;
  readonly dnskey: string;
  readonly rrset: string;
  readonly now: string;
  /** DS of the key: key tag, algorithm, digest type, digest */
  readonly ds?: readonly [keyTag: number, algorithm: number, digestType: number, digest: string];
  readonly bits: number;
}

const ED25519_MX = `example.com. 3600 IN MX 10 mail.example.com.`;

const EXAMPLES: readonly Example[] = [
  {
    section: 'RFC 5702 §6.1 RSASHA256',
    dnskey: 'example.net. 3600 IN DNSKEY 256 3 8 AwEAAcFcGsaxxdgiuuGmCkVI my4h99CqT7jwY3pexPGcnUFtR2Fh36BponcwtkZ4cAgtvd4Qs8P kxUdp6p/DlUmObdk=',
    rrset: `www.example.net. 3600 IN A 192.0.2.91
      www.example.net. 3600 IN RRSIG A 8 3 3600 20300101000000 20000101000000 9033 example.net. kRCOH6u7l0QGy9qpC9 l1sLncJcOKFLJ7GhiUOibu4teYp5VE9RncriShZNz85mwlMgNEa cFYK/lPtPiVYP4bwg==`,
    now: '20100101000000', bits: 512,
  },
  {
    section: 'RFC 5702 §6.2 RSASHA512',
    dnskey: 'example.net. 3600 IN DNSKEY 256 3 10 AwEAAdHoNTOW+et86KuJOWRD p1pndvwb6Y83nSVXXyLA3DLroROUkN6X0O6pnWnjJQujX/AyhqFD xj13tOnD9u/1kTg7cV6rklMrZDtJCQ5PCl/D7QNPsgVsMu1J2Q8g pMpztNFLpPBz1bWXjDtaR7ZQBlZ3PFY12ZTSncorffcGmhOL',
    rrset: `www.example.net. 3600 IN A 192.0.2.91
      www.example.net. 3600 IN RRSIG A 10 3 3600 20300101000000 20000101000000 3740 example.net. tsb4wnjRUDnB1BUi+t 6TMTXThjVnG+eCkWqjvvjhzQL1d0YRoOe0CbxrVDYd0xDtsuJRa eUw1ep94PzEWzr0iGYgZBWm/zpq+9fOuagYJRfDqfReKBzMweOL DiNa8iP5g9vMhpuv6OPlvpXwm9Sa9ZXIbNl1MBGk0fthPgxdDLw =`,
    now: '20100101000000', bits: 1024,
  },
  {
    section: 'RFC 6605 §6.1 ECDSAP256SHA256',
    dnskey: 'example.net. 3600 IN DNSKEY 257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edb krSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==',
    rrset: `www.example.net. 3600 IN A 192.0.2.1
      www.example.net. 3600 IN RRSIG A 13 3 3600 20100909100439 20100812100439 55648 example.net. qx6wLYqmh+l9oCKTN6qIc+bw6ya+KJ8oMz0YP107epXA yGmt+3SNruPFKG7tZoLBLlUzGGus7ZwmwWep666VCw==`,
    now: '20100901000000', bits: 256,
    ds: [55648, 13, 2, 'b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17'],
  },
  {
    section: 'RFC 6605 §6.2 ECDSAP384SHA384',
    dnskey: 'example.net. 3600 IN DNSKEY 257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1 w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8 /uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40',
    rrset: `www.example.net. 3600 IN A 192.0.2.1
      www.example.net. 3600 IN RRSIG A 14 3 3600 20100909102025 20100812102025 10771 example.net. /L5hDKIvGDyI1fcARX3z65qrmPsVz73QD1Mr5CEqOiLP 95hxQouuroGCeZOvzFaxsT8Glr74hbavRKayJNuydCuz WTSSPdz7wnqXL5bdcJzusdnI0RSMROxxwGipWcJm`,
    now: '20100901000000', bits: 384,
    ds: [10771, 14, 4, '72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6'],
  },
  {
    section: 'RFC 8080 §6.1 ED25519, first',
    dnskey: 'example.com. 3600 IN DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=',
    rrset: `${ED25519_MX}
      example.com. 3600 IN RRSIG MX 15 2 3600 20150819220000 20150729220000 3613 example.com. oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==`,
    now: '20150801000000', bits: 256,
    ds: [3613, 15, 2, '3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b'],
  },
  {
    section: 'RFC 8080 §6.1 ED25519, second',
    dnskey: 'example.com. 3600 IN DNSKEY 257 3 15 zPnZ/QwEe7S8C5SPz2OfS5RR40ATk2/rYnE9xHIEijs=',
    rrset: `${ED25519_MX}
      example.com. 3600 IN RRSIG MX 15 2 3600 20150819220000 20150729220000 35217 example.com. zXQ0bkYgQTEFyfLyi9QoiY6D8ZdYo4wyUhVioYZXFdT410QPRITQSqJSnzQoSm5poJ7gD7AQR0O7KuI5k2pcBg==`,
    now: '20150801000000', bits: 256,
    ds: [35217, 15, 2, '401781b934e392de492ec77ae2e15d70f6575a1c0bc59c5275c04ebe80c6614c'],
  },
  {
    section: 'RFC 8080 §6.2 ED448',
    dnskey: 'example.com. 3600 IN DNSKEY 257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA',
    rrset: `${ED25519_MX}
      example.com. 3600 IN RRSIG MX 16 2 3600 20150819220000 20150729220000 9713 example.com. 3cPAHkmlnxcDHMyg7vFC34l0blBhuG1qpwLmjInI8w1CMB29FkEAIJUA0amxWndkmnBZ6SKiwZSAxGILn/NBtOXft0+Gj7FSvOKxE/07+4RQvE581N3Aj/JtIyaiYVdnYtyMWbSNyGEY2213WKsJlwEA`,
    now: '20150801000000', bits: 456,
    ds: [9713, 16, 2, '6ccf18d5bc5d7fc2fceb1d59d17321402f2aa8d368048db93dd811f5cb2b19c7'],
  },
];

describe.each(EXAMPLES)('$section', ({ dnskey, rrset, now, ds, bits }) => {
  const keyRRset = readRRset(dnskey);
  const key = parseDnskey(keyRRset.rdatas[0] as Uint8Array) as Dnskey;
  const work = (): WorkCounter => new WorkCounter(DEFAULT_VALIDATION_POLICY);
  const question = { keys: [key], zone: keyRRset.owner, now: seconds(now), policy: DEFAULT_VALIDATION_POLICY };

  test('the signature is valid', () => {
    expect(checkRRset({ ...question, rrset: readRRset(rrset), work: work() })).toMatchObject({ result: 'valid', cause: null });
  });

  test('it is not once the data, the owner or a bit of the signature is another', () => {
    const genuine = readRRset(rrset);
    const flipped = Uint8Array.from(genuine.signatures[0] as Uint8Array);
    flipped[flipped.length - 20] = (flipped[flipped.length - 20] as number) ^ 1;
    const altered = [
      { ...genuine, rdatas: [Uint8Array.of(192, 0, 2, 2)] },
      { ...genuine, owner: parseName(`xyz.${genuine.owner.length > 13 ? 'example.net' : 'example.com'}`) },
      { ...genuine, signatures: [flipped] },
    ];
    for (const rrset of altered) expect(checkRRset({ ...question, rrset, work: work() }).result).toBe('bogus');
  });

  test('key tag, digest and size of the key', () => {
    if (ds !== undefined) {
      expect([key.keyTag, key.algorithm]).toEqual(ds.slice(0, 2));
      expect(toHex(dsDigest(keyRRset.owner, key.rdata, ds[2]) as Uint8Array)).toBe(ds[3]);
    }
    expect(dnskeyFact(key, false).bits).toBe(bits);
  });
});

describe('RFC 4034 §5.4 and RFC 4509 §2.3', () => {
  const owner = parseName('dskey.example.com.');
  const { rdatas } = readRRset('dskey.example.com. 86400 IN DNSKEY 256 3 5 AQOeiiR0GOMYkDshWoSKz9Xz fwJr1AYtsmx3TGkJaNXVbfi/ 2pHm822aJ5iI9BMzNXxeYCmZ DRD99WYwYqUSdjMmmAphXdvx egXd/M5+X7OrzKBaMbCVdFLU Uh6DhweJBjEVv5f2wwjM9Xzc nOf+EPbtG9DMBmADjFDc2w/r ljwvFw==');
  const rdata = rdatas[0] as Uint8Array;

  test('key tag', () => expect(parseDnskey(rdata)?.keyTag).toBe(60485));
  test('SHA-1 digest', () => expect(toHex(dsDigest(owner, rdata, 1) as Uint8Array)).toBe('2bb183af5f22588179a53b0a98631fad1a292118'));
  test('SHA-256 digest', () => expect(toHex(dsDigest(owner, rdata, 2) as Uint8Array)).toBe('d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a'));
  test('the owner is digested in lower case', () =>
    expect(dsDigest(parseName('DSKey.Example.COM.'), rdata, 2)).toEqual(dsDigest(owner, rdata, 2)));
});
