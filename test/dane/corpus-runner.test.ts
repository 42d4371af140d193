import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { run } from '../../conformance/dane.ts';
import { judge } from '../../conformance/judge.ts';
import { NOW } from '../x509/issue.ts';
import { FULL_CHAIN, HOST, leaf, record, root } from './test-chain.ts';

const folder = mkdtempSync(join(tmpdir(), 'dane-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const tlsa = (text: string) => {
  const [usage = '', selector = '', mtype = '', dataHex = ''] = text.split(' ');
  return { usage: Number(usage), selector: Number(selector), mtype: Number(mtype), dataHex };
};

const certs = Object.fromEntries(FULL_CHAIN.map(({ der }, index) => [`c${index}`, Buffer.from(der).toString('base64')]));
const one = (id: string, expect: string, binding: boolean, records: readonly string[] = [record('2 1 1', root)]) =>
  ({ id, source: 'own', area: 'x', names: [HOST], verifyAt: NOW / 1000, tlsa: records.map(tlsa), chain: ['c0', 'c1', 'c2'], trustStore: [], expect, binding });

async function ran(cases: readonly object[]): Promise<{ code: number; lines: string[] }> {
  const file = join(folder, 'cases.json');
  writeFileSync(file, JSON.stringify({ certs, cases }));
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const code = await run(file);
  return { code, lines: log.mock.calls.map(([line]) => String(line)) };
}

describe('the runner of verification cases', () => {
  test('0 where every binding case passes, with totals per source', async () => {
    const { code, lines } = await ran([one('a', 'verified', true), one('b', 'no-usable-records', true, ['1 1 1 00']), one('c', 'failed', true, [record('2 1 1', root, true)])]);
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^own\s+binding\s+3 of 3$/);
  });

  test('1 where a binding case fails, with a line for it', async () => {
    const { code, lines } = await ran([one('a', 'failed', true), one('b', 'verified', true)]);
    expect(code).toBe(1);
    expect(lines[0]).toBe('FAIL  a: expected failed, got verified');
  });

  test('a matter of judgement is told apart and fails nothing', async () => {
    const { code, lines } = await ran([one('a', 'failed', false)]);
    expect(code).toBe(0);
    expect(lines).toEqual(['differs a: expected failed, got verified', expect.stringMatching(/judgement\s+0 of 1/), expect.stringContaining('every binding case passes')]);
  });

  test('2 where there is no such file', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await run(join(folder, 'none.json'))).toBe(2);
  });
});

describe('one case', () => {
  const question = { verifyAt: NOW / 1000, chain: FULL_CHAIN.map(({ der }) => der), trustStore: [] };

  test('RFC 7672 §3.1.2: a root that was not sent does not match, though a local store has it', () => {
    expect(judge({ ...question, names: [HOST], tlsa: [tlsa(record('2 1 1', root))], chain: question.chain.slice(0, 2), trustStore: [root.der] })).toBe('failed');
  });

  test('without names the name check is no part of the case', () => {
    expect(judge({ ...question, names: [], tlsa: [tlsa(record('2 1 1', root))] })).toBe('verified');
    expect(judge({ ...question, names: ['wrong.example'], tlsa: [tlsa(record('2 1 1', root))] })).toBe('failed');
  });

  test('DER may come as Buffer; nothing in it is changed', () => {
    const buffers = question.chain.map((der) => Buffer.from(der));
    expect(judge({ ...question, names: [], tlsa: [tlsa(record('3 1 1', leaf).toUpperCase())], chain: buffers })).toBe('verified');
    expect(buffers.map((buffer) => Uint8Array.from(buffer))).toEqual(question.chain);
  });
});
