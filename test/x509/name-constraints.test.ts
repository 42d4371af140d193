import { describe, expect, test } from 'vitest';
import { parseCertificate } from '../../core/x509/certificate.ts';
import { nameConstraintProblem } from '../../core/x509/name-constraints.ts';
import { element, latin1, sequence } from './der-writer.ts';
import { directoryName, dnsName, extension, ipName, issue, mailName, name, nameConstraints, newKey, otherName, subjectAltName, uriName } from './issue.ts';

const key = newKey();
const mailbox = (text: string): Uint8Array => otherName('1.3.6.1.5.5.7.8.9', element(0x0c, new TextEncoder().encode(text)));
const parse = (subject: string, extensions: readonly Uint8Array[]) => {
  const result = parseCertificate(issue({ subject: name(subject), issuer: name('CN=i'), key, issuerKey: key, extensions }));
  if (!result.ok) throw new Error(result.failure);
  return result.value;
};

function problem(names: readonly Uint8Array[], permitted: readonly Uint8Array[], excluded: readonly Uint8Array[] = [], subject = ''): string | null {
  const constraints = parse('', [nameConstraints(permitted, excluded)]).extensions.nameConstraints;
  if (constraints === null) throw new Error('no constraints');
  return nameConstraintProblem(parse(subject, names.length === 0 ? [] : [subjectAltName(...names)]), constraints, true);
}

describe('RFC 5280 §4.2.1.10: name constraints', () => {
  test.each([
    ['the name itself', dnsName('mx.example.org'), dnsName('mx.example.org')], ['below', dnsName('a.b.example.org'), dnsName('example.org')], ['case', dnsName('MX.example.ORG'), dnsName('Example.org')],
    ['everything', dnsName('x.test'), dnsName('')], ['leading dot', dnsName('mx.example.org'), dnsName('.example.org')],
    ['mail of a host', mailName('a@example.org'), mailName('example.org')], ['mail of a domain', mailName('a@mx.example.org'), mailName('.example.org')], ['one address', mailName('a@Example.org'), mailName('a@example.org')],
    ['host of a URI', uriName('https://mx.example.org:8/x'), uriName('mx.example.org')], ['domain of a URI', uriName('https://mx.example.org/'), uriName('.example.org')],
    ['IPv4', ipName(192, 0, 2, 7), ipName(192, 0, 2, 0, 255, 255, 255, 0)], ['IPv6', ipName(...Array<number>(16).fill(1)), ipName(...Array<number>(16).fill(1), ...Array<number>(16).fill(255))],
    ['directory', directoryName(name('O=Test,CN=x')), directoryName(name('O=TEST'))],
    ['SmtpUTF8Mailbox', otherName('1.3.6.1.5.5.7.8.9', element(0x0c, latin1('a@example.org'))), mailName('example.org')],
    ['RFC 9598 §6: SmtpUTF8Mailbox of a domain', mailbox('post@mx.bücher.example'), mailName('.xn--bcher-kva.example')], ['RFC 9598 §6: SmtpUTF8Mailbox of a host in A-labels', mailbox('pöst@BüCHER.example'), mailName('xn--bcher-kva.example')],
    ['RFC 9598 §6: one SmtpUTF8Mailbox', mailbox('post@bücher.example'), mailName('post@xn--bcher-kva.example')],
  ])('within: %s', (_, presented, base) => {
    expect(problem([presented], [base])).toBeNull();
    expect(problem([presented], [], [base])).toContain('excluded');
  });

  test.each([
    ['another name', dnsName('example.net'), dnsName('example.org')], ['the end of a label', dnsName('badexample.org'), dnsName('example.org')], ['leading dot and the name itself', dnsName('example.org'), dnsName('.example.org')],
    ['mail below a host', mailName('a@mx.example.org'), mailName('example.org')], ['another address', mailName('b@example.org'), mailName('a@example.org')], ['local part has case', mailName('A@example.org'), mailName('a@example.org')],
    ['another host of a URI', uriName('https://mx.example.org/'), uriName('example.org')], ['another network', ipName(192, 0, 3, 7), ipName(192, 0, 2, 0, 255, 255, 255, 0)],
    ['IPv4 and IPv6', ipName(192, 0, 2, 7), ipName(...Array<number>(32).fill(0))], ['another directory', directoryName(name('CN=x,O=Test')), directoryName(name('O=Test'))],
    ['another SmtpUTF8Mailbox', mailbox('post@bücher.example'), mailName('Post@xn--bcher-kva.example')], ['an SmtpUTF8Mailbox of another host', mailbox('post@bücher.example'), mailName('.xn--bcher-kva.example')],
  ])('outside: %s', (_, presented, base) => {
    expect(problem([presented], [base])).toContain('outside');
    expect(problem([presented], [], [base])).toBeNull();
  });

  test('kinds without a constraint are free', () => {
    expect(problem([mailName('a@x.test'), dnsName('mx.example.org')], [dnsName('example.org')])).toBeNull();
  });

  test('one of several permitted subtrees suffices', () => {
    expect(problem([dnsName('mx.example.org')], [dnsName('example.net'), dnsName('example.org')])).toBeNull();
  });

  test('CN counts where there is no dNSName, if it looks like a host', () => {
    expect(problem([], [dnsName('example.org')], [], 'CN=mx.example.net')).toContain('outside');
    expect(problem([], [dnsName('example.org')], [], 'CN=A person')).toBeNull();
    expect(problem([], [dnsName('example.org')], [], 'CN=host')).toBeNull();
    expect(problem([dnsName('mx.example.org')], [dnsName('example.org')], [], 'CN=mx.example.net')).toBeNull();
    expect(problem([], [dnsName('example.org')], [], 'CN=mx.example.org\0.test')).toContain('NUL');
  });

  test('the subject is a directory name, its e-mail addresses are mail names', () => {
    expect(problem([], [directoryName(name('O=Test'))], [], 'O=Other')).toContain('outside');
    expect(problem([], [mailName('example.org')], [], 'emailAddress=~a@example.net')).toContain('outside');
    expect(problem([], [mailName('example.org')], [], 'emailAddress=a@example.org')).toContain('IA5String');
  });

  test('what cannot be compared fails', () => {
    expect(problem([mailName('nobody')], [mailName('example.org')])).toContain('@');
    expect(problem([uriName('mailto:a@example.org')], [uriName('example.org')])).toContain('URI');
    expect(problem([ipName(1, 2, 3)], [ipName(1, 2, 3, 4, 255, 255, 255, 255)])).toContain('octets');
    expect(problem([otherName('1.2.3', element(0x05))], [otherName('1.2.3', element(0x05))])).toContain('cannot be checked');
  });

  test('minimum and maximum other than 0 and absent fail', () => {
    const bounded = (...bounds: readonly Uint8Array[]) => {
      const constraints = parse('', [extension('2.5.29.30', sequence(element(0xa0, sequence(dnsName('example.org'), ...bounds))))]).extensions.nameConstraints;
      return constraints === null ? 'none' : nameConstraintProblem(parse('', [subjectAltName(dnsName('mx.example.org'))]), constraints, true);
    };
    expect(bounded(element(0x80, Uint8Array.of(0)))).toBeNull();
    expect(bounded(element(0x80, Uint8Array.of(1)))).toContain('minimum');
    expect(bounded(element(0x81, Uint8Array.of(0)))).toContain('maximum');
  });

  test('more than 2^20 comparisons are not made', () => {
    const names = Array.from({ length: 1100 }, (_, index) => dnsName(`${index}.example.org`));
    expect(problem(names, names.slice(0, 1000))).toContain('too many');
  });
});
