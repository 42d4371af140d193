/**
 * Thousands of generated cases, judged by our verifier and by libssl, on which Postfix, Exim and others rest. The list of kinds
 * in which the two may differ is in docs/dane-conformance.md; it is empty unless that page says otherwise.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toHex } from '../../core/base/bytes.ts';
import { tlsaRecords } from '../../core/dane/usable.ts';
import { judgeEndpoint } from '../../core/dane/verify.ts';
import { Dice, generateCase, keyStock } from '../dane/generated-cases.ts';
import type { GeneratedCase } from '../dane/generated-cases.ts';

const CASES = Number(process.env['DANESCOPE_DIFFERENTIAL_CASES'] ?? 2500);
const SEED = Number(process.env['DANESCOPE_DIFFERENTIAL_SEED'] ?? 7672);

const compiler = spawnSync('sh', ['-c', 'echo "#include <openssl/ssl.h>" | cc -E - > /dev/null 2>&1']).status === 0;

/** As an SMTP client would put it. */
function ours({ records: fields, chain, names, nowMs }: GeneratedCase): string {
  const records = tlsaRecords(fields);
  const usable = records.some((record) => record.usable);
  const { verdict } = judgeEndpoint({
    host: 'mx.example.org', address: '192.0.2.1', port: 25, keyType: null, connection: null, records, disposition: usable ? 'usable' : 'unusable',
    chain, proven: true, referenceIdentifiers: names.length === 0 ? null : names, nowMs,
  });
  return verdict.outcome === 'authenticated' ? 'verified' : usable ? `failed (${verdict.reason.text})` : 'no-usable-records';
}

const question = ({ id, nowMs, names, records, chain }: GeneratedCase): string => [
  `case ${id}`, `time ${nowMs / 1000}`, ...names.map((name) => `name ${name}`),
  ...records.map(({ usage, selector, matchingType, data }) => `tlsa ${usage} ${selector} ${matchingType} ${data}`),
  ...chain.map((der) => `cert ${toHex(der)}`), 'end', '',
].join('\n');

describe.skipIf(!compiler)('our verifier and libssl (skipped without a C compiler and the headers of libssl)', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dane-oracle-'));
    execFileSync('cc', ['-O1', '-o', join(folder, 'oracle'), resolve(import.meta.dirname, 'dane-oracle.c'), '-lssl', '-lcrypto']);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(`agree on ${CASES} generated cases`, { timeout: 240_000 }, () => {
    const dice = new Dice(SEED);
    const keys = keyStock();
    const cases = Array.from({ length: CASES }, (_, index) => generateCase(`g${index}`, dice, keys));
    const { stdout } = spawnSync(join(folder, 'oracle'), { input: cases.map(question).join(''), encoding: 'utf8', maxBuffer: 1 << 28 });
    const answers = new Map(stdout.split('\n').map((line): [string, string[]] => [line.split(' ')[0] ?? '', line.split(' ').slice(1)]));
    const differences = cases.flatMap((one) => {
      const theirs = answers.get(one.id) ?? ['no answer'];
      const said = ours(one);
      return said.startsWith(theirs[0] as string) ? [] : [`${one.id} [${one.changes.join(' ')}] ours: ${said}; libssl: ${theirs.join(' ')}`];
    });
    const verdicts = [...answers.values()].map(([verdict]) => verdict);
    // A generator that always fails, or always passes, would prove nothing.
    for (const verdict of ['verified', 'failed', 'no-usable-records']) expect(verdicts.filter((one) => one === verdict).length).toBeGreaterThan(CASES / 30);
    expect(differences).toEqual([]);
  });
});
