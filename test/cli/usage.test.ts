import { describe, expect, test } from 'vitest';
import { danescope } from '../built.ts';

const EX_USAGE = 64;

describe('a wrong command line ends with 64, names what is wrong and shows a way out', () => {
  test.each([
    [[], /no command was given/, /danescope check example\.org/],
    [['chekc', 'example.org'], /chekc is no command/, /did you mean: danescope check/],
    [['example.org'], /example\.org is no command/, /danescope check example\.org/],
    [['check'], /check needs a target/, /danescope check example\.org/],
    [['check', '--fromat', 'json', 'example.org'], /unknown flag --fromat/, /did you mean --format\?/],
    [['check', '--format', 'xml', 'example.org'], /--format xml is not known/, /text, json, ndjson/],
    [['check', '--port', '99999', 'example.org'], /--port 99999 is not a number from 1 to 65535/, /--port/],
    [['check', '--port'], /--port needs a value/, /--port 465/],
    [['check', '--port', '--lab', 'example.org'], /--port needs a value/, /--port 465/],
    [['check', '--lab=yes', 'example.org'], /--lab takes no value/, /--lab alone/],
    [['check', '--timeout', '0', 'example.org'], /--timeout 0/, /--timeout 10/],
    [['check', '--helo', 'a b', 'example.org'], /--helo a b/, /--helo probe\.example\.org/],
    [['check', '--helo', 'a\r\nMAIL FROM:<>', 'example.org'], /--helo a\\x0d\\x0aMAIL/, /--helo/],
    [['check', '--resolver', 'dns.example', 'example.org'], /--resolver dns\.example is not an IP address/, /192\.0\.2\.53/],
    [['check', '--resolver', '[2001:db8::1]:0', 'example.org'], /--resolver port 0/, /53/],
    [['check', '--lab', '--resolver', '192.0.2.53', 'example.org'], /--lab and --resolver exclude each other/, /own root/],
    [['check', '--trust-anchor', '/none/root.key', 'example.org'], /--trust-anchor \/none\/root\.key cannot be read \(ENOENT\)/, /check its name/],
    [['check', '--trust-anchor', '/etc/hostname', 'example.org'], /--trust-anchor \/etc\/hostname/, /DS or DNSKEY/],
    [['check', '--root-hints', '/etc/hostname', 'example.org'], /--root-hints \/etc\/hostname/, /198\.41\.0\.4/],
    [['check', '--save', '/none/x.run', '--lab', 'good-311.example'], /--save \/none\/x\.run cannot be written \(ENOENT\)/, /folder that exists/],
    [['check', '--save', 'x.run', 'a.example', 'b.example'], /--save takes one run/, /one target at a time/],
    [['check', 'bad..host'], /target “bad\.\.host”/, /such as: danescope check/],
    [['check', 'https://example.org/'], /target “https:\/\/example\.org\/”/, /danescope check example\.org/],
    [['check', '--mx', '192.0.2.1'], /target “192\.0\.2\.1”/, /such as/],
    [['lab'], /lab needs an action/, /danescope lab list/],
    [['lab', 'lst'], /lab lst is not known/, /did you mean: danescope lab list/],
    [['lab', 'list', 'x'], /lab list takes no x/, /check --lab x/],
    [['report'], /report needs a run file/, /--save/],
    [['report', '/none.run'], /the run file \/none\.run cannot be read \(ENOENT\)/, /check its name/],
    [['report', '/etc/hostname'], /the run file \/etc\/hostname, line 1/, /--save FILE/],
  ])('%j', async (args, what, wayOut) => {
    const { code, stdout, stderr } = await danescope(args);
    expect({ code, stdout }).toEqual({ code: EX_USAGE, stdout: '' });
    const [first = '', second = ''] = stderr.split('\n');
    expect(first).toMatch(/^danescope: /);
    expect(first).toMatch(what);
    expect(second).toMatch(wayOut);
  });

  test('what was typed is shown, not obeyed', async () => {
    const { stderr } = await danescope(['check', '--\u001b[2J\u202e', 'example.org']);
    expect(stderr).toContain('\\x1b[2J\\u{202e}');
    expect(stderr).not.toContain('\u001b');
  });
});

describe('help', () => {
  test.each([[['--help'], 'danescope COMMAND'], [['help'], 'danescope COMMAND'], [['check', '--help'], 'danescope check [FLAGS]'], [['help', 'check'], 'danescope check [FLAGS]'], [['lab', '-h'], 'danescope lab list'], [['report', '--help'], 'danescope report'], [['app', '--help'], 'danescope app']])('%j', async (args, usage) => {
    const { code, stdout, stderr } = await danescope(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(usage);
    expect(stdout).toContain('examples:');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('every flag that is read is in the help of its command', async () => {
    const { stdout } = await danescope(['check', '--help']);
    for (const flag of ['--format', '--lab', '--root-hints', '--trust-anchor', '--resolver', '--port', '--tls-on-connect', '-4', '-6', '--helo', '--timeout', '--mx', '--host', '--probe', '--save', '--quiet', '--no-color']) expect(stdout).toContain(flag);
  });

  test('--version gives the version of the package', async () => {
    expect((await danescope(['--version'])).stdout).toMatch(/^danescope \d+\.\d+\.\d+\n$/);
  });
});
