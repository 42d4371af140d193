/** `npm start`: the practice lab and the inspector, in an Electron window where that can be had, else in the local browser. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare, root, run, tool } from './prepare.mjs';

await prepare(['node', 'renderer']);
const why = reasonAgainstElectron() ?? (await reasonForNoRuntime());
if (why === null) {
  await prepare(['electron']);
  say('opening the inspector in an Electron window, with the practice lab');
} else {
  say(`opening the inspector in the local browser, with the practice lab (no Electron window: ${why})`);
}
const passedOn = process.argv.slice(2);
const [program, ...args] = why === null
  ? [electronBinary(), join(root, 'out', 'electron', 'main.mjs'), '--lab', ...passedOn]
  : [process.execPath, join(root, 'out', 'node', 'service', 'host-main.js'), '--lab', ...passedOn];
hand(spawn(program, args, { cwd: root, stdio: 'inherit' }));

function say(text) {
  process.stdout.write(`danescope: ${text}\n`);
}

/** A terminal sends Ctrl+C to the whole group, a supervisor's SIGTERM comes to us alone: pass it on, and end with the child. */
function hand(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`danescope: could not start: ${error.message}\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}

function reasonAgainstElectron() {
  if (process.env.DANESCOPE_SHELL === 'browser') return 'DANESCOPE_SHELL=browser is set';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no display';
  // Chromium's sandbox does not run as root, and without it the window would not be shut off from the machine.
  if (process.getuid?.() === 0) return 'its sandbox does not run as root';
  return null;
}

async function reasonForNoRuntime() {
  if (electronBinary() !== null) return null;
  if (!existsSync(join(root, 'node_modules', 'electron', 'install.js'))) return 'its package is not installed';
  say('getting the Electron runtime (about 100 MB, once)');
  const code = await run(process.execPath, [tool('electron', 'install-electron')], { timeout: 300_000, output: 'ignore', errors: 'ignore' }).catch(() => 1);
  return code === 0 && electronBinary() !== null ? null : 'its runtime could not be downloaded';
}

function electronBinary() {
  const folder = join(root, 'node_modules', 'electron');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const name = existsSync(join(folder, 'path.txt')) ? readFileSync(join(folder, 'path.txt'), 'utf8').trim() : (names[process.platform] ?? 'electron');
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}
