import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('what cannot be built or installed ends with 70, as 1 would read as "only warnings"', async () => {
  const script = `import { fail } from ${JSON.stringify(join(import.meta.dirname, '..', '..', 'scripts', 'prepare.mjs'))}; fail('building node failed');`;
  const code = await new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], (error) => resolve(error?.code));
  });
  expect(code).toBe(70);
});
