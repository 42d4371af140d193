/** `npm test`: installs what is missing, builds, type-checks, lints and runs all tests. Goes on after a failure, and tells it at the end. */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { ensureBrowser } from './browser.mjs';
import { prepare, root, tool, tryBuild } from './prepare.mjs';

/** what the test runners say at their end */
const SUMMARY = /^\s*(?:NOT TESTED HERE|Test Files\s|Tests\s|\d+ (?:passed|failed|skipped|flaky|did not run|interrupted)\b)/;
const failures = [];
const summary = [];

heading('install');
await prepare([]);
await step('type-check', tool('typescript', 'tsc'), '-b', 'tsconfig.pure.json', 'tsconfig.node.json', 'tsconfig.web.json', 'tsconfig.test.json');
heading('build');
for (const part of ['node', 'renderer', 'electron']) if (!(await tryBuild(part))) failures.push(`build of ${part}`);
await step('lint', tool('oxlint'), '--type-aware', '--deny-warnings');
await step('unit tests', tool('vitest'), 'run');
await endToEnd();

process.stdout.write(`\n${summary.join('\n')}\n`);
if (failures.length > 0) process.stdout.write(`failed: ${failures.join(', ')}\n`);
process.exit(failures.length > 0 ? 1 : 0);

async function endToEnd() {
  if (failures.includes('build of node')) {
    failures.push('end-to-end tests (nothing was built to test)');
    return;
  }
  heading('browser for the end-to-end tests');
  const browser = await ensureBrowser();
  if (browser === null) {
    failures.push('end-to-end tests (no browser: install chromium, or name one with DANESCOPE_BROWSER)');
    return;
  }
  process.stdout.write(`${browser}\n`);
  process.env.DANESCOPE_BROWSER = browser;
  await step('end-to-end tests', tool('@playwright/test', 'playwright'), 'test', '-c', 'test/e2e/playwright.config.ts');
}

function heading(title) {
  process.stdout.write(`\n── ${title} ${'─'.repeat(Math.max(0, 96 - title.length))}\n`);
}

async function step(title, ...command) {
  heading(title);
  const { code, output } = await passThrough(command);
  summary.push(...stripVTControlCharacters(output).split('\n').filter((line) => SUMMARY.test(line)));
  process.stdout.write(code === 0 ? '' : `${title}: failed (exit code ${String(code)})\n`);
  if (code !== 0) failures.push(title);
}

/** Shows a tool's output as it comes and keeps its end, where the summary is. */
function passThrough(command) {
  const { FORCE_COLOR: _, ...environment } = process.env;
  const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const child = spawn(process.execPath, command, { cwd: root, env: { ...environment, ...colour }, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text);
    output = (output + text).slice(-262_144);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
