/** `npm run bench [NAME…]`: builds and runs the benchmarks of `bench/` (all, or those named). */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fail, prepare, root, run } from './prepare.mjs';

const wanted = process.argv.slice(2);
const present = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.bench.ts')).map((file) => file.slice(0, -'.bench.ts'.length));
const unknown = wanted.filter((name) => !present.includes(name));
if (unknown.length > 0) fail(`no benchmark called ${unknown.join(', ')}; there are ${present.join(', ') || 'none yet'}`);
// The pages that some of them measure are the built ones.
await prepare(['node', 'renderer']);
let worst = 0;
for (const name of wanted.length > 0 ? wanted : present) {
  process.stdout.write(`\n${name}\n`);
  worst = Math.max(worst, await run(process.execPath, [join(root, 'out', 'node', 'bench', `${name}.bench.js`)], { output: 1 }));
}
process.exit(worst);
