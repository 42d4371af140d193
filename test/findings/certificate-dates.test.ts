/** Dates and strength of certificates that match: what is told and what is not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certificateExpiresSoon } from '../../core/findings/certificate-expires-soon.ts';
import { keyWeak } from '../../core/findings/key-weak.ts';
import { EMPTY_RUN } from '../../core/inspection/fold.ts';
import type { Run } from '../../core/inspection/run.ts';
import type { CertificateFact } from '../../core/x509/facts.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

const SCENES = ['good-211', 'good-311', 'key-weak'] as const;
const DAY = 86_400_000;

let lab: Lab;
const runs = new Map<string, Run>();

beforeAll(async () => {
  lab = await startLab({ only: SCENES });
  for (const name of SCENES) runs.set(name, (await inspectInLab(lab, `${name}.example`)).run);
});
afterAll(() => lab.close());

const runOf = (scene: (typeof SCENES)[number]): Run => runs.get(scene) ?? EMPTY_RUN;
const startOf = (run: Run): number => Date.parse(run.context?.startedAt ?? '');

/** The run with other dates of the certificates at a depth, in days from its start. */
function dated(run: Run, depth: number, from: number, until: number): Run {
  const sha256 = run.endpoints[0]?.verdict.chain[depth] ?? '';
  const iso = (days: number): string => new Date(startOf(run) + days * DAY).toISOString();
  return { ...run, certificates: { ...run.certificates, [sha256]: { ...run.certificates[sha256] as CertificateFact, notBefore: iso(from), notAfter: iso(until) } } };
}

/** A second endpoint that shows the same chain. */
function twice(run: Run): Run {
  return { ...run, endpoints: run.endpoints.flatMap((state) => [state, { ...state, verdict: { ...state.verdict, host: state.verdict.host, address: '192.0.2.250' } }]) };
}

describe('RFC 7672 §3.1.2: a certificate that ends soon', () => {
  test.each<readonly [string, number, number, number]>([
    ['14 days and more', -100, 14.1, 0], ['less than 14 days', -100, 13.9, 1], ['already over: that is another finding', -100, -0.1, 0],
    ['six days of life, of which more than a third is left', -3, 3, 0], ['six days of life, the last third', -4.5, 1.5, 1],
  ])('%s', (_name, from, until, count) => {
    expect(certificateExpiresSoon(dated(runOf('good-211'), 0, from, until))).toHaveLength(count);
  });

  test('says once when, where and which, for all endpoints that show it', () => {
    const findings = certificateExpiresSoon(twice(dated(runOf('good-211'), 0, -80, 5)));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ severity: 'warning', message: expect.stringMatching(/^The certificate shown by mx1\.good-211\.example \(192\.0\.2\.\d+\) and mx1\.good-211\.example \(192\.0\.2\.250\) is valid until \d{4}-\d\d-\d\d only\./) as string });
    expect(findings[0]?.evidence.map(({ subject }) => subject.split(':')[0])).toEqual(['endpoint', 'endpoint', 'cert', 'tlsa']);
  });

  test('an anchor that is not self-signed has dates that no sender looks at', () => {
    expect(certificateExpiresSoon(dated(runOf('good-211'), 1, -80, 5))).toEqual([]);
  });

  test('what was sent beside the path does not count', () => {
    const run = runOf('good-211');
    const aside = dated({ ...run, endpoints: run.endpoints.map((state) => ({ ...state, verdict: { ...state.verdict, matched: { record: 0, depth: null }, chain: [...state.verdict.chain, 'stray'] } })) }, 0, -10, 80);
    const leaf = aside.certificates[aside.endpoints[0]?.verdict.chain[0] ?? ''] as CertificateFact;
    expect(certificateExpiresSoon(dated({ ...aside, certificates: { ...aside.certificates, stray: { ...leaf, sha256: 'stray', subject: 'CN=stray', issuer: 'CN=nobody' } } }, 2, -80, 5))).toEqual([]);
  });

  test('RFC 7672 §3.1.1: under DANE-EE(3) nothing is said', () => {
    expect(certificateExpiresSoon(dated(runOf('good-311'), 0, -80, 5))).toEqual([]);
  });
});

describe('RFC 9325 §4.5: a weak key', () => {
  test('how weak, and who refuses it; once for a host', () => {
    const findings = keyWeak(twice(runOf('key-weak')));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('The leaf has a key of 768 bits: refused by senders at security level 1.');
  });

  test('2048 bits and P-256 are none', () => { expect(keyWeak(runOf('good-211'))).toEqual([]); });
});
