import { describe, expect, test } from 'vitest';
import { parseTarget, type TargetOptions } from '../../core/target/parse.ts';
import type { Target, TargetError } from '../../core/target/target.ts';

function read(text: string, options?: TargetOptions): Target {
  const result = parseTarget(text, options);
  if (!result.ok) throw new Error(`${text}: ${result.failure.message}`);
  return result.value;
}

function refuse(text: string, options?: TargetOptions): TargetError {
  const result = parseTarget(text, options);
  if (result.ok) throw new Error(`${text} was taken as ${JSON.stringify(result.value)}`);
  return result.failure;
}

describe('what is inspected', () => {
  test('a bare name is a mail domain', () => {
    expect(read('Example.ORG')).toEqual({ kind: 'mail-domain', input: 'Example.ORG', domain: 'example.org', unicode: null, port: 25, tls: 'starttls' });
  });
  test('of an address the domain counts', () => {
    expect(read('"a@b"@example.org')).toMatchObject({ kind: 'mail-domain', domain: 'example.org' });
  });
  test.each(['user@@x.example', 'a@b@x.example', '"a"@b@x.example'])('RFC 5321 §4.1.2: %s has an @ too many', (text) => {
    expect(refuse(text)).toMatchObject({ code: 'unexpected', message: expect.stringContaining('more than one @') as string });
  });
  test('a name with a port is a host', () => {
    expect(read('mx1.example.org:587')).toMatchObject({ kind: 'host', host: 'mx1.example.org', port: 587, tls: 'starttls', literal: null });
  });
  test('the kind asked for wins over the shape', () => {
    expect(read('mx1.example.org', { kind: 'host' })).toMatchObject({ kind: 'host', port: 25 });
    expect(read('example.org:2525', { kind: 'mx' })).toMatchObject({ kind: 'mail-domain', port: 2525 });
  });
  test('a bare name with a port option stays a mail domain', () => {
    expect(read('example.org', { port: 2525 })).toMatchObject({ kind: 'mail-domain', port: 2525 });
  });
  test('a trailing dot and white space around are not missed', () => {
    expect(read('  example.org.\n')).toMatchObject({ kind: 'mail-domain', domain: 'example.org', input: 'example.org.' });
  });
});

describe('RFC 8314 §3.3: port 465 is TLS on connect', () => {
  test('unless said otherwise', () => {
    expect(read('mx1.example.org:465')).toMatchObject({ tls: 'on-connect' });
    expect(read('mx1.example.org:465', { tls: 'starttls' })).toMatchObject({ tls: 'starttls' });
    expect(read('mx1.example.org:25', { tls: 'on-connect' })).toMatchObject({ tls: 'on-connect' });
  });
});

describe('address literals', () => {
  test.each([
    ['192.0.2.25', '192.0.2.25', 25, 'ipv4'],
    ['192.0.2.25:465', '192.0.2.25', 465, 'ipv4'],
    ['[2001:DB8::25]:465', '2001:db8::25', 465, 'ipv6'],
    ['[2001:db8:0:0:1:0:0:1]', '2001:db8::1:0:0:1', 25, 'ipv6'],
    ['2001:db8::', '2001:db8::', 25, 'ipv6'],
    ['user@[IPv6:2001:db8::25]', '2001:db8::25', 25, 'ipv6'],
    ['[::ffff:192.0.2.1]', '::ffff:c000:201', 25, 'ipv6'],
    ['[192.0.2.25]:587', '192.0.2.25', 587, 'ipv4'],
  ])('%s', (text, host, port, literal) => {
    expect(read(text)).toMatchObject({ kind: 'host', host, port, literal });
  });
  test('an address has no MX records', () => {
    expect(refuse('192.0.2.25', { kind: 'mx' })).toMatchObject({ code: 'not-a-name', part: '192.0.2.25' });
  });
});

describe('RFC 5891: internationalised names', () => {
  test('U-labels become A-labels and are kept for the headline', () => {
    expect(read('bücher.example')).toMatchObject({ domain: 'xn--bcher-kva.example', unicode: 'bücher.example' });
  });
  test('A-labels get their U-label', () => {
    expect(read('XN--bcher-kva.example')).toMatchObject({ domain: 'xn--bcher-kva.example', unicode: 'bücher.example' });
  });
  test('non-transitional: ß is not ss', () => {
    expect(read('straße.example')).toMatchObject({ domain: 'xn--strae-oqa.example' });
  });
  test('ideographic dots separate labels', () => {
    expect(read('bücher。example')).toMatchObject({ domain: 'xn--bcher-kva.example' });
  });
  test('a broken A-label is named', () => {
    expect(refuse('a.xn--a-ecp.ru')).toMatchObject({ code: 'bad-idna', part: 'xn--a-ecp' });
  });
  test('an emoji with a right-to-left letter is refused', () => {
    expect(refuse('אa.example').code).toBe('bad-idna');
  });
});

describe('what is wrong with which part', () => {
  test.each([
    ['', 'empty', ''],
    ['   ', 'empty', ''],
    ['.', 'empty', '.'],
    ['user@', 'empty', ''],
    ['@example.org', 'unexpected', '@'],
    ['https://example.org/', 'unexpected', 'https://'],
    ['mailto:user@example.org', 'unexpected', 'mailto:'],
    ['example.org/path', 'unexpected', '/path'],
    ['example.org example.net', 'unexpected', 'example.org example.net'],
    ['example.org:', 'bad-port', ''],
    ['example.org:0', 'bad-port', '0'],
    ['example.org:65536', 'bad-port', '65536'],
    ['example.org:smtp', 'bad-port', 'smtp'],
    ['[2001:db8::25]:x', 'bad-port', 'x'],
    ['300.1.1.1', 'bad-address', '300.1.1.1'],
    ['01.2.3.4', 'bad-address', '01.2.3.4'],
    ['[2001:db8::25', 'bad-address', '[2001:db8::25'],
    ['[fe80::1%eth0]', 'bad-address', 'fe80::1%eth0'],
    ['1:2:3', 'bad-address', '1:2:3'],
    ['[1::2::3]', 'bad-address', '1::2::3'],
    ['a..example', 'bad-label', 'a..example'],
    ['_25._tcp.mx1.example.org', 'bad-label', '_25'],
    ['foo_bar.example', 'bad-label', 'foo_bar'],
    ['-a.example', 'bad-label', '-a'],
    [`${'a'.repeat(64)}.example`, 'bad-label', 'a'.repeat(64)],
    [`${'a.'.repeat(130)}example`, 'too-long', 'a.'.repeat(20)],
    ['x'.repeat(401), 'too-long', 'x'.repeat(40)],
  ])('%j', (text, code, part) => {
    expect(refuse(text)).toMatchObject({ code, part });
  });
  test('every error has a sentence and an example that is taken', () => {
    for (const text of ['', 'a..b', 'x:0', '[z]', '_x.y', 'xn--a-ecp.ru', 'http://a', '300.1.1.1']) {
      const error = refuse(text);
      expect(error.message).toMatch(/^[A-Z“].*\.$/);
      expect(parseTarget(error.example).ok).toBe(true);
    }
  });
  test('hostile text is shown, never obeyed', () => {
    const error = refuse('a\u001B[2J\u202Eb.example');
    expect(error.message).not.toMatch(/[\u001B\u202E]/);
    expect(error.part).not.toMatch(/[\u001B\u202E]/);
  });
});
