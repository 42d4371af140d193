/** Makes a bare clone ready: installs what is missing and builds what is stale. Plain Node, no dependencies, every platform. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Installs and builds until `parts` can run. All talk goes to stderr: stdout belongs to the command that is being prepared. */
export async function prepare(parts) {
  requireNode();
  if (dependenciesMissing()) await install();
  for (const part of parts) if (isStale(part)) await build(part);
}

/** EX_SOFTWARE of sysexits.h: 1 would read as "only warnings" to a script that calls `danescope check`. */
const NOT_READY = 70;

/** Ends the process with the reason and the way out. */
export function fail(text) {
  process.stderr.write(`danescope: ${text}\n`);
  process.exit(NOT_READY);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old; install Node 20.19 or newer from your distribution or nodejs.org`);
}

/** Runs a program without a shell; what it says goes where `output` and `errors` say. Settles with the exit code. */
export function run(program, args, { cwd = root, env = process.env, output = 2, errors = 2, timeout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', output, errors], timeout, windowsHide: true });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** A tool of our dependencies, as arguments for Node: a shell script or `.cmd` shim would need a shell on Windows. */
export function tool(name, binary = name) {
  const folder = join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[binary]);
}

/**
 * True where node_modules is not what package-lock.json says: npm keeps what it installed in a lock of its own, so the two
 * are compared by content, as times mean nothing after a checkout.
 */
export function dependenciesMissing() {
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  if (installed === null) return true;
  const wanted = lockedPackages(join(root, 'package-lock.json')) ?? {};
  return Object.entries(wanted).some(([path, entry]) => {
    if (path === '') return false;
    const present = installed[path];
    return present === undefined ? entry.optional !== true && entry.peer !== true : present.version !== entry.version;
  });
}

function lockedPackages(file) {
  if (!existsSync(file)) return null;
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

async function install() {
  process.stderr.write('danescope: installing dependencies (npm ci)\n');
  const [program, ...args] = npmCommand();
  const code = await run(program, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel', 'error'], { env: npmEnvironment() });
  if (code !== 0) fail('npm ci failed (see above); check the network and run the command again');
}

/** npm started us as a script of a package; its settings for that run are not for the one we start. */
function npmEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?:package|lifecycle|command)/.test(name)));
}

/** npm as Node and its script: `npm.cmd` cannot be started without a shell. */
export function npmCommand() {
  const beside = dirname(process.execPath);
  const scripts = [
    process.env.npm_execpath ?? '',
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = scripts.find((path) => /npm-cli\.[cm]?js$/.test(path) && existsSync(path));
  if (script !== undefined) return [process.execPath, script];
  if (process.platform !== 'win32') return ['npm'];
  return fail('npm was not found beside Node; run `npm ci` once, then this command again');
}

/** What is built from which sources, by which tools; the stamp tells when. */
const PARTS = {
  node: {
    sources: ['core', 'cli', 'service', 'lab', 'electron', 'bench', 'conformance', 'tsconfig.base.json', 'tsconfig.node.json'],
    commands: () => [[tool('typescript', 'tsc'), '-b', 'tsconfig.node.json']],
  },
  renderer: {
    sources: ['core', 'renderer', 'package-lock.json'],
    commands: () => [[tool('vite'), 'build', '-c', 'renderer/vite.config.ts', '--logLevel', 'error']],
  },
  electron: {
    sources: ['core', 'electron', 'service', 'package-lock.json'],
    commands: () => [[tool('vite'), 'build', '-c', 'electron/vite.config.ts', '--logLevel', 'error']],
  },
};

const stampOf = (part) => join(root, 'out', `.built-${part}`);

export function isStale(part) {
  const stamp = statSync(stampOf(part), { throwIfNoEntry: false });
  return stamp === undefined || newest(PARTS[part].sources.map((source) => join(root, source))) > stamp.mtimeMs;
}

/** Time of the last change below these paths; a folder's own time tells of files that went away. */
function newest(paths) {
  return paths.reduce((latest, path) => {
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry === undefined) return latest;
    const below = entry.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : 0;
    return Math.max(latest, entry.mtimeMs, below);
  }, 0);
}

export async function build(part) {
  if (!(await tryBuild(part))) fail(`building ${part} failed (see above)`);
}

/** @returns whether it was built; the tools told on stderr why not */
export async function tryBuild(part) {
  process.stderr.write(`danescope: building ${part}\n`);
  const started = new Date();
  for (const command of PARTS[part].commands()) {
    if ((await run(process.execPath, command)) !== 0) return false;
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(stampOf(part), '');
  utimesSync(stampOf(part), started, started);
  return true;
}
