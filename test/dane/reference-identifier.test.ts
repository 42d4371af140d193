import { describe, expect, test } from 'vitest';
import { checkNames, identifierMatches } from '../../core/dane/reference-identifier.ts';
import type { Certificate } from '../../core/x509/certificate.ts';
import { parseCertificate } from '../../core/x509/certificate.ts';
import { dnsName, ipName, mailName, subjectAltName } from '../x509/issue.ts';
import { HOST, issued, judged, record, root } from './test-chain.ts';

function certificate(subject: string, ...names: readonly Uint8Array[]): Certificate {
  const parsed = parseCertificate(issued(subject, root, { extensions: names.length === 0 ? [] : [subjectAltName(...names)] }).der);
  if (!parsed.ok) throw new Error(parsed.failure);
  return parsed.value;
}

describe('RFC 7672 §3.2.3: one presented name and one reference identifier', () => {
  test.each([
    ['mx.example.org', 'mx.example.org'], ['MX.Example.ORG', 'mx.example.org'], ['*.example.org', 'mx.example.org'], ['*.EXAMPLE.org', 'mx.example.org'],
    ['*.example.org', 'xn--mx-xka.example.org'], ['xn--mx-xka.example.org', 'XN--MX-XKA.example.org'],
  ])('%s matches %s', (presented, reference) => expect(identifierMatches(presented, reference)).toBe(true));

  test.each([
    ['mx.example.org', 'example.org'], ['example.org', 'mx.example.org'],
    ['*.example.org', 'example.org'], ['*.example.org', 'a.b.example.org'], ['*.org', 'example.org'], ['*', 'org'], ['*.', 'org'],
    ['m*.example.org', 'mx.example.org'], ['*x.example.org', 'mx.example.org'], ['mx.*.org', 'mx.example.org'], ['*.*.org', 'mx.example.org'],
    ['xn--*.example.org', 'xn--mx.example.org'], ['*.example.org.', 'mx.example.org'], ['mx.example.org.', 'mx.example.org'],
    ['mx.example.org\0.evil.test', 'mx.example.org'], ['mx.example.org\0', 'mx.example.org'], ['', ''], ['mx.example.org', '.'], ['*.example.org', 'm\0x.example.org'],
  ])('%j does not match %j', (presented, reference) => expect(identifierMatches(presented, reference)).toBe(false));

  test('a leading dot, which only an operator writes, stands for every name below', () => {
    expect(identifierMatches('a.b.example.org', '.example.org')).toBe(true);
    expect(identifierMatches('example.org', '.example.org')).toBe(false);
    expect(identifierMatches('badexample.org', '.example.org')).toBe(false);
  });
});

describe('RFC 7672 §3.2.2, §3.2.3: the names of a certificate', () => {
  test('any one reference identifier suffices, without its root dot', () => {
    expect(checkNames(certificate('CN=x', dnsName('example.org')), [`${HOST}.`, 'example.org.']).matched).toBe('example.org');
  });

  test('CN counts only where there is no dNSName', () => {
    expect(checkNames(certificate(`CN=${HOST}`), [HOST]).matched).toBe(HOST);
    expect(checkNames(certificate(`CN=${HOST}`, mailName('post@example.org'), ipName(192, 0, 2, 1)), [HOST]).matched).toBe(HOST);
    expect(checkNames(certificate(`CN=${HOST}`, dnsName('other.example.org')), [HOST])).toEqual({ tried: [HOST], presented: ['other.example.org'], matched: null });
  });

  test('addresses, mail addresses and URIs are of no account', () => {
    expect(checkNames(certificate('CN=x', mailName(HOST)), [HOST]).matched).toBeNull();
  });

  test('RFC 7672 §3.2.2: DANE-TA(2) fails on a wrong name and tells what was tried', () => {
    const authentication = judged([record('2 1 1', root)], undefined, { referenceIdentifiers: ['other.example.org', 'example.org'] });
    expect(authentication.reason).toMatchObject({ code: 'name-mismatch', rfc: 'RFC 7672 §3.2.2' });
    expect(authentication.names).toEqual({ tried: ['other.example.org', 'example.org'], presented: [HOST], matched: null });
  });

  test('without any reference identifier nothing matches', () => {
    expect(judged([record('2 1 1', root)], undefined, { referenceIdentifiers: [] }).matched).toBeNull();
  });
});
