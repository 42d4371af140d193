/** Runs a file of DANE verification cases and tells each that fails, with totals per source. */
import { readFile } from 'node:fs/promises';
import { fromBase64 } from '../core/base/bytes.ts';
import { judge } from './judge.ts';
import type { Case, Judgement } from './judge.ts';

interface FileCase extends Omit<Case, 'chain' | 'trustStore'> {
  /** identifiers of certificates */
  readonly chain: readonly string[];
  readonly id: string;
  readonly source: string;
  readonly expect: Judgement;
  /** false: its source and the senders' library differ, so it is a matter of judgement */
  readonly binding: boolean;
}

interface CasesFile {
  /** base64 DER by identifier */
  readonly certs: { readonly [id: string]: string };
  readonly cases: readonly FileCase[];
}

interface Total {
  passed: number;
  cases: number;
}

/** Exit code: 0 where every binding case passes, 1 where one fails, 2 where the file cannot be read. */
export async function run(casesFile: string): Promise<number> {
  const file = await readCases(casesFile);
  if (file === null) return 2;
  const totals = new Map<string, Total>();
  const started = performance.now();
  for (const one of file.cases) {
    const kind = `${one.source.padEnd(18)}${one.binding ? 'binding' : 'judgement'}`;
    const total = totals.get(kind) ?? { passed: 0, cases: 0 };
    totals.set(kind, total);
    const said = judge({ ...one, chain: certificatesOf(one.chain, file), trustStore: [] });
    total.cases += 1;
    if (said === one.expect) total.passed += 1;
    else console.log(`${one.binding ? 'FAIL ' : 'differs'} ${one.id}: expected ${one.expect}, got ${said}`);
  }
  return report(totals, performance.now() - started);
}

async function readCases(path: string): Promise<CasesFile | null> {
  try {
    const file = JSON.parse(await readFile(path, 'utf8')) as CasesFile;
    if (Array.isArray(file.cases)) return file;
    console.error(`${path}: no list of cases`);
  } catch (error) {
    console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return null;
}

const certificatesOf = (ids: readonly string[], { certs }: CasesFile): Uint8Array[] =>
  ids.map((id) => {
    const certificate = certs[id];
    if (certificate === undefined) throw new Error(`the file has no certificate ${id}`);
    return fromBase64(certificate);
  });

function report(totals: ReadonlyMap<string, Total>, elapsedMs: number): number {
  let count = 0;
  let failures = 0;
  for (const [kind, { passed, cases }] of [...totals].sort(([left], [right]) => left.localeCompare(right))) {
    console.log(`${kind.padEnd(30)} ${passed} of ${cases}`);
    count += cases;
    if (kind.endsWith('binding')) failures += cases - passed;
  }
  console.log(`${count} cases in ${(elapsedMs / 1000).toFixed(1)} s; ${failures === 0 ? 'every binding case passes' : `${failures} binding cases fail`}`);
  return failures === 0 ? 0 : 1;
}
