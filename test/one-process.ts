/**
 * Test files that follow one another in one process, so that the engine is loaded once and not a hundred times. Only for folders whose subject,
 * `core/` and `lab/`, keeps nothing between two runs; what replaces, ends or counts something of its whole process has one of its own.
 */
export const ONE_PROCESS: readonly string[] = [
  'base', 'target', 'dns', 'dnssec', 'destination', 'x509', 'anchors', 'smtp', 'dane', 'inspection', 'findings', 'graph', 'report', 'lab', 'scenarios',
].map((folder) => `test/${folder}/**/*.test.ts`);

/** In those folders, but replaces the console. */
export const OWN_PROCESS: readonly string[] = ['test/dane/corpus-runner.test.ts'];
