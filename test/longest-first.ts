/** The order of the test files: those that take longest first, so that none of them runs alone at the end while other cores idle. */
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** By what they do, and not by what a last run took: a fresh clone knows no last run. The longest first. */
export const LONGEST: readonly string[] = [
  'real/dnssec-differential', 'fuzz/validator', 'real/dane-differential', 'cli/check', 'service/host-process', 'transport/contract', 'cli/usage', 'fuzz/certificates', 'fuzz/messages',
  'cli/report', 'findings/remedies', 'real/mail', 'x509/certificate', 'fuzz/run-files', 'scenarios/by-hand', 'net/print-pdf', 'tls/tap-mutation', 'scenarios/scenes', 'dnssec/hostile', 'report/html',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => rank(one.moduleId) - rank(other.moduleId) || sharing(one) - sharing(other));
  }
}

function rank(file: string): number {
  const at = LONGEST.findIndex((name) => file.endsWith(`/test/${name}.test.ts`));
  return at === -1 ? LONGEST.length : at;
}

/** What shares a process comes side by side: a file with a process of its own between two of them would end the shared one. */
const sharing = ({ project }: TestSpecification): number => Number(!project.config.isolate);
