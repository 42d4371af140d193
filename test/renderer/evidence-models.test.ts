/** Models of the evidence views: paths through what was presented, its order, records that would match, groups of findings, PEM, extensions. */
import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../core/findings/finding.ts';
import { fold } from '../../core/inspection/fold.ts';
import type { EndpointState, Run } from '../../core/inspection/run.ts';
import { findingMarkdown } from '../../core/report/markdown.ts';
import { describeCertificate } from '../../core/x509/describe.ts';
import type { CertificateFact } from '../../core/x509/facts.ts';
import { extensionLines, extensionsOf } from '../../renderer/views/certificates/extensions.ts';
import { daysLeft, orderRemarks } from '../../renderer/views/certificates/model.ts';
import { certificationPaths } from '../../renderer/views/certificates/paths.ts';
import { pemOf } from '../../renderer/views/certificates/pem.ts';
import { copiedFinding, evidenceView, findingGroups, findingIds } from '../../renderer/views/findings/model.ts';
import { agilityNotes, recordsThatMatch } from '../../renderer/views/tlsa/would-match.ts';
import { basicConstraints, issue, keyUsage, name, newKey } from '../x509/issue.ts';
import { certificate, host, twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const keys = { root: newKey(), other: newKey(), issuing: newKey(), leaf: newKey() };
const CA = [basicConstraints(true, 1), keyUsage(5, 6)];
const made = (subject: string, issuer: string, key: keyof typeof keys, issuerKey: keyof typeof keys, extensions = CA): CertificateFact =>
  describeCertificate(issue({ subject: name(subject), issuer: name(issuer), key: keys[key], issuerKey: keys[issuerKey], extensions }));
const leaf = made('CN=mx.example.org', 'CN=Issuing', 'leaf', 'issuing', [basicConstraints(false), keyUsage(0)]);
const byRoot = made('CN=Issuing', 'CN=Root', 'issuing', 'root');
const byOther = made('CN=Issuing', 'CN=Other Root', 'issuing', 'other');
const root = made('CN=Root', 'CN=Root', 'root', 'root');

/** A run whose only endpoint presented these certificates. */
function presented(chain: readonly CertificateFact[], matched: EndpointState['verdict']['matched'], usage: number): { run: Run; endpoint: EndpointState; shas: readonly string[] } {
  const shas = chain.map(({ sha256 }) => sha256);
  const record = { index: 0, usage, selector: 1, matchingType: 1, data: 'aa', usable: true, reason: null };
  const [first] = run.endpoints;
  if (first === undefined) throw new Error('the fixture has no endpoint');
  const endpoint: EndpointState = { ...first, comparisons: [], verdict: { ...first.verdict, host: 'mx.example.org', chain: shas, matched, outcome: matched === null ? 'refused' : 'authenticated' } };
  return { endpoint, shas, run: { ...run, certificates: Object.fromEntries(chain.map((one) => [one.sha256, one])), hosts: [host('mx.example.org', 10, [], [record])], endpoints: [endpoint] } };
}

describe('certification paths', () => {
  test('a cross-signed issuer gives two; the one to the certificate that the record names is used, the other says why not', () => {
    const one = presented([leaf, byRoot, byOther, root], { record: 0, depth: 3 }, 2);
    const paths = certificationPaths(one.run, one.shas, one.endpoint);
    expect(paths.map(({ depths }) => depths)).toEqual([[0, 2], [0, 1, 3]]);
    expect(paths.map(({ end }) => end)).toEqual(['CN=Other Root, not presented', 'Root, self-issued']);
    expect(paths.map(({ used }) => used)).toEqual([false, true]);
    expect(paths[0]?.why).toBe('Not used: it does not pass the certificate that the TLSA record names.');
    expect(paths[1]?.why).toBe('Used: it reaches depth 3, which TLSA record 1 names.');
  });

  test('a path to the certificate that a record names, and an expired leaf: the path says so, not that nothing matches (RFC 7672 §3.1.2)', () => {
    const one = presented([leaf, byRoot, root], null, 2);
    const reason = { code: 'expired' as const, text: 'The leaf certificate has expired.', rfc: 'RFC 7672 §3.1.2', ede: null };
    const [compared] = run.endpoints.flatMap(({ comparisons }) => comparisons);
    if (compared === undefined) throw new Error('the fixture compares nothing');
    const endpoint: EndpointState = { ...one.endpoint, comparisons: [{ ...compared, record: 0, depth: 1, certificate: one.shas[1] ?? null, matched: false, reason }] };
    expect(certificationPaths(one.run, one.shas, endpoint)[0]?.why).toBe('Not used: The leaf certificate has expired.');
  });

  test('under DANE-EE(3) no path counts (RFC 7672 §3.1.1)', () => {
    const one = presented([leaf, byRoot], { record: 0, depth: 0 }, 3);
    expect(certificationPaths(one.run, one.shas, one.endpoint)).toMatchObject([{ used: false, why: 'No path counts: DANE-EE(3) looks at the leaf alone (RFC 7672 §3.1.1).' }]);
  });

  test('a certificate that was sent twice begins no second path; certificates that issue each other end', () => {
    const twice = presented([leaf, byRoot, byRoot, root], null, 2);
    expect(certificationPaths(twice.run, twice.shas, twice.endpoint).map(({ depths }) => depths)).toEqual([[0, 1, 3]]);
    const circle = [certificate('a.example', 'ECDSA', 'B'), certificate('B', 'ECDSA', 'C'), certificate('C', 'ECDSA', 'B')];
    const round = presented(circle, null, 2);
    expect(certificationPaths(round.run, round.shas, round.endpoint).map(({ depths }) => depths)).toEqual([[0, 1, 2]]);
  });

  test('many that could issue one another are cut off', () => {
    const many = Array.from({ length: 40 }, (_, index) => certificate('X', 'ECDSA', 'X', { sha256: String(index), selfIssued: false }));
    const one = presented([certificate('a.example', 'ECDSA', 'X'), ...many], null, 2);
    expect(certificationPaths(one.run, one.shas, one.endpoint).length).toBeLessThanOrEqual(8);
  });
});

describe('the order of what was sent', () => {
  const remarks = (chain: readonly CertificateFact[]): readonly string[] => orderRemarks(presented(chain, null, 2).run, chain.map(({ sha256 }) => sha256));
  test('each in its place says nothing', () => expect(remarks([leaf, byRoot, root])).toEqual([]));
  test('sent twice', () => expect(remarks([leaf, byRoot, byRoot])).toEqual(['Depth 2 is the same certificate as depth 1: it was sent twice.']));
  test('out of order', () => expect(remarks([leaf, root, byRoot])).toEqual(['Depth 1 is out of order: it is the issuer of depth 2.', 'Depth 2 is out of order: it is the issuer of depth 0.']));
  test('not needed', () => expect(remarks([leaf, made('CN=Stranger', 'CN=Stranger', 'other', 'other')])).toEqual(['Depth 1 issued none of the others: it is not needed.']));
});

describe('a certificate in full', () => {
  test('its PEM is what other programs read (RFC 7468 §5)', () => {
    const pem = pemOf([leaf, byRoot]);
    expect(pem.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(2);
    expect(Math.max(...pem.split('\n').map(({ length }) => length))).toBe(64);
    expect(new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()).toBe(leaf.sha256);
  });

  test('the extensions that decide are said in words (RFC 5280 §4.2.1)', () => {
    const lines = (der: string): Record<string, string> => Object.fromEntries(extensionLines(extensionsOf(der) ?? expect.fail('no certificate')).map(({ label, value }) => [label, value]));
    expect(lines(byRoot.der)).toMatchObject({ CA: 'yes, path length at most 1', 'Key usage': 'keyCertSign, cRLSign', 'Extended usage': 'any (not limited)' });
    expect(lines(leaf.der)).toMatchObject({ CA: 'no', 'Key usage': 'digitalSignature' });
    expect(extensionsOf('AAAA')).toBeNull();
    expect(extensionsOf('')).toBeNull();
  });

  test('days are counted from the time of the run', () => {
    const one = { ...leaf, notAfter: '2026-12-01T00:00:00Z' };
    expect(daysLeft(one, '2026-11-24T14:00:00Z')).toBe('6 days left');
    expect(daysLeft(one, '2026-12-03T00:00:00Z')).toBe('over for 2 days');
    expect(daysLeft(one, 'never')).toBe('');
  });
});

describe('records that would match', () => {
  test('3 1 1 for the leaf, 2 1 1 for an authority, none for what is no authority (RFC 7672 §3.1)', () => {
    const stranger = certificate('not-a-ca.example', 'ECDSA', 'X');
    const one = presented([leaf, byRoot, stranger], null, 3);
    const [mx] = one.run.hosts;
    if (mx === undefined) throw new Error('no host');
    const offers = recordsThatMatch(one.run, mx, '_25._tcp.mx.example.org', one.endpoint);
    expect(offers.map(({ line, published }) => [line, published])).toEqual([
      [`_25._tcp.mx.example.org. IN TLSA 3 1 1 ${leaf.spkiSha256}`, false], [`_25._tcp.mx.example.org. IN TLSA 2 1 1 ${byRoot.spkiSha256}`, false],
    ]);
  });

  test('one that is published already says so', () => {
    const [mx] = run.hosts;
    const endpoint = run.endpoints.find(({ verdict }) => verdict.keyType === 'ECDSA') ?? null;
    if (mx === undefined) throw new Error('no host');
    expect(recordsThatMatch(run, mx, '_25._tcp.mx1.example.org', endpoint)[0]?.published).toBe(true);
  });

  test('digest agility is told once a record (RFC 7671 §9)', () => {
    const [endpoint] = run.endpoints;
    if (endpoint === undefined) throw new Error('no endpoint');
    const passed = { code: 'ignored-by-agility', text: 'SHA2-512 is published too', rfc: 'RFC 7671 §9', ede: null } as const;
    expect(agilityNotes({ ...endpoint, comparisons: endpoint.comparisons.map((one) => ({ ...one, record: 1, reason: passed })) })).toEqual(['Record 2: SHA2-512 is published too']);
    expect(agilityNotes(null)).toEqual([]);
  });
});

describe('findings', () => {
  const finding = (code: string, severity: Finding['severity'], message: string): Finding => ({ code, severity, message, subject: 'endpoint:mx1.example.org/192.0.2.10/rsa', rfc: 'RFC 7672 §3.1', evidence: [{ label: 'line 14', subject: 'connection:mx1.example.org/192.0.2.10/1', seq: 14 }], remedy: { text: 'Add it.', copy: '_25._tcp IN TLSA 3 1 1 aa' } });
  const all = [finding('note', 'info', 'a'), finding('tlsa-mismatch', 'error', 'No record matches.'), finding('weak', 'warning', 'b')];

  test('stand worst first; every word of the filter must fit', () => {
    expect(findingGroups(all, '').map(({ id }) => id)).toEqual(['error', 'warning', 'info']);
    expect(findingGroups(all, 'rsa MATCHES').flatMap(({ rows }) => rows.map(({ finding: { code } }) => code))).toEqual(['tlsa-mismatch']);
    expect(findingGroups(all, 'rsa matches nowhere')).toEqual([]);
  });

  test('the key copies the fix of the current finding, else of the first that has one: that card alone shows the key', () => {
    const [note, mismatch, weak] = [{ ...finding('note', 'info', 'a'), remedy: null }, finding('tlsa-mismatch', 'error', 'b'), finding('weak', 'warning', 'c')] as const;
    const three: readonly Finding[] = [note, mismatch, weak];
    const [ofNote = '', , ofWeak = ''] = findingIds(three);
    expect([null, ofNote, ofWeak, 'gone'].map((current) => copiedFinding(three, current)?.code)).toEqual(['tlsa-mismatch', 'tlsa-mismatch', 'weak', 'tlsa-mismatch']);
    expect(copiedFinding([note], ofNote)).toBeUndefined();
  });

  test('evidence leads to the view that shows it', () => {
    expect(['cert:aa', 'tlsa:mx/0', 'rrset:mx/TLSA', 'zone:.', 'connection:mx/1/1'].map((subject) => evidenceView(subject as Finding['subject']))).toEqual(['certificates', 'tlsa', 'answers', 'trust', null]);
  });

  test('a finding for a ticket is whole, and nothing in it is markup', () => {
    const text = findingMarkdown(run, { ...finding('tlsa-mismatch', 'error', '<b>[x](http://evil)'), remedy: { text: 'Add it.', copy: '```\nrecord' } });
    expect(text).toContain('## error: tlsa-mismatch');
    expect(text).toContain('    record');
    expect(text).toContain('Evidence: line 14');
    expect(text).toContain('About: endpoint:mx1.example.org/192.0.2.10/rsa');
    expect(text).not.toMatch(/(?<!\\)<b>|(?<!\\)\[x/);
  });
});
