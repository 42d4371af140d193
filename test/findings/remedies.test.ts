/** What the findings advise must work: it is held against the product's own verifier, and never costs a domain its mail. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBase64 } from '../../core/base/bytes.ts';
import { authenticate } from '../../core/dane/authenticate.ts';
import { tlsaRecords, type TlsaFields } from '../../core/dane/usable.ts';
import { certificateExpired } from '../../core/findings/certificate-expired.ts';
import { mxIsAlias } from '../../core/findings/mx-is-alias.ts';
import { tlsaMissing } from '../../core/findings/tlsa-missing.ts';
import type { Finding } from '../../core/findings/finding.ts';
import type { Run } from '../../core/inspection/run.ts';
import { LISTED_SCENES } from '../../lab/list.ts';
import { assess } from '../../core/findings/assess.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab(); });
afterAll(() => lab.close());

describe('RFC 5321 §5.1: with one family left out', () => {
  test.each(['good-implicit-mx', 'good-311'])('%s has a mail host: what was not tested is told, and no null MX advised', async (scene) => {
    const { run } = await inspectInLab(lab, `${scene}.example`, { families: [6] });
    expect(run.outcome.outcome).toBe('not-determined');
    expect(assess(run)).toEqual([]);
    expect(run.connections).toEqual([]);
    expect(run.endpoints.map(({ verdict }) => [verdict.outcome, verdict.reason.code])).toEqual([['not-determined', 'family-left-out']]);
  });

  test('no-mail-host copies nothing that ends all mail', async () => {
    const { run } = await inspectInLab(lab, 'no-mail-host.example');
    expect(assess(run).map(({ code, remedy }) => [code, remedy?.copy])).toEqual([['no-mail-host', null]]);
  });
});

const LINE = /^(\S+)\. \d+ IN TLSA (\d) (\d) (\d) ([0-9a-f]+)$/;

const recordsIn = (copy: string): TlsaFields[] => copy.split('\n').map((line) => {
  const [, , usage, selector, matchingType, data = ''] = LINE.exec(line) ?? expect.fail(`no TLSA record: ${line}`);
  return { usage: Number(usage), selector: Number(selector), matchingType: Number(matchingType), data };
});

/** What the verifier says of each chain that the finding is about, once its lines stand beside what is published. */
function afterRemedy(run: Run, { subject, evidence, remedy }: Finding): string[] {
  const isAbout = run.endpoints.filter(({ verdict }) => evidence.some((one) => one.subject === `endpoint:${verdict.host}/${verdict.address}/${verdict.keyType?.toLowerCase()}`) || subject === `mx:${verdict.host}`);
  const chains = isAbout.flatMap(({ verdict }) => [verdict.chain, ...(verdict.versions ?? []).map(({ chain }) => chain)]).filter((chain) => chain.length > 0);
  expect(chains).not.toEqual([]);
  const published = run.hosts.find(({ name }) => name === isAbout[0]?.verdict.host)?.records ?? [];
  const records = tlsaRecords([...published, ...recordsIn(remedy?.copy ?? '')]);
  return chains.map((chain) => authenticate({
    records, chain: chain.map((sha256) => fromBase64(run.certificates[sha256]?.der ?? '')), referenceIdentifiers: ['nobody.invalid'], nowMs: Date.now(),
  }).reason.code);
}

describe('RFC 7671 §9: the records advised authenticate what they were advised for', () => {
  test.each(LISTED_SCENES.map(({ name, target }) => [name, target] as const))('%s', async (_name, target) => {
    const { run } = await inspectInLab(lab, target);
    for (const finding of assess(run).filter(({ remedy }) => remedy?.copy?.includes(' IN TLSA ') === true)) {
      expect(new Set(afterRemedy(run, finding))).toEqual(new Set(['matched']));
      const published = run.hosts.flatMap(({ records }) => records.map(({ usage, selector, matchingType, data }) => `${usage} ${selector} ${matchingType} ${data}`));
      for (const line of finding.remedy?.copy?.split('\n') ?? []) expect(published).not.toContain(line.split(' TLSA ')[1]);
    }
  });

  test('a stronger digest in use is kept to', async () => {
    const { run } = await inspectInLab(lab, 'old-stronger-digest.example');
    expect(assess(run).map(({ remedy }) => remedy?.copy)).toEqual([expect.stringMatching(/ IN TLSA 3 1 2 [0-9a-f]{128}$/)]);
  });

  test('each TLS version that shows another chain without TLSA records has its line', async () => {
    const { run } = await inspectInLab(lab, 'tls12-other-chain.example');
    const bare: Run = {
      ...run, hosts: run.hosts.map((host) => ({ ...host, tlsa: 'absent' as const, records: [], tlsaBaseDomain: null })),
      endpoints: run.endpoints.map((state) => ({ ...state, verdict: { ...state.verdict, outcome: 'opportunistic' as const, versions: (state.verdict.versions ?? []).map((shown) => ({ ...shown, outcome: 'opportunistic' as const })) } })),
    };
    expect(tlsaMissing(bare)[0]?.remedy?.copy?.split('\n')).toHaveLength(2);
  });

  test('a key that cannot be read gives no line', async () => {
    const { run } = await inspectInLab(lab, 'tlsa-missing.example');
    const unread: Run = { ...run, certificates: Object.fromEntries(Object.entries(run.certificates).map(([sha256, fact]) => [sha256, { ...fact, spkiSha256: '', spkiSha512: '' }])) };
    expect(tlsaMissing(unread)[0]?.remedy).toMatchObject({ copy: null, text: expect.stringMatching(/^Publish at _25\._tcp\.mx1\.tlsa-missing\.example a record 3 1 1 /) as string });
  });
});

