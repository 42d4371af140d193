/** Builds `main.mjs` and `preload.cjs` into out/electron in one run; Electron itself and Node stay outside. */
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import type { EnvironmentOptions } from 'vite';

const root = resolve(import.meta.dirname, '..');
const external = ['electron', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

const script = (source: string, format: 'es' | 'cjs', name: string): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true, external },
  build: {
    ssr: true,
    target: 'node22',
    outDir: resolve(root, 'out/electron'),
    emptyOutDir: false,
    minify: false,
    rolldownOptions: { external, input: resolve(import.meta.dirname, source), output: { format, entryFileNames: name } },
  },
});

export default defineConfig({
  root,
  publicDir: false,
  environments: {
    main: script('main.ts', 'es', 'main.mjs'),
    // A sandboxed preload script must be one CommonJS file.
    preload: script('preload.ts', 'cjs', 'preload.cjs'),
  },
  builder: {
    async buildApp(builder) {
      for (const environment of [builder.environments['main'], builder.environments['preload']]) {
        if (environment !== undefined) await builder.build(environment);
      }
    },
  },
});
