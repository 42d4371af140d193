import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.ts';
import { ONE_PROCESS, OWN_PROCESS } from './test/one-process.ts';
import { Standstill } from './test/standstill.ts';

// Node reads these certificates whenever it starts, a hundred times in a run; no test asks a server out there.
delete process.env['NODE_EXTRA_CA_CERTS'];

const never = ['test/e2e/**', 'node_modules/**', 'out/**'];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', new Standstill()],
    pool: 'forks',
    // Vitest leaves one core to itself, of two that is half. It does nothing while the tests run.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'one process', isolate: false, include: [...ONE_PROCESS], exclude: [...never, ...OWN_PROCESS] } },
      { extends: true, test: { name: 'own process', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], exclude: [...never, ...ONE_PROCESS] } },
      { extends: true, test: { name: 'own process, beside the others', include: [...OWN_PROCESS], exclude: never } },
    ],
  },
});