test.each(['tlsa-mismatch', 'tlsa-missing'])('RFC 7672 §1: %s is what an attack looks like too, so the file on the server is asked first', async (scene) => {
  const { run } = await inspectInLab(lab, `${scene}.example`);
  expect(assess(run)[0]?.remedy?.text).toMatch(/^First compare with the certificate file on the server.*openssl dgst -sha256` must print the last field of the record below\./);
});

describe('RFC 7672 §2.2.3: an MX host that is an alias', () => {
  test('whose TLSA records are at the alias: nothing to paste that would take DANE away', async () => {
    const { run } = await inspectInLab(lab, 'mx-is-alias.example');
    expect(mxIsAlias(run)[0]?.remedy?.copy).toBe('mx-is-alias.example. 3600 IN MX 10 mail.mx-is-alias.example.');
    const own: Run = { ...run, hosts: run.hosts.map((host) => ({ ...host, tlsaBaseDomain: host.name })) };
    expect(mxIsAlias(own)[0]?.remedy).toMatchObject({ copy: null, text: expect.stringMatching(/^First publish at _25\._tcp\.mail\.mx-is-alias\.example the TLSA records/) as string });
  });

  test('RFC 1034 §3.6.2: nothing to paste beside a CNAME of the domain itself', async () => {
    const { run } = await inspectInLab(lab, 'mx-is-alias.example');
    const aliased: Run = { ...run, lookups: run.lookups.map((state) => (state.lookup?.rrtype !== 'MX' ? state : { ...state, lookup: { ...state.lookup, canonicalName: 'real.example' } })) };
    expect(mxIsAlias(aliased)[0]?.remedy?.copy).toBeNull();
  });
});

test('RFC 7672 §2.2.2: one family that fails is a warning about that family', async () => {
  const { run } = await inspectInLab(lab, 'good-311.example');
  const broken: Run = { ...run, lookups: run.lookups.map((state) => (state.lookup?.rrtype !== 'AAAA' ? state : { ...state, lookup: { ...state.lookup, status: 'bogus' as const, rcode: 'SERVFAIL' } })) };
  expect(assess(broken)).toMatchObject([{ code: 'dnssec-bogus', severity: 'warning', message: expect.stringMatching(/AAAA and do not use the IPv6 addresses of mx1\.good-311\.example\.$/) as string }]);
});

test('RFC 7672 §2.2.1: hosts that insecure MX records name are authenticated, their names are not', async () => {
  const { run } = await inspectInLab(lab, 'good-311.example');
  const unsigned: Run = { ...run, destination: run.destination === null ? null : { ...run.destination, mxStatus: 'insecure' } };
  expect(assess(unsigned)[0]?.message).toMatch(/mx1\.good-311\.example is authenticated against passive and on-path attacks on the way to that host, not against forged MX records/);
});

describe('RFC 7672 §3.1.2: which certificate has the wrong dates', () => {
  /** The scene's run, with what its deciding comparison says and its record is. */
  async function told(text: string, code: 'expired' | 'not-yet-valid', record: { readonly selector: number }, extra: readonly { readonly usage: number }[] = []): Promise<Finding | undefined> {
    const { run } = await inspectInLab(lab, 'certificate-expired.example');
    const changed: Run = {
      ...run, hosts: run.hosts.map((host) => ({ ...host, records: [...host.records.map((one) => ({ ...one, ...record })), ...extra.flatMap((more, index) => host.records.map((one) => ({ ...one, ...more, index: index + 1 })))] })),
      endpoints: run.endpoints.map((state) => ({ ...state, verdict: { ...state.verdict, dates: 'expired' as const, reason: { ...state.verdict.reason, code, text } },
        comparisons: state.comparisons.map((one) => (one.reason.code === 'expired' ? { ...one, reason: { ...one.reason, code, text } } : one)) })),
    };
    return certificateExpired(changed)[0];
  }

  test('the leaf: renew it, the records stay', async () => {
    const { run } = await inspectInLab(lab, 'certificate-expired.example');
    expect(certificateExpired(run)[0]).toMatchObject({
      message: expect.stringMatching(/^The certificate of mx1\.certificate-expired\.example .* has expired \(valid until \d{4}-\d\d-\d\d\)\. Its TLSA records are DANE-TA\(2\)/) as string,
      remedy: { text: 'Renew the certificate with the same issuer; the TLSA records can stay as they are.' } });
  });

  test('an issuer that is not valid yet, above a leaf that has expired too', async () => {
    expect((await told('The certificate at depth 1: it is not valid yet.', 'not-yet-valid', { selector: 1 }))?.message)
      .toMatch(/^An issuer in the chain of .* the certificate at depth 1, is not valid yet \(valid from /);
  });

  test('RFC 6698 §2.1.2: a record 2 0 x of an expired CA cannot stay, one of its key can', async () => {
    expect((await told('The certificate at depth 1: it has expired.', 'expired', { selector: 0 }))?.remedy?.text).toMatch(/cannot stay\.$/);
    expect((await told('The certificate at depth 1: it has expired.', 'expired', { selector: 1 }))?.remedy?.text).toMatch(/^Send the renewed certificate of the issuer.*can stay as they are\.$/);
  });

  test('3 1 1 beside 2 1 1 is not called DANE-TA(2) only', async () => {
    expect((await told('The certificate at depth 0: it has expired.', 'expired', { selector: 1 }, [{ usage: 3 }]))?.message).toMatch(/and no DANE-EE\(3\) record matches/);
  });
});
