import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wantsColour } from '../../cli/output.ts';
import { worstExitCode } from '../../cli/exit-codes.ts';
import { danescope } from '../built.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'danescope-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Report {
  readonly schemaVersion: number;
  readonly target: string | { readonly input: string };
  readonly outcome: string;
  readonly findings: readonly { readonly code: string }[];
}

describe('the text of a run', () => {
  test('streams lookups and the dialogue, and ends with the verdict', async () => {
    const { code, stdout, stderr } = await danescope(['check', '--lab', 'good-311.example']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const order = ['✔ good-311.example MX secure', ' -> EHLO probe.example.org', ' -> STARTTLS', '=== TLS 1', ' ~> EHLO probe.example.org', ' ~> QUIT', '✔ Mail to good-311.example is authenticated'];
    const places = order.map((text) => stdout.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(stdout).not.toContain('\u001b');
  });

  test('tells each finding with its section and a fix to copy', async () => {
    const { code, stdout } = await danescope(['check', '--lab', 'tlsa-mismatch.example']);
    expect(code).toBe(2);
    const verdict = stdout.slice(stdout.lastIndexOf('✖ Mail from senders that do DANE'));
    expect(verdict).toMatch(/✖ error: tlsa-mismatch \(RFC 7672 §[\d.]+\)\n(?: +.*\n)+? +Fix: (?:.*\n)+? +_25\._tcp\.\S+ \d+ IN TLSA 3 1 1 [0-9a-f]{64}\n/);
  });

  test('is only the verdict with --quiet', async () => {
    const { code, stdout } = await danescope(['check', '--quiet', '--lab', 'good-311.example']);
    expect(code).toBe(0);
    expect(stdout).not.toContain('-> EHLO');
    expect(stdout.trimStart()).toMatch(/^✔ Mail to good-311\.example is authenticated/);
  });
});

describe('exit codes', () => {
  test.each([['good-311.example', 0], ['tlsa-ancestor-denied.example', 1], ['tlsa-mismatch.example', 2], ['dnssec-bogus.example', 2], ['null-mx.example', 3], ['connection-failed.example', 3]])('%s ends with %i', async (target, code) => {
    expect((await danescope(['check', '--quiet', '--lab', target])).code).toBe(code);
  });

  test('of several targets the worst counts: refused, cannot say, warning, good', async () => {
    expect((await danescope(['check', '--quiet', '--lab', 'good-311.example', 'null-mx.example', 'tlsa-mismatch.example'])).code).toBe(2);
    expect(worstExitCode([0, 1, 3])).toBe(3);
    expect(worstExitCode([0, 1])).toBe(1);
    expect(worstExitCode([0, 0])).toBe(0);
    expect(worstExitCode([])).toBe(3);
  });

  test('root hints and trust anchors come from files: with those of another root nothing can be looked up', async () => {
    const hints = join(folder, 'root.hints');
    const anchor = join(folder, 'root.key');
    writeFileSync(hints, '. 3600000 IN NS a.example.\na.example. 3600000 IN A 127.53.53.53\n');
    writeFileSync(anchor, `. IN DS 1 13 2 ${'00'.repeat(32)}\n`);
    const { code, stdout } = await danescope(['check', '--root-hints', hints, '--trust-anchor', anchor, '--timeout', '2', 'example.org']);
    expect(code).toBe(3);
    expect(stdout).toContain('resolving from the root');
    expect(stdout).toContain('? example.org MX indeterminate');
  });

  test('a host is inspected as the next hop, on the port that is named', async () => {
    expect((await danescope(['check', '--quiet', '--lab', '--host', 'mx1.good-311.example'])).code).toBe(0);
    expect((await danescope(['check', '--quiet', '--lab', 'mx1.good-465.example:465'])).code).toBe(0);
    expect((await danescope(['check', '--quiet', '--lab', '--host', 'mx1.good-465.example', '--tls-on-connect', '--port', '465'])).code).toBe(0);
  });
});

describe('formats for programs', () => {
  test('json is one object for one target and nothing else', async () => {
    const { code, stdout } = await danescope(['check', '--format', 'json', '--lab', 'tlsa-mismatch.example']);
    expect(code).toBe(2);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ schemaVersion: expect.any(Number), outcome: 'refused' });
    expect(report.findings.map((finding) => finding.code)).toContain('tlsa-mismatch');
  });

  test('json is an array for several', async () => {
    const { stdout } = await danescope(['check', '--format', 'json', '--lab', 'good-311.example', 'null-mx.example']);
    expect((JSON.parse(stdout) as Report[]).map(({ outcome }) => outcome)).toEqual(['authenticated', 'not-determined']);
  });

  test('ndjson is every event, numbered without gaps', async () => {
    const { stdout } = await danescope(['check', '--format', 'ndjson', '--lab', 'good-311.example']);
    const events = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { seq: number; type: string });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(['run.started', 'run.finished']);
  });
});

