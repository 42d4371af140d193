import { describe, expect, test } from 'vitest';
import { fromBase64 } from '../../core/base/bytes.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { ConnectionState } from '../../core/inspection/run.ts';
import { localTime } from '../../renderer/text/time.ts';
import { decodedFields } from '../../renderer/views/dialogue/decoded.ts';
import { hexDump } from '../../renderer/views/dialogue/hex-dump.ts';
import { dialogueRows, dialogueText, prefixOf, protectedBand } from '../../renderer/views/dialogue/model.ts';
import { STARTED, twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const connection = (number: number): ConnectionState => {
  const found = run.connections.find((one) => one.connection.number === number);
  if (found === undefined) throw new Error('not in the fixture');
  return found;
};
const endpoint = (number: number) => run.endpoints.find((one) => one.verdict.connection === number) ?? null;
const rows = (number: number) => dialogueRows(connection(number), endpoint(number), STARTED);

describe('dialogue lines', () => {
  test('bands in words, the handshake between them', () => {
    expect(rows(1).filter((row) => row.kind === 'band').map((row) => row.text)).toEqual(['before STARTTLS', 'TLS handshake', 'TLS 1.3, authenticated']);
    expect(rows(1).filter((row) => row.kind === 'tls').map((row) => `${row.prefix}${row.text}`)[0]).toBe(' => ClientHello, 512 octets');
  });

  test('times in UTC, each with its distance to the line before', () => {
    const lines = rows(1).filter((row) => row.seq !== null);
    expect(lines[0]?.time).toMatch(/^14:02:07\.\d{3}$/);
    expect(lines.every((row) => /^\+\d+\.\d{3}$/.test(row.difference))).toBe(true);
  });

  test.each([
    ['client', false, false, ' -> '], ['client', true, false, ' ~> '], ['client', false, true, '**> '], ['client', true, true, '*~> '],
    ['server', false, false, '<-  '], ['server', true, false, '<~  '], ['server', false, true, '<** '], ['server', true, true, '<~* '], ['note', false, false, '=== '],
  ] as const)('prefix of %s, protected %s, unexpected %s is %j', (from, inside, unexpected, prefix) => {
    expect(prefixOf({ from, protected: inside, unexpected })).toBe(prefix);
  });

  test('an endpoint that no record authenticates is said to be not authenticated', () => {
    expect(protectedBand(connection(2), endpoint(2))).toBe('TLS 1.3, not authenticated');
    expect(protectedBand(connection(2), null)).toBe('TLS 1.3, not yet checked');
  });

  test('escape sequences, markup and bidirectional controls of a banner are shown, never obeyed', () => {
    const banner = rows(4).find((row) => row.kind === 'server');
    expect(banner?.text).toBe('220 mx2 \\x1b[31mESMTP\\x07 <b>bold</b> \\u{202e}gnol');
    expect(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/.test(dialogueText(rows(4)).replaceAll('\n', ''))).toBe(false);
  });

  test('a line that is known becomes the same row again, unless the one before it changed', () => {
    const [first, second] = [rows(1), rows(1)];
    expect(second.filter((row) => row.seq !== null).every((row) => first.includes(row))).toBe(true);
    const shorter = { ...connection(1), lines: connection(1).lines.slice(1) };
    const line = dialogueRows(shorter, endpoint(1), STARTED).find((row) => row.seq !== null);
    expect(line?.difference).not.toBe(first.filter((row) => row.seq !== null)[1]?.difference);
  });

  test('handshake messages of runs that tell more: time, octets, what they say; alerts between them', () => {
    const base = connection(1);
    const messages = [
      { from: 'client', name: 'ClientHello', size: 512, afterMs: 1, bytes: 'AQAB', summary: 'TLSv1.3, to \u001B[2Jmx' },
      { from: 'server', name: 'ServerHello', size: 122, afterMs: 30, bytes: 'AgAB', summary: 'TLSv1.3' },
    ] as const;
    const alerts = [{ from: 'server', level: 'fatal', code: 40, name: 'handshake_failure', afterMs: 20 }] as const;
    const tls = dialogueRows({ ...base, parameters: null, tlsFailure: { code: 'alert-from-server', text: 'refused', alert: alerts[0], elapsedMs: 44, messages, alerts, mayBeOurs: false } }, null, STARTED).filter((row) => row.kind === 'tls');
    expect(tls.map(({ prefix, text, bytes, unexpected }) => [prefix, text, bytes, unexpected])).toEqual([
      [' => ', 'ClientHello, 512 octets: TLSv1.3, to \\x1b[2Jmx', 'AQAB', false], ['<=  ', 'Alert: handshake_failure (fatal)', null, true], ['<=  ', 'ServerHello, 122 octets: TLSv1.3', 'AgAB', false],
    ]);
    expect(tls.map(({ difference }) => difference).slice(1)).toEqual(['+0.019', '+0.010']);
  });

  test('a reply is decoded: code, place, enhanced status, capability', () => {
    const decoded = (text: string) => {
      const row = rows(1).find((one) => one.kind === 'server');
      if (row === undefined) throw new Error('no row');
      return Object.fromEntries(decodedFields({ ...row, text }, STARTED).map(({ label, value }) => [label, value]));
    };
    expect(decoded('250-SIZE 10240000')).toMatchObject({ Reply: '250, completed; done', Place: 'more lines of this reply follow', Capability: 'greatest mail, in octets (RFC 1870)' });
    expect(decoded('454 4.7.0 TLS not available')).toMatchObject({ Reply: '454, TLS not available for now; failed for now', Place: 'last line of the reply', Status: '4.7.0, failed for now, security or policy' });
    expect(decoded('hello')).toMatchObject({ Reply: 'not a reply of SMTP (RFC 5321 §4.2)' });
    expect(decoded('250 constructor')).not.toHaveProperty('Capability');
  });

  test('a line tells when it was by the clock of this computer, where that is not UTC', () => {
    const row = rows(1).find((one) => one.kind === 'server');
    if (row?.at == null) throw new Error('no row');
    const local = decodedFields(row, STARTED).find(({ label }) => label === 'Local time')?.value ?? null;
    expect(local).toBe(localTime(Date.parse(STARTED) + row.at));
    expect(decodedFields(row, null).some(({ label }) => label === 'Local time')).toBe(false);
  });

  test('bytes of a line include its ending', () => {
    const ehlo = rows(1).find((row) => row.text === 'EHLO probe.example.org');
    expect([...fromBase64(ehlo?.bytes ?? '')].slice(-2)).toEqual([13, 10]);
  });
});

describe('hex dump', () => {
  test('offset, hex in two halves, text with dots for what is not printable', () => {
    const bytes = Uint8Array.from({ length: 18 }, (_, index) => 0x3e + index).fill(0x0a, 17);
    expect(hexDump(bytes)).toEqual([
      { offset: '0000', hex: '3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d', text: '>?@ABCDEFGHIJKLM' },
      { offset: '0010', hex: '4e 0a', text: 'N·' },
    ]);
  });

  test('no more than the limit is shown', () => {
    expect(hexDump(new Uint8Array(100_000), 4096)).toHaveLength(256);
  });
});
