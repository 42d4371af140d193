/** The order of the test files: those that take longest first, so that none of them runs alone at the end while other cores idle. */
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** By what they do, and not by what a last run took: a fresh clone knows no last run. The longest first. */
export const LONGEST: readonly string[] = [
  'real/dnssec-differential', 'real/dane-differential', 'fuzz/validator', 'scenarios/scenes', 'cli/usage', 'cli/check', 'findings/remedies', 'fuzz/certificates', 'fuzz/messages',
  'report/html', 'real/mail', 'transport/contract', 'cli/report', 'service/host-process', 'tls/tap-mutation', 'fuzz/run-files', 'dnssec/hostile', 'scenarios/by-hand', 'x509/certificate',
  'cli/trust-anchor', 'tls/variants', 'net/print-pdf',
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
