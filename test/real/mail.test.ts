import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Authority, issue, makeAuthority } from './certificates.ts';
import { eximProgram, startExim } from './exim.ts';
import { startPostfix } from './postfix.ts';
import type { ServerProcess } from './process.ts';
import { announceSkip, whyNot } from './programs.ts';
import { type MailDomain, type ZoneTree, startZoneTree } from './zone-tree.ts';

const SUITE = 'real servers: NSD, Knot, BIND and ldns tools, Postfix';
const skipped = announceSkip(SUITE, whyNot(['nsd', 'knotd', 'dnssec-signzone', 'dnssec-keygen', 'ldns-signzone', 'ldns-keygen', 'postfix', 'openssl']));
const withoutExim = skipped || announceSkip('real servers: Exim', eximProgram() === null ? 'not installed: exim4' : null);
const program = resolve(import.meta.dirname, '../../out/node/cli/main.js');

interface Report {
  readonly outcome: string;
  readonly findings: readonly { readonly code: string; readonly severity: string }[];
  readonly endpoints: readonly { readonly keyType: string; readonly outcome: string; readonly chain: readonly unknown[] }[];
  readonly lookups: readonly { readonly name: string; readonly type: string; readonly status: string }[];
}

describe.skipIf(skipped)(SUITE, () => {
  let folder = '';
  let tree: ZoneTree | null = null;
  let postfix: { readonly stop: () => void } | null = null;
  let exim: ServerProcess | null = null;
  let authorityFile = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'danescope-real-'));
    const authority = makeAuthority(folder, 'Real Test CA');
    authorityFile = authority.certificateFile;
    const servers = serversOf(folder, authority);
    tree = await startZoneTree(folder, servers.domains);
    postfix = await startPostfix(folder, servers.listeners);
    if (!withoutExim) exim = await startExim(folder, servers.exim);
  }, 120_000);

  afterAll(async () => {
    postfix?.stop();
    await exim?.stop();
    await tree?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const check = (...targets: string[]): Promise<{ readonly code: number | null; readonly report: Report; readonly errors: string }> => {
    if (tree === null) throw new Error('the zone tree is not up');
    return runCheck([...targets, '--root-hints', tree.rootHints, '--trust-anchor', tree.trustAnchor]);
  };

  test('RFC 7672 §2.2: a matching 3 1 1 in a secure chain authenticates', async () => {
    const { code, report, errors } = await check('good.test');
    expect(errors).toBe('');
    expect(report.outcome).toBe('authenticated');
    expect(report.endpoints.map((endpoint) => [endpoint.keyType, endpoint.outcome])).toEqual([['ECDSA', 'authenticated']]);
    expect(report.lookups.find((lookup) => lookup.type === 'TLSA')?.status).toBe('secure');
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });

  test('RFC 7672 §3.1.2: 2 1 1 with the CA in the chain authenticates both key types, in an NSEC3 zone', async () => {
    const { code, report } = await check('dual.test');
    expect(new Set(report.endpoints.map((endpoint) => `${endpoint.keyType} ${endpoint.outcome} ${endpoint.chain.length}`)))
      .toEqual(new Set(['ECDSA authenticated 2', 'RSA authenticated 2']));
    expect(code).toBe(0);
  });

  test('RFC 7672 §3.1.2: 2 1 1 of a CA that is not sent is refused', async () => {
    const { code, report } = await check('nochain.test');
    expect(report.outcome).toBe('refused');
    expect(report.findings.map((finding) => finding.code)).toEqual(['anchor-not-sent']);
    expect(code).toBe(2);
  });

  test('RFC 7671 §5.2.2: not even where the machine trusts that CA', async () => {
    if (tree === null) throw new Error('the zone tree is not up');
    const trusting = { NODE_EXTRA_CA_CERTS: authorityFile, SSL_CERT_FILE: authorityFile, NODE_OPTIONS: '--use-openssl-ca' };
    // That it does: with this environment Node itself takes the same kind of chain, without its CA, for good.
    const control = `require('node:tls').connect({ host: '127.91.1.1', port: 465, servername: 'mx.good.test' }, function () { process.stdout.write(String(this.authorized)); this.destroy(); })`;
    expect(execFileSync(process.execPath, ['-e', control], { env: { ...process.env, ...trusting }, encoding: 'utf8' })).toBe('true');
    const { code, report } = await runCheck(['nochain.test', '--root-hints', tree.rootHints, '--trust-anchor', tree.trustAnchor], trusting);
    expect(report.outcome).toBe('refused');
    expect(report.findings.map((finding) => finding.code)).toEqual(['anchor-not-sent']);
    expect(report.endpoints.map(({ chain }) => chain.length)).toEqual([1]);
    expect(code).toBe(2);
  });

  test('RFC 7672 §2.2: usable records of which none matches: refused', async () => {
    const { code, report } = await check('mismatch.test');
    expect(report.outcome).toBe('refused');
    expect(report.findings.map((finding) => finding.code)).toEqual(['tlsa-mismatch']);
    expect(code).toBe(2);
  });

  test('RFC 7672 §2.1.2: a bogus TLSA RRset is a failed lookup, never "no TLSA"', async () => {
    const { code, report } = await check('bogus.test');
    expect(report.outcome).toBe('lookup-failed');
    expect(report.lookups.find((lookup) => lookup.type === 'TLSA' && lookup.name.startsWith('_25'))?.status).toBe('bogus');
    expect(report.findings.map((finding) => finding.code)).toEqual(['dnssec-bogus']);
    expect(code).toBe(2);
  });

  test('RFC 8314 §3.3: TLS on connect at port 465', async () => {
    const { code, report } = await check('--host', 'mx.good.test', '--port', '465', '--tls-on-connect');
    expect(report.outcome).toBe('authenticated');
    expect(code).toBe(0);
  });

  test('RFC 3207 §4.2: Postfix obeys nothing inside TLS that came before it', async () => {
    const { code, report } = await check('good.test', '--probe', 'intrusive');
    expect(report).toMatchObject({ outcome: 'authenticated', findings: [] });
    expect(code).toBe(0);
  });

  test.skipIf(withoutExim)('RFC 3207 §4.2: Exim obeys nothing inside TLS that came before it', async () => {
    const { code, report } = await check('exim.test', '--probe', 'intrusive');
    expect(report.outcome).toBe('authenticated');
    expect(report.findings).toEqual([]);
    expect(code).toBe(0);
  });

  test.skipIf(withoutExim)('Exim with an RSA and an ECDSA certificate: both endpoints authenticate by 2 1 1', async () => {
    const { code, report } = await check('exim.test');
    expect(new Set(report.endpoints.map((endpoint) => `${endpoint.keyType} ${endpoint.outcome}`))).toEqual(new Set(['ECDSA authenticated', 'RSA authenticated']));
    expect(code).toBe(0);
  });

  test.skipIf(withoutExim)('Exim at port 465 with a record for its RSA key alone: the ECDSA endpoint is refused', async () => {
    const { code, report } = await check('--host', 'mx.exim.test', '--port', '465', '--tls-on-connect');
    expect(new Set(report.endpoints.map((endpoint) => `${endpoint.keyType} ${endpoint.outcome}`))).toEqual(new Set(['ECDSA refused', 'RSA authenticated']));
    expect(report.findings.map((finding) => finding.code)).toEqual(['tlsa-mismatch']);
    expect(code).toBe(2);
  });
});

