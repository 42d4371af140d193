/** `npm run corpus -- dnssec LIST | dane FILE | adapter`: builds and runs the engine against a corpus of cases in another folder. */
import { join } from 'node:path';
import { prepare, root, run } from './prepare.mjs';

await prepare(['node']);
const args = process.argv.slice(2);
if (args[0] === 'adapter') await bundleAdapter();
process.exit(await run(process.execPath, [join(root, 'out', 'node', 'conformance', 'main.js'), ...args], { cwd: process.cwd(), output: 1 }));

/** One ES module that needs nothing but Node, so that any driver can load it from anywhere. */
async function bundleAdapter() {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true, target: 'node20', minify: false, emptyOutDir: false, outDir: join(root, 'out', 'conformance'),
      rolldownOptions: { input: join(root, 'conformance', 'bundle.ts'), external: [/^node:/], output: { format: 'es', entryFileNames: 'adapter.mjs', codeSplitting: false } },
    },
  });
}
