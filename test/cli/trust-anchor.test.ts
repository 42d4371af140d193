import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { observeFrom } from '../../cli/trust-anchor-observe.ts';
import { trustAnchor } from '../../cli/trust-anchor.ts';
import type { Output } from '../../cli/output.ts';
import { ROOT_ANCHORS_SIGNATURE, ROOT_ANCHORS_XML } from '../../core/anchors/ports.ts';
import type { FetchFailure } from '../../core/anchors/ports.ts';
import { failed, success } from '../../core/base/result.ts';
import type { Result } from '../../core/base/result.ts';
import { labVantage } from '../../core/net/vantage.ts';
import { startLab } from '../../lab/start.ts';
import { CURRENT, KSK_2017, Publisher, anchorsXml } from '../anchors/publisher.ts';
import { danescope } from '../built.ts';

const ONLY_2017 = `. IN DS 20326 8 2 ${KSK_2017}\n`;

let home: string;
let publisher: Publisher;
const before = process.env['DANESCOPE_HOME'];
beforeAll(() => {
  publisher = new Publisher();
  publisher.signer('good', { days: 30 });
}, 60_000);
afterAll(() => publisher.close());
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-'));
  process.env['DANESCOPE_HOME'] = home;
});
afterEach(() => {
  rmSync(home, { recursive: true });
  if (before === undefined) delete process.env['DANESCOPE_HOME'];
  else process.env['DANESCOPE_HOME'] = before;
});

const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(home, name), content);
  return join(home, name);
};
const stored = (): string => readFileSync(join(home, 'trust-anchors.json'), 'utf8');

/** In this process: with a publisher of our own in the place of IANA. */
async function run(args: readonly string[], fetch: (url: string) => Result<Uint8Array, FetchFailure> = () => failed({ code: 'unreachable', text: 'no network' })): Promise<{ code: number; stdout: string; stderr: string }> {
  const { output, told } = recording();
  const code = await trustAnchor(args, output, { documents: { fetch: (url) => Promise.resolve(fetch(url)) }, authority: publisher.authority() });
  return { code, ...told };
}

function recording(): { readonly output: Output; readonly told: { stdout: string; stderr: string } } {
  const told = { stdout: '', stderr: '' };
  const output: Output = {
    write: (text) => { told.stdout += text; }, error: (text) => { told.stderr += text; }, colour: false, terminal: false, closed: new AbortController().signal,
  };
  return { output, told };
}

const signedFiles = (xml = CURRENT): readonly string[] => ['--xml', file('root-anchors.xml', xml), '--signature', file('root-anchors.p7s', publisher.sign(xml, 'good'))];

describe('trust-anchor show', () => {
  test('names each anchor with tag, algorithm, digest, label, dates and source, and the age of the promise', async () => {
    const { code, stdout } = await run([]);
    expect(code).toBe(0);
    expect(stdout).toContain('. DS 38696 (KSK-2024), algorithm 8 RSASHA256, from built-in');
    expect(stdout).toContain('SHA-256 683d2d0acb8c9b712a1948b27f741219298d0a450d612c483af444a4c0fb2b16');
    expect(stdout).toContain('in the root zone since 2025-01-11');
    expect(stdout).toMatch(/as of \d{4}-\d\d-\d\d, to be looked at again by \d{4}-\d\d-\d\d/);
  });

  test('--lab --check: which anchor signs that root now', async () => {
    const { code, stdout } = await run(['show', '--lab', '--check', '--format', 'json']);
    const shown = JSON.parse(stdout) as { readonly anchors: readonly { readonly signsRoot: boolean; readonly source: string }[]; readonly check: { readonly result: string } };
    expect([code, shown.check.result]).toEqual([0, 'valid']);
    expect(shown.anchors.every(({ signsRoot, source }) => signsRoot && source === 'practice lab')).toBe(true);
  });

  test('a store whose only key does no more ends with 1 and says why', async () => {
    await run(['replace', file('old.key', `. IN DS 19036 8 2 49AAC11D7B6F6446702E54A1607371607A1A41855200FD2CE1CDDE32F24E8FB5\n`)]);
    const { code, stdout } = await run(['show']);
    expect(code).toBe(1);
    expect(stdout).toContain('warning: KSK-2010 (19036): revoked since 2019-01-11, so no usable trust anchor of the root is left');
  });
});

describe('trust-anchor replace and reset', () => {
  test('trust what is in the file and nothing else, say what changed, and go back', async () => {
    const path = file('root.key', ONLY_2017);
    const { code, stdout, stderr } = await run(['replace', path]);
    // The root is signed with KSK-2024: the file was obeyed, and its flaw told.
    expect([code, stderr]).toEqual([1, expect.stringContaining('trust anchors: KSK-2017 (20326): ') as string]);
    expect(stdout).toMatch(/- \. IN DS 38696 8 2 683d/);
    expect(stdout).toMatch(/ {4}\. IN DS 20326 8 2 e06d/);
    expect((await run(['show'])).stdout).toContain(`from store (${path})`);
    expect((await run(['reset'])).stdout).toContain('built-in trust anchors are in use again');
    expect((await run(['show'])).stdout).toContain('from built-in');
  });

  test('a file that does not read changes nothing', async () => {
    await expect(run(['replace', file('bad.key', '. IN DS 20326 8 2 E06D\n')])).rejects.toThrow(/bad\.key, line 1: a SHA-256 digest has 64 hexadecimal digits/);
    expect(stored).toThrow(/ENOENT/);
  });
});

