/**
 * `npm run package [-- --dir | --linux deb | …]`: builds the installed app for this platform into out/package. The packer is no dependency of
 * ours: it comes for this command alone, in the version that is named here, and downloads Electron and its own tools.
 */
import { chmodSync, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fail, npmCommand, prepare, root, run } from './prepare.mjs';

const BUILDER = 'electron-builder@26.17.0';

await prepare(['node', 'renderer', 'electron']);
bringNode();
const [program, ...npm] = npmCommand();
const args = ['exec', '--yes', '--package', BUILDER, '--', 'electron-builder', '--config', 'electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)];
process.exit(await run(program, [...npm, ...args], { output: 1 }));

/** The engine runs on a Node of its own: the one that runs this, which must need no library of this system. */
function bringNode() {
  if (process.config.variables.node_shared) fail('this Node needs libraries of this system, so it cannot be passed on; package with the Node of nodejs.org');
  const folder = join(root, 'out', 'package-node');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const node = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  copyFileSync(process.execPath, node);
  chmodSync(node, 0o755);
}
