import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DIFFERING, excuseFor } from '../../conformance/dnssec-policy.ts';

const documentation = readFileSync(join(import.meta.dirname, '../../docs/dnssec-conformance.md'), 'utf8');

test('what may differ from a corpus is what the documentation lists, and each has its section', () => {
  const rows = [...documentation.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual([...DIFFERING.keys()]);
  for (const reason of DIFFERING.values()) expect(reason).toMatch(/RFC \d+ §/);
});

test('an excuse is by the name of the scenario, in any folder', () => {
  expect(excuseFor('modern/val_dnametoolong.rpl')).toBe(DIFFERING.get('val_dnametoolong'));
  expect(excuseFor('modern/val_dname.rpl')).toBeUndefined();
});