describe('trust-anchor refresh', () => {
  test('from files: takes what the authority signed', async () => {
    const { code, stdout } = await run(['refresh', ...signedFiles()]);
    expect(code).toBe(0);
    expect(stdout).toContain('The trust anchors are the same as before.');
    expect(stdout).toMatch(/signed \d{4}-\S+ by emailAddress=dnssec@iana\.org/);
    expect(stored()).toContain('"source": "IANA"');
  });

  test('over HTTPS: both documents of IANA', async () => {
    const asked: string[] = [];
    const { code } = await run(['refresh'], (url) => {
      asked.push(url);
      return success(url.endsWith('.xml') ? new TextEncoder().encode(CURRENT) : publisher.sign(CURRENT, 'good'));
    });
    expect([code, asked]).toEqual([0, [ROOT_ANCHORS_XML, ROOT_ANCHORS_SIGNATURE]]);
  });

  test('without the network: 3, and the anchors stay as they are', async () => {
    const { code, stderr } = await run(['refresh']);
    expect([code, stderr]).toEqual([3, expect.stringMatching(/no network\n.*stay as they are/) as string]);
    expect(stored).toThrow(/ENOENT/);
  });

  test('a changed document: 2, and the anchors stay as they are', async () => {
    const [, , , signature = ''] = signedFiles();
    const { code, stderr } = await run(['refresh', '--xml', file('root-anchors.xml', anchorsXml({ keyTag: 1, digest: KSK_2017 })), '--signature', signature]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('the document was changed after it was signed') as string]);
    expect(stored).toThrow(/ENOENT/);
  });

  test('the program as it ships believes ICANN alone', async () => {
    const { code, stderr } = await danescope(['trust-anchor', 'refresh', ...signedFiles()]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('not vouched for by ICANN') as string]);
  });
});

describe('trust-anchor refresh --observe', () => {
  test('follows a root it can validate, and changes nothing where it cannot', async () => {
    const lab = await startLab();
    try {
      const { output, told } = recording();
      const vantage = labVantage(lab);
      await run(['replace', file('lab.key', lab.trustAnchorText)]);
      expect(await observeFrom(vantage, 'text', output)).toBe(0);
      expect(told.stdout).toMatch(/key \d+: Start → Valid/);
      expect(told.stdout).toContain('The trust anchors are the same as before.');
      const kept = stored();
      expect(await observeFrom({ ...vantage, trustAnchors: [] }, 'text', output)).not.toBe(0);
      expect(stored()).toBe(kept);
    } finally {
      await lab.close();
    }
  });
});

describe('check', () => {
  test('uses the store, says on stderr that its anchors no longer do, and names them in the report', async () => {
    await run(['replace', file('old.key', ONLY_2017)]);
    const env = { DANESCOPE_HOME: home };
    const { stdout, stderr } = await danescope(['check', '--resolver', '127.0.0.1:9', '--format', 'json', 'example.org'], { env });
    const { circumstances } = JSON.parse(stdout) as { readonly circumstances: { readonly trustAnchors: readonly { readonly source: string }[]; readonly anchorWarnings: readonly string[] } };
    expect(circumstances.trustAnchors.map(({ source }) => source)).toEqual([`store (${join(home, 'old.key')})`]);
    expect(stderr).toContain('danescope: trust anchors: KSK-2017 (20326): ');
    expect(circumstances.anchorWarnings).toHaveLength(1);
  });

  test('--trust-anchor goes before the store, and a store that does not read ends with 64', async () => {
    const path = file('own.key', `. IN DS 1 8 2 ${'AB'.repeat(32)}\n`);
    file('trust-anchors.json', 'broken');
    const env = { DANESCOPE_HOME: home };
    const own = await danescope(['check', '--resolver', '127.0.0.1:9', '--trust-anchor', path, '--quiet', 'example.org'], { env });
    expect(own.stdout.replaceAll(/\s+/g, ' ')).toContain(`trust anchor 1 of unknown date (${path})`);
    const broken = await danescope(['check', 'example.org'], { env });
    expect([broken.code, broken.stderr]).toEqual([64, expect.stringContaining('danescope trust-anchor reset') as string]);
    expect((await danescope(['trust-anchor', 'reset'], { env })).code).toBe(0);
  });
});

describe('a wrong command line ends with 64 and shows a way out', () => {
  test.each([
    [['replac', 'x'], /replac is not known/, /did you mean: danescope trust-anchor replace/],
    [['replace'], /needs a file/, /root\.key/],
    [['reset', 'x'], /takes no x/, /replace FILE/],
    [['refresh', '--xml', 'a'], /go together/, /--signature/],
    [['refresh', '--observe', '--lab'], /exclude each other/, /practice lab/],
    [['refresh', '--observe', '--xml', 'a'], /neither --xml nor --signature/, /IANA signed/],
    [['refresh', '--resolver', '192.0.2.53'], /--resolver is for --observe/, /HTTPS/],
    [['show', '--format', 'xml'], /--format xml/, /text, json/],
    [['--lab', '--resolver', '192.0.2.53'], /--lab excludes/, /own root/],
  ])('%j', async (args, what, wayOut) => {
    const failure: unknown = await Promise.resolve().then(() => run(args)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'UsageError', message: expect.stringMatching(what) as string, hint: expect.stringMatching(wayOut) as string });
  });
});
