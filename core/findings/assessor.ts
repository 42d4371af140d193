import type { Run } from '../inspection/run.ts';
import type { Finding } from './finding.ts';

/** One finding a cause. Each looks only at the run and knows no other. */
export type Assessor = (run: Run) => readonly Finding[];
