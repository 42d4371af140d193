/**
 * Thousands of generated cases, judged by our verifier and by libssl, on which Postfix, Exim and others rest. The list of kinds
 * in which the two may differ is in docs/dane-conformance.md; the generators make none of them.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EDGE_CASES } from '../dane/edge-cases.ts';
import { Dice, generateCase, keyStock } from '../dane/generated-cases.ts';
import { generateGraph } from '../dane/generated-graphs.ts';
import { generateNames } from '../dane/generated-names.ts';
import { generateOctets } from '../dane/generated-octets.ts';
import type { TestKey } from '../x509/issue.ts';
import { buildOracle, compareWith, hasCompiler } from './dane-oracle.ts';

/** of each family: four thousand in all */
const CASES = Number(process.env['DANESCOPE_DIFFERENTIAL_CASES'] ?? 1000);
const SEED = Number(process.env['DANESCOPE_DIFFERENTIAL_SEED'] ?? 7672);

const FAMILIES = [
  ['paths with something changed', generateCase, ['verified', 'failed', 'no-usable-records']],
  ['webs of authorities', generateGraph, ['verified', 'failed']],
  ['names and constraints', generateNames, ['verified', 'failed']],
  ['certificates with one element changed', generateOctets, ['verified', 'failed']],
] as const;

describe.skipIf(!hasCompiler())('our verifier and libssl (skipped without a C compiler and the headers of libssl)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dane-oracle-'));
  let oracle = '';
  let keys: readonly TestKey[] = [];
  beforeAll(() => {
    oracle = buildOracle(folder);
    keys = keyStock();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(FAMILIES)(`agree on ${CASES} generated cases: %s`, { timeout: 480_000 }, (_name, generate, expected) => {
    const dice = new Dice(SEED);
    const { verdicts, differences } = compareWith(oracle, Array.from({ length: CASES }, (_, index) => generate(`g${index}`, dice, keys)));
    // A generator that always fails, or always passes, would prove nothing.
    for (const verdict of expected) expect(verdicts.get(verdict) ?? 0).toBeGreaterThan(CASES / 30);
    expect(differences).toEqual([]);
  });

  test('agree at the edges: depth, work, kinds of key', { timeout: 480_000 }, () => {
    const { verdicts, differences } = compareWith(oracle, EDGE_CASES);
    for (const verdict of ['verified', 'failed']) expect(verdicts.get(verdict) ?? 0).toBeGreaterThan(20);
    expect(differences).toEqual([]);
  });
});
