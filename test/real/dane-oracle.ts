/** Our verdict and libssl's on generated cases (dane-oracle.c), and where they differ. */
import { execFileSync, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { toHex } from '../../core/base/bytes.ts';
import { tlsaRecords } from '../../core/dane/usable.ts';
import { judgeEndpoint } from '../../core/dane/verify.ts';
import type { GeneratedCase } from '../dane/generated-cases.ts';

export const hasCompiler = (): boolean => spawnSync('sh', ['-c', 'echo "#include <openssl/ssl.h>" | cc -E - > /dev/null 2>&1']).status === 0;

export function buildOracle(folder: string): string {
  const program = join(folder, 'oracle');
  execFileSync('cc', ['-O1', '-o', program, resolve(import.meta.dirname, 'dane-oracle.c'), '-lssl', '-lcrypto']);
  return program;
}

export interface Compared {
  /** how often libssl said each verdict */
  readonly verdicts: ReadonlyMap<string, number>;
  /** in words, one a case */
  readonly differences: readonly string[];
}

export function compareWith(oracle: string, cases: readonly GeneratedCase[]): Compared {
  const { stdout } = spawnSync(oracle, { input: cases.map(question).join(''), encoding: 'utf8', maxBuffer: 1 << 28 });
  const answers = new Map(stdout.split('\n').map((line): [string, string[]] => [line.split(' ')[0] ?? '', line.split(' ').slice(1)]));
  const verdicts = new Map<string, number>();
  const differences = cases.flatMap((one) => {
    const theirs = answers.get(one.id) ?? ['no answer'];
    verdicts.set(theirs[0] as string, (verdicts.get(theirs[0] as string) ?? 0) + 1);
    const said = ours(one);
    return said.startsWith(theirs[0] as string) ? [] : [`${one.id} [${one.changes.join(' ')}] ours: ${said}; libssl: ${theirs.join(' ')}`];
  });
  return { verdicts, differences };
}

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
