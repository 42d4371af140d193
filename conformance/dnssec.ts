/** Runs a list of DNSSEC scenarios in every mode that each of them names, with the driver that lies beside the list. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve as absolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolve } from './adapter.ts';
import { excuseFor } from './dnssec-policy.ts';
import { checkVectors } from './vectors.ts';

interface Item {
  readonly file: string;
  readonly topic: string;
  readonly tier: string;
  readonly modes: readonly string[];
}

interface Outcome {
  readonly pass: boolean;
  readonly soft?: boolean;
  readonly checks: readonly { readonly q: string; readonly expect: string; readonly got?: string; readonly reason?: string; readonly problems: readonly string[] }[];
}

interface Driver {
  readonly readList: (file: string) => readonly Item[];
  readonly runScenario: (resolver: typeof resolve, item: Item, options: { readonly mode: string; readonly level: string; readonly timeout: number }) => Promise<Outcome>;
}

interface Total {
  cases: number;
  passed: number;
  /** failures that our written policy explains */
  policy: number;
  /** failed to resolve where bogus was expected; counted as passed, as the driver does */
  soft: number;
}

/** ms for one question */
const TIMEOUT = 20_000;

/** Exit code: 0 where every case of tier A passes, every failure of tier B is a written difference, and every vector verifies. */
export async function run(listFile: string): Promise<number> {
  const folder = dirname(absolute(listFile));
  if (!existsSync(listFile) || !existsSync(join(folder, 'drive.mjs'))) {
    console.error(`${listFile}: no such list, or no drive.mjs beside it`);
    return 2;
  }
  const driver = (await import(pathToFileURL(join(folder, 'drive.mjs')).href)) as Driver;
  const totals = new Map<string, Total>();
  let wrong = 0;
  for (const item of driver.readList(listFile)) {
    for (const mode of item.modes.filter((name) => name !== '')) {
      const outcome = await runOne(driver, item, mode);
      const excuse = item.tier === 'B' ? excuseFor(item.file) : undefined;
      for (const key of [`${item.file.split('/')[0] ?? ''} ${item.tier}`, `tier ${item.tier}`]) count(totals, key, outcome, excuse !== undefined);
      if (outcome.pass) continue;
      if (excuse === undefined) wrong += 1;
      tell(item, mode, outcome, excuse);
    }
  }
  report(totals);
  return (await vectors(folder)) && wrong === 0 ? 0 : 1;
}

async function runOne(driver: Driver, item: Item, mode: string): Promise<Outcome> {
  try {
    return await driver.runScenario(resolve, item, { mode, level: 'status', timeout: TIMEOUT });
  } catch (error) {
    return { pass: false, checks: [{ q: 'the scenario', expect: 'to run', problems: [error instanceof Error ? error.message : String(error)] }] };
  }
}

function tell(item: Item, mode: string, outcome: Outcome, excuse: string | undefined): void {
  const failing = outcome.checks.find(({ problems }) => problems.length > 0);
  if (failing === undefined) return;
  const { q, expect, got, reason, problems } = failing;
  console.log(`${excuse === undefined ? 'FAIL' : 'differs'} ${item.file} [${item.tier} ${mode}] ${q}: expected ${expect}, got ${got ?? 'nothing'} (${reason ?? problems.join('; ')})${excuse === undefined ? '' : ` by policy: ${excuse}`}`);
}

function count(totals: Map<string, Total>, key: string, outcome: Outcome, excused: boolean): void {
  const total = totals.get(key) ?? { cases: 0, passed: 0, policy: 0, soft: 0 };
  totals.set(key, total);
  total.cases += 1;
  if (outcome.pass) total.passed += 1;
  else if (excused) total.policy += 1;
  if (outcome.soft === true) total.soft += 1;
}

function report(totals: ReadonlyMap<string, Total>): void {
  for (const [key, { cases, passed, policy, soft }] of [...totals].sort(([left], [right]) => left.localeCompare(right))) {
    const notes = [policy > 0 ? `${policy} differ by policy` : '', soft > 0 ? `${soft} indeterminate instead of bogus` : ''].filter((note) => note !== '');
    console.log(`${key.padEnd(22)} ${passed}/${cases}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`);
  }
}

async function vectors(folder: string): Promise<boolean> {
  if (!existsSync(join(folder, 'vectors'))) return true;
  const { passed, failed, unsupported } = await checkVectors(join(folder, 'vectors'));
  console.log(`${'vectors'.padEnd(22)} ${passed}/${passed + failed} (${unsupported} by algorithms that are no longer supported)`);
  return failed === 0;
}
