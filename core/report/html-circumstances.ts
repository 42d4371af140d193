/** Under which circumstances a report came to be, and what was not tested. */
import { element, type Markup } from '../graph/markup.ts';
import type { Run } from '../inspection/run.ts';
import { circumstanceRows, notTested } from './circumstances.ts';
import { facts, list, prose } from './html-parts.ts';

export function* circumstances(run: Run): Generator<Markup> {
  const rows = circumstanceRows(run);
  if (rows.length === 0) return yield element('p', {}, 'No run.');
  const missing = notTested(run);
  yield facts(rows.map(([name, text]) => [name, prose(text, 1200)]));
  yield element('h3', {}, 'Not tested');
  yield missing.length === 0 ? element('p', {}, 'Nothing was left out.') : list(missing.map((text) => prose(text, 600)));
}
