/** Under which circumstances a report came to be, and what was not tested. */
import { element, type Markup } from '../graph/markup.ts';
import type { Run } from '../inspection/run.ts';
import { circumstanceRows, notTested } from './circumstances.ts';
import { facts, list, outside } from './html-parts.ts';

export function circumstances(run: Run): Markup[] {
  const rows = circumstanceRows(run);
  if (rows.length === 0) return [element('p', {}, 'No run.')];
  const missing = notTested(run);
  return [
    facts(rows.map(([name, text]) => [name, outside(text, 1200)])),
    element('h3', {}, 'Not tested'), missing.length === 0 ? element('p', {}, 'Nothing was left out.') : list(missing.map((text) => outside(text, 600))),
  ];
}