describe('run files', () => {
  test('a saved run gives the same report, and the same exit code, without the network', async () => {
    const file = join(folder, 'mismatch.run');
    const live = await danescope(['check', '--format', 'json', '--save', file, '--lab', 'tlsa-mismatch.example']);
    const later = await danescope(['report', '--format', 'json', file]);
    expect(JSON.parse(later.stdout)).toEqual(JSON.parse(live.stdout));
    expect(later.code).toBe(2);
    expect((await danescope(['report', file])).stdout).toContain('tlsa-mismatch');
  });

  test('--save leaves a file that is no run file alone, unless it is forced', async () => {
    const file = join(folder, 'precious.txt');
    writeFileSync(file, 'years of work');
    const { code, stderr } = await danescope(['check', '--quiet', '--save', file, '--lab', 'good-311.example']);
    expect(code).toBe(64);
    expect(stderr).toContain('the file exists and is no run file');
    expect(readFileSync(file, 'utf8')).toBe('years of work');
    expect((await danescope(['check', '--quiet', '--save', file, '--force', '--lab', 'good-311.example'])).code).toBe(0);
    expect((await danescope(['check', '--quiet', '--save', file, '--lab', 'good-311.example'])).code).toBe(0);
  });

  test('Ctrl+C ends the run in order: what is known is told and saved', async () => {
    const file = join(folder, 'stopped.run');
    const { code, stdout, stderr } = await danescope(['check', '--save', file, '--lab', 'good-311.example'], { interruptAt: /EHLO/ });
    expect(code).toBe(3);
    expect(stderr).toBe('danescope: stopping; again to end at once\n');
    expect(stdout).toContain('The run is not whole: stopped');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'run.stopped' });
    expect((await danescope(['report', file])).code).toBe(3);
  });

  test('a file that a crash cut off opens up to its last whole line', async () => {
    const whole = join(folder, 'whole.run');
    await danescope(['check', '--quiet', '--save', whole, '--lab', 'good-311.example']);
    const cut = join(folder, 'cut.run');
    writeFileSync(cut, readFileSync(whole, 'utf8').slice(0, -30));
    const { code, stderr } = await danescope(['report', cut]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  });

  test('a line that is no event is named', async () => {
    const file = join(folder, 'bad.run');
    writeFileSync(file, '{"format":"danescope-run","version":1}\n{"seq":0,"at":0,"subject":"run:x","type":"evil\u001b[2J"}\n');
    const { code, stderr } = await danescope(['report', file]);
    expect(code).toBe(64);
    expect(stderr).toContain(', line 2:');
    expect(stderr).not.toContain('\u001b');
  });
});

test('a reader that goes away ends the run without a word', async () => {
  const { stderr } = await danescope(['check', '--lab', 'good-311.example', 'tlsa-mismatch.example'], { closeAt: /MX secure/ });
  expect(stderr).toBe('');
});

describe('what cannot be written', () => {
  test.runIf(process.platform === 'linux').each([[['lab', 'list']], [['check', '--lab', 'good-311.example']], [['check', '--lab', '--format', 'json', 'good-311.example']]])('%j to a full disk ends with EX_IOERR and one line that says so', async (args) => {
    expect(await danescope(args, { into: '/dev/full' })).toEqual({ code: 74, stdout: '', stderr: 'danescope: the output cannot be written (ENOSPC)\n' });
  });

  test.runIf(process.platform === 'linux')('--save to a full disk: nothing is begun', async () => {
    const { code, stdout, stderr } = await danescope(['check', '--save', '/dev/full', '--lab', 'good-311.example']);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain('--save /dev/full cannot be written (ENOSPC)');
  });

  test.skipIf(process.platform === 'win32')('--save that fails later: all is told nevertheless, and what the file holds', async () => {
    const pipe = join(folder, 'pipe');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const reader = spawn('head', ['-c', '100', pipe], { stdio: 'ignore' });
    const { code, stdout, stderr } = await danescope(['check', '--save', pipe, '--lab', 'good-311.example']);
    reader.kill();
    expect(code).toBe(74);
    expect(stdout).toContain('Mail to good-311.example is authenticated');
    expect(stderr).toMatch(/^danescope: --save \S+ cannot be written any more \(EPIPE\); it holds the first \d+ events\n$/);
  });

  test('--output that cannot be: no run is made for it', async () => {
    const run = join(folder, 'not-made.run');
    for (const [file, why] of [['/none/x.html', 'ENOENT'], [folder, 'EISDIR']] as const) {
      const { code, stderr } = await danescope(['check', '--format', 'html', '--output', file, '--save', run, '--lab', 'good-311.example']);
      expect(code).toBe(64);
      expect(stderr).toContain(`--output ${file} cannot be written (${why})`);
      expect(existsSync(run)).toBe(false);
    }
  });
});

test('colour is for terminals that want it', () => {
  expect(wantsColour(true, {})).toBe(true);
  expect(wantsColour(undefined, {})).toBe(false);
  expect(wantsColour(true, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColour(true, { NO_COLOR: '' })).toBe(true);
  expect(wantsColour(true, { TERM: 'dumb' })).toBe(false);
});
