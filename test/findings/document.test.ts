/** The table in docs/findings.md lists every finding, as it is in the code. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SEVERITIES } from '../../core/findings/codes.ts';

const rows = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

test('every code with its severity, once', () => {
  expect(new Set(rows.map(([code]) => code)).size).toBe(rows.length);
  expect(Object.fromEntries(rows.map(([code = '', severity]) => [code.replaceAll('`', ''), severity]))).toEqual(SEVERITIES);
});

test('every row has its section, meaning and remedy', () => {
  for (const row of rows) {
    expect(row).toHaveLength(5);
    expect(row[2]).toMatch(/^RFC \d+ §[\d.]+(?:, (?:RFC \d+ )?§[\d.]+)*$/);
    expect(row.slice(3).every((cell) => cell.length > 10)).toBe(true);
  }
});

test('worst first', () => {
  const ranks = rows.map(([, severity = '']) => ['error', 'warning', 'info'].indexOf(severity));
  expect(ranks).toEqual(ranks.toSorted((left, right) => left - right));
});
