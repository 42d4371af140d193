/** What is copied may be pasted into a terminal: a line stays one line, and nothing in it is obeyed there. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { copyText } from '../../renderer/commands/clipboard.ts';
import { digLines } from '../../renderer/views/answers/dig.ts';
import { tlsaLine } from '../../core/findings/zone-file.ts';

let copied = '';
vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => {
  copied = text;
} } });
beforeEach(() => {
  copied = '';
});

const HOSTILE = 'a\r\nrm -rf ~\n\u001B[201~\u0003\u009B2J\u202Eb\u2028c';
const OBEYED = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/;

describe('copied', () => {
  test('one line: its line endings and the end of a bracketed paste are escaped', async () => {
    await copyText(HOSTILE, 'the value');
    expect(copied).toBe(String.raw`a\x0d\x0arm -rf ~\x0a\x1b[201~\x03\x9b2J\u{202e}b\u{2028}c`);
  });

  test('several lines: as many as were given', async () => {
    await copyText(['one', HOSTILE, 'three'], 'the lines');
    expect(copied.split('\n')).toHaveLength(3);
    expect(copied).not.toMatch(OBEYED);
  });

  test('all of it, however long', async () => {
    await copyText(`${'x'.repeat(1_000_000)}\n`, 'the value');
    expect(copied).toBe(`${'x'.repeat(1_000_000)}\\x0a`);
  });

  test('the text of an extended DNS error (RFC 8914 §2), which a server chooses', async () => {
    const error = new TextEncoder().encode(`\0\0${HOSTILE}`);
    const header = Uint8Array.of(0, 1, 0x80, 2, 0, 0, 0, 0, 0, 0, 0, 1);
    const opt = Uint8Array.of(0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, error.length + 4, 0, 15, 0, error.length);
    const lines = digLines(Uint8Array.from([...header, ...opt, ...error]));
    await copyText(lines, 'the message');
    expect(copied).toContain('EDE: 0 (Other): (a');
    expect(copied.split('\n')).toHaveLength(lines.length);
    expect(copied).not.toMatch(OBEYED);
  });

  test('a record to publish is one line, whatever a file calls the host', () => {
    expect(tlsaLine(HOSTILE, 1, 1, 'ab')).not.toMatch(/\n/);
  });
});
