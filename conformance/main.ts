/** `dnssec LIST`, `dane FILE` run a corpus; `adapter` prints where the adapter module lies that other drivers can load. */
import { fileURLToPath } from 'node:url';

const [command = '', file = ''] = process.argv.slice(2);

async function main(): Promise<number> {
  switch (command) {
    case 'dnssec': return await (await import('./dnssec.ts')).run(file);
    case 'dane': return await (await import('./dane.ts')).run(file);
    case 'adapter':
      console.log(fileURLToPath(new URL('../../conformance/adapter.mjs', import.meta.url)));
      return 0;
    default:
      console.error('usage: npm run -s corpus -- dnssec LIST | dane FILE | adapter');
      return 2;
  }
}

process.exitCode = await main();