interface Servers {
  readonly domains: MailDomain[];
  readonly listeners: Parameters<typeof startPostfix>[1];
  readonly exim: Parameters<typeof startExim>[1];
}

function serversOf(folder: string, authority: Authority): Servers {
  const ec = (name: string, withChain: boolean): ReturnType<typeof issue> => issue(folder, authority, { host: `mx.${name}`, keyType: 'ec', withChain });
  const [good, dualEc, nochain, mismatch, bogus] = [ec('good.test', false), ec('dual.test', true), ec('nochain.test', false), ec('mismatch.test', true), ec('bogus.test', false)];
  const dualRsa = issue(folder, authority, { host: 'mx.dual.test', keyType: 'rsa', withChain: true });
  const address = (index: number): string => `127.91.1.${index}`;
  const host = (index: number, tlsa: string): string[] => ['@ IN MX 10 mx', `mx IN A ${address(index)}`, `_25._tcp.mx IN TLSA ${tlsa}`];
  const exim = [issue(folder, authority, { host: 'mx.exim.test', keyType: 'rsa', withChain: true }), issue(folder, authority, { host: 'mx.exim.test', keyType: 'ec', withChain: true })];
  const other = 'ab'.repeat(32);
  return {
    domains: [
      { name: 'good.test', nsec3: false, records: [...host(1, `3 1 1 ${good.spkiSha256}`), `_465._tcp.mx IN TLSA 3 1 1 ${good.spkiSha256}`] },
      { name: 'dual.test', nsec3: true, records: host(2, `2 1 1 ${authority.spkiSha256}`) },
      { name: 'nochain.test', nsec3: true, records: host(3, `2 1 1 ${authority.spkiSha256}`) },
      { name: 'mismatch.test', nsec3: false, records: host(4, `3 1 1 ${other}`) },
      { name: 'exim.test', nsec3: true, records: [...host(20, `2 1 1 ${authority.spkiSha256}`), `_465._tcp.mx IN TLSA 3 1 1 ${exim[0]?.spkiSha256}`] },
      { name: 'bogus.test', nsec3: false, records: host(5, `3 1 1 ${bogus.spkiSha256}`), tamper: (zone) => zone.replace(new RegExp(bogus.spkiSha256, 'i'), other) },
    ],
    exim: { address: address(20), hostname: 'mx.exim.test', chainFiles: exim.map((certificate) => certificate.chainFile) },
    listeners: [
      { address: address(1), port: 25, hostname: 'mx.good.test', chainFiles: [good.chainFile] },
      { address: address(1), port: 465, hostname: 'mx.good.test', chainFiles: [good.chainFile], tlsOnConnect: true },
      { address: address(2), port: 25, hostname: 'mx.dual.test', chainFiles: [dualEc.chainFile, dualRsa.chainFile] },
      { address: address(3), port: 25, hostname: 'mx.nochain.test', chainFiles: [nochain.chainFile] },
      { address: address(4), port: 25, hostname: 'mx.mismatch.test', chainFiles: [mismatch.chainFile] },
      { address: address(5), port: 25, hostname: 'mx.bogus.test', chainFiles: [bogus.chainFile] },
    ],
  };
}

function runCheck(options: readonly string[], environment: { readonly [name: string]: string } = {}): Promise<{ readonly code: number | null; readonly report: Report; readonly errors: string }> {
  return new Promise((resolveRun, reject) => {
    const child = spawn(process.execPath, [program, 'check', '--format', 'json', ...options], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (errors += String(text)));
    child.once('error', reject);
    child.once('exit', (code) => {
      try {
        resolveRun({ code, report: JSON.parse(output) as Report, errors });
      } catch {
        reject(new Error(`no JSON report (exit ${code}): ${errors}${output}`));
      }
    });
  });
}
