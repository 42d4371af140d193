import { describe, expect, test } from 'vitest';
import type { DaneFact, EndpointVerdict } from '../../core/dane/facts.ts';
import { verifyEndpoint } from '../../core/dane/verify.ts';
import type { VerifyRequest } from '../../core/dane/verify.ts';
import { sha256 } from '../../core/x509/describe.ts';
import { NOW } from '../x509/issue.ts';
import { FULL_CHAIN, HOST, leaf, record, recordsOf, root } from './test-chain.ts';

const request = (change: Partial<VerifyRequest> = {}): VerifyRequest => ({
  host: HOST, address: '192.0.2.10', port: 25, keyType: 'ECDSA', connection: 1, records: recordsOf(record('3 1 1', leaf), record('2 1 1', root)), disposition: 'usable',
  chain: FULL_CHAIN.map(({ der }) => der), proven: true, referenceIdentifiers: [HOST], nowMs: NOW, monotonic: () => 42, ...change,
});

async function run(change: Partial<VerifyRequest> = {}): Promise<{ facts: DaneFact[]; verdict: EndpointVerdict }> {
  const stage = verifyEndpoint(request(change));
  const facts: DaneFact[] = [];
  for (;;) {
    const step = await stage.next();
    if (step.done === true) return { facts, verdict: step.value };
    facts.push(step.value);
  }
}

describe('the DANE stage', () => {
  test('tells every record at every depth, each with its certificate, as plain facts', async () => {
    const { facts } = await run();
    expect(facts).toHaveLength(6);
    expect(facts[0]).toEqual({
      type: 'dane.compared', at: 42, subject: `endpoint:${HOST}/192.0.2.10/ecdsa`,
      comparison: { endpoint: `endpoint:${HOST}/192.0.2.10/ecdsa`, record: 0, depth: 0, certificate: sha256(leaf.der), matched: true, reason: expect.objectContaining({ code: 'matched' }) },
    });
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  test('returns the verdict with the chain, the match and the dates', async () => {
    const { verdict } = await run();
    expect(verdict).toMatchObject({ outcome: 'authenticated', matched: { record: 0, depth: 0 }, chain: FULL_CHAIN.map(({ der }) => sha256(der)), dates: 'valid', names: null, notes: [] });
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });

  test('presented, not proven: compared, but not authenticated', async () => {
    const tlsFailure = { code: 'closed', text: 'closed', alert: null, elapsedMs: 1, messages: [], mayBeOurs: false } as const;
    const { facts, verdict } = await run({ proven: false, session: { failure: null, tlsFailure, established: false } });
    expect(facts[0]).toMatchObject({ comparison: { matched: true } });
    expect(verdict).toMatchObject({ outcome: 'refused', matched: null });
  });

  test('records that are not secure are compared too, and change nothing', async () => {
    const { facts, verdict } = await run({ disposition: 'insecure' });
    expect(facts).toHaveLength(6);
    expect(verdict).toMatchObject({ outcome: 'opportunistic', matched: null });
  });

  test('without a chain there is nothing to compare', async () => {
    const { facts, verdict } = await run({ chain: [], keyType: null, connection: null, disposition: 'lookup-failed' });
    expect(facts).toEqual([]);
    expect(verdict).toMatchObject({ outcome: 'lookup-failed', chain: [], dates: 'unknown' });
  });

  test('records by the hundred cost no more than a bounded number of comparisons', async () => {
    const many = recordsOf(...Array.from({ length: 3000 }, (_, index) => `3 1 1 ${index.toString(16).padStart(64, '0')}`), record('3 1 1', leaf));
    const { facts, verdict } = await run({ records: many });
    expect(facts.length).toBeLessThanOrEqual(5000);
    expect(verdict.outcome).toBe('authenticated');
  });
});
