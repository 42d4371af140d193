/** The lab's mail servers and certificates, judged by OpenSSL as a DANE client (RFC 7672). */
import { execFile, execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toHex } from '../../core/base/bytes.ts';
import { nameText, parseName } from '../../core/dns/name.ts';
import { A, MX, TLSA } from '../../lab/dns/rrtype.ts';
import { SCENES } from '../../lab/scenes/all.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';

const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

async function rdatas(owner: string, type: number): Promise<readonly Uint8Array[]> {
  const apex = [...lab.zones.keys()].filter((zone) => zone === owner || owner.endsWith(`.${zone}`)).sort((left, right) => right.length - left.length)[0] ?? '.';
  const zone = await lab.zones.get(apex)?.();
  return zone?.node(parseName(owner))?.rrsets.get(type)?.rdatas ?? [];
}

interface Published {
  readonly host: string;
  readonly addresses: readonly string[];
  /** as OpenSSL takes them */
  readonly records: readonly string[];
}

async function published(domain: string): Promise<Published[]> {
  const exchanges = (await rdatas(domain, MX)).map((rdata) => nameText(rdata.subarray(2)));
  return await Promise.all((exchanges.length === 0 ? [domain] : exchanges).map(async (host) => ({
    host,
    addresses: (await rdatas(host, A)).map((rdata) => rdata.join('.')),
    records: [...await rdatas(`_25._tcp.${host}`, TLSA), ...await rdatas(`*._tcp.${host}`, TLSA)].map((rdata) => `${rdata.subarray(0, 3).join(' ')} ${toHex(rdata.subarray(3))}`),
  })));
}

interface Attempt {
  readonly host: string;
  readonly address: string;
  readonly port?: number;
  readonly records: readonly string[];
  readonly flags?: readonly string[];
}

/** Whether OpenSSL authenticates the server by these records, without a certificate store. */
async function authenticates({ host, address, port = 25, records, flags = [] }: Attempt): Promise<boolean> {
  const loopback = await lab.network.loopbackPort(address, port, 'tcp');
  const start = port === 465 ? [] : ['-starttls', 'smtp'];
  const running = promisify(execFile)('openssl', ['s_client', '-connect', `127.0.0.1:${String(loopback)}`, ...start, '-dane_tlsa_domain', host, '-dane_ee_no_namechecks',
    ...records.flatMap((record) => ['-dane_tlsa_rrdata', record]), '-no-CAfile', '-no-CApath', '-no-CAstore', '-verify_return_error', ...flags]);
  running.child.stdin?.end('QUIT\r\n');
  try {
    return (await running).stdout.includes('Verify return code: 0 (ok)');
  } catch {
    return false;
  }
}

describe.skipIf(!hasOpenssl)('OpenSSL', () => {
  const clean = SCENES.filter((scene) => scene.name.startsWith('good-') || scene.name === 'certificate-expired-unchecked');
  test.each(clean.map((scene) => [scene.name, scene.domain ?? `${scene.name}.example`]))('authenticates %s', async (_name, domain) => {
    for (const { host, addresses, records } of await published(domain)) for (const address of addresses) {
      expect(await authenticates({ host, address, records })).toBe(true);
    }
  });

  test.each(['tlsa-mismatch', 'certificate-expired', 'name-mismatch', 'anchor-not-sent', 'handshake-failed'])('does not authenticate %s', async (name) => {
    const [host] = await published(`${name}.example`);
    expect(await authenticates({ host: host?.host ?? '', address: host?.addresses[0] ?? '', records: host?.records ?? [] })).toBe(false);
  });

  test('authenticates one of the two hosts of two-mx-one-bad, and one of the two addresses of one-address-bad', async () => {
    const endpoints = [...await published('two-mx-one-bad.example'), ...await published('one-address-bad.example')];
    const results = await Promise.all(endpoints.flatMap(({ host, addresses, records }) => addresses.map((address) => authenticates({ host, address, records }))));
    expect(results.filter(Boolean)).toHaveLength(2);
    expect(results).toHaveLength(4);
  });

  test('authenticates the ECDSA certificate of dual-key-one-record and not the RSA one', async () => {
    const [host] = await published('dual-key-one-record.example');
    const attempt = { host: host?.host ?? '', address: host?.addresses[0] ?? '', records: host?.records ?? [] };
    expect(await authenticates({ ...attempt, flags: ['-sigalgs', 'ECDSA+SHA256'] })).toBe(true);
    expect(await authenticates({ ...attempt, flags: ['-sigalgs', 'rsa_pss_rsae_sha256'] })).toBe(false);
  });

  test('authenticates TLS on connect at port 465', async () => {
    const [host] = await published('good-465.example');
    expect(await authenticates({ host: host?.host ?? '', address: host?.addresses[0] ?? '', port: 465, records: host?.records ?? [] })).toBe(true);
  });
});

/** What the server says to these lines, in the clear. */
async function dialogue(domain: string, lines: readonly string[]): Promise<string[]> {
  const [host] = await published(domain);
  const port = await lab.network.loopbackPort(host?.addresses[0] ?? '', 25, 'tcp');
  const socket = connect(port ?? 0, '127.0.0.1');
  const replies: string[] = [];
  const waiting = [...lines];
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    const isComplete = /^\d{3} [^\n]*\r\n$/m.test(text);
    if (!isComplete) continue;
    replies.push(text.trimEnd());
    text = '';
    const next = waiting.shift();
    if (next === undefined) break;
    socket.write(`${next}\r\n`);
  }
  return replies;
}

describe('a mail server', () => {
  test('offers STARTTLS among its capabilities and says goodbye', async () => {
    const [greeting, ehlo, bye] = await dialogue('good-311.example', ['EHLO visitor.example', 'QUIT']);
    expect(greeting).toBe('220 mx1.good-311.example ESMTP Postfix');
    expect(ehlo).toContain('\r\n250-STARTTLS\r\n');
    expect(bye).toBe('221 2.0.0 Bye');
  });

  test('that does not offer STARTTLS refuses it too', async () => {
    const [, ehlo, refusal] = await dialogue('starttls-not-offered.example', ['EHLO visitor.example', 'STARTTLS']);
    expect(ehlo).not.toContain('STARTTLS');
    expect(refusal).toMatch(/^502 /);
  });

  test('that has no certificate at hand answers 454', async () => {
    expect((await dialogue('starttls-refused.example', ['EHLO visitor.example', 'STARTTLS']))[2]).toMatch(/^454 /);
  });

  test('that takes no mail greets with 554 and waits for QUIT (RFC 5321 §3.1)', async () => {
    expect(await dialogue('greeting-rejected.example', ['EHLO visitor.example', 'QUIT'])).toEqual([
      '554 5.7.1 mx1.greeting-rejected.example No SMTP service for your address', '503 5.5.1 Error: bad sequence of commands', '221 2.0.0 Bye',
    ]);
  });

  test('that is too busy greets with 421 and leaves (RFC 5321 §3.8)', async () => {
    expect(await dialogue('greeting-try-later.example', ['QUIT'])).toEqual(['421 4.3.2 mx1.greeting-try-later.example Service not available, try again later']);
  });
});
