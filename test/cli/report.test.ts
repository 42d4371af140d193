/** `danescope report` and the documents of `check`, as the built program gives them. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkOutput, redactionOf } from '../../cli/report-formats.ts';
import { findBrowser } from '../../core/net/find-browser.ts';
import { danescope } from '../built.ts';

let folder: string;
let saved: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'danescope-report-'));
  saved = at('a.run');
  await danescope(['check', '--quiet', '--lab', '--save', saved, 'anna@tlsa-mismatch.example']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('danescope report', () => {
  test.each([['markdown', /^# anna\\@tlsa-mismatch\.example\n/], ['html', /^<!DOCTYPE html>/], ['json', /^\{\n {2}"schemaVersion": 1/], ['run', /^\{"format":"danescope-run","version":1\}\n/]])('gives %s', async (format, start) => {
    const { code, stdout, stderr } = await danescope(['report', '--format', format, saved]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(start);
  });

  test('gives the run file as it was, to the octet', async () => {
    expect((await danescope(['report', '--format', 'run', saved])).stdout).toBe(readFileSync(saved, 'utf8'));
  });

  test('gives text of at most 78 columns, but for lines to paste', async () => {
    const { stdout } = await danescope(['report', saved]);
    expect(stdout.split('\n').filter((line) => line.length > 78 && !/ IN TLSA |^ {4}openssl /.test(line))).toEqual([]);
  });

  test('leaves out what it is told to', async () => {
    const { stdout } = await danescope(['report', '--format', 'run', '--redact', 'names,users', saved]);
    expect(stdout).toMatch(/^\{"format":"danescope-run","version":1,"redacted":\["names","users"\]\}\n/);
    expect(stdout).not.toMatch(/anna@|probe\.example\.org/);
    expect((await danescope(['report', '--redact', 'everything', saved])).code).toBe(64);
  });

  test('never writes over a run: not over the one it reads, under whatever name, nor over another', async () => {
    copyFileSync(saved, at('b.run'));
    symlinkSync(saved, at('link.run'));
    for (const [format, output] of [['text', saved], ['run', at('link.run')], ['html', at('b.run')]] as const) {
      const { code, stderr } = await danescope(['report', '--format', format, '--output', output, saved]);
      expect([code, stderr]).toEqual([64, expect.stringMatching(/a run cannot be made again/)]);
    }
    expect(readFileSync(at('b.run'), 'utf8')).toBe(readFileSync(saved, 'utf8'));
    expect((await danescope(['report', '--format', 'run', '--redact', 'all', '--output', at('b.run'), saved])).code).toBe(2);
    expect((await danescope(['check', '--lab', '--format', 'html', '--save', at('c.run'), '--output', at('c.run'), 'good-311.example'])).code).toBe(64);
    expect(existsSync(at('c.run'))).toBe(false);
  });

  test('reads a run from standard input', async () => {
    const { code, stdout } = await danescope(['report', '-'], { input: readFileSync(saved, 'utf8') });
    expect([code, stdout]).toEqual([2, (await danescope(['report', saved])).stdout]);
  });

  test('a run that ended before its first event is none', async () => {
    writeFileSync(at('none.run'), readFileSync(saved, 'utf8').split('\n', 1)[0] + '\n');
    const { code, stderr } = await danescope(['report', at('none.run')]);
    expect([code, stderr]).toEqual([64, expect.stringContaining('holds no event')]);
  });

  test.each(['text', 'markdown', 'html', 'json'])('says what every report says, as %s', async (format) => {
    const { stdout } = await danescope(['report', '--format', format, saved]);
    for (const part of [/anna\\?@tlsa-mismatch\.example/, /of unknown date|date not known|"since": null/, /probe\.example\.org/, /OpenSSL \d/, /3 name servers of 3 zones|"zones": 3/]) expect(stdout.replaceAll('\n', ' ')).toMatch(part);
  });

  test.skipIf(findBrowser() === null)('prints a PDF', async () => {
    expect((await danescope(['report', '--format', 'pdf', '--paper', 'letter', '--output', at('a.pdf'), saved])).code).toBe(2);
    expect(readFileSync(at('a.pdf')).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  }, 90_000);
});

describe('where there is no PDF', () => {
  test('the exit code is 69, with the way out, before anything is contacted', async () => {
    const environment = { DANESCOPE_BROWSER: at('no-browser') };
    const { code, stderr } = await danescope(['check', '--lab', '--format', 'pdf', '--output', at('none.pdf'), 'good-311.example'], { env: environment });
    expect(code).toBe(69);
    expect(stderr).toContain('--format html');
    expect(existsSync(at('none.pdf'))).toBe(false);
  });

  test('a terminal gets none', () => {
    expect(() => checkOutput('pdf', null, true)).toThrow('a PDF does not belong in a terminal');
    expect(() => checkOutput('html', null, true)).not.toThrow();
  });

  test('what is to go is read strictly', () => {
    expect(redactionOf('typed,paths')).toEqual({ addresses: false, names: false, users: false, typed: true, paths: true });
    expect(() => redactionOf('typed,')).toThrow('--redact');
  });
});

describe('danescope check', () => {
  test('writes a document when the run is over', async () => {
    const { code, stdout } = await danescope(['check', '--lab', '--format', 'html', '--redact', 'all', '--output', at('b.html'), 'good-311.example']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(at('b.html'), 'utf8')).toContain('Redacted: EHLO name and names of this computer.');
  });

  test('refuses what cannot be meant', async () => {
    expect((await danescope(['check', '--lab', '--format', 'html', 'good-311.example', 'null-mx.example'])).code).toBe(64);
    expect((await danescope(['check', '--lab', '--format', 'json', '--output', 'x', 'good-311.example'])).code).toBe(64);
  });
});
