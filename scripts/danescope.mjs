#!/usr/bin/env node
/** The `danescope` command from a checkout or a package: makes it ready in silence, then hands over to it in this process. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

/** A packaged copy comes built and without sources. */
const checkout = existsSync(join(root, 'tsconfig.node.json'));
const opensWindow = ['app', 'serve'].includes(process.argv[2] ?? '') && !process.argv.includes('--help');
if (checkout) await prepare(opensWindow ? ['node', 'renderer'] : ['node']);

const entry = opensWindow ? ['service', 'host-main.js'] : ['cli', 'main.js'];
await import(pathToFileURL(join(root, 'out', 'node', ...entry)).href);
