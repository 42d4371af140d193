import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const ORDER = ['base', 'target', 'dns', 'dnssec', 'destination', 'x509', 'anchors', 'tls', 'smtp', 'dane', 'inspection', 'findings', 'graph', 'rollover', 'report', 'api'];
const SHELLS = ['electron', 'renderer', 'cli', 'service', 'lab', 'conformance', 'bench'];
/** The lab is a part that shells may start; the service is what Electron and the command line start for the browser host. */
const MAY_IMPORT: { readonly [shell: string]: readonly string[] } = {
  electron: ['service', 'lab'], cli: ['lab'], service: ['lab'], bench: ['lab', 'service'], renderer: [], lab: [], conformance: [],
};
const BANNED = /^(utils?|helpers?|common|misc|types|constants|manager)\.tsx?$/;

interface Import {
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(entry) ? [path] : [];
  });
}

const present = ['core', ...SHELLS].map((folder) => join(root, folder)).filter((folder) => statSync(folder, { throwIfNoEntry: false }) !== undefined);
const files = present.flatMap(sourceFiles);

const specifiers = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');

const imports: Import[] = files.flatMap((file) =>
  specifiers(file).map((to) => ({ from: relative(root, file), to: to.startsWith('.') ? relative(root, resolve(dirname(file), to)) : to })));

/** Groups of files each of which needs all others of its group. */
function circles(all: readonly Import[]): string[][] {
  const needs = new Map<string, string[]>();
  for (const { from, to } of all) needs.set(from, [...(needs.get(from) ?? []), to]);
  const reached = new Map([...needs.keys()].map((file) => [file, reachedFrom(file, needs)]));
  const found = new Set([...needs.keys()].filter((file) => reached.get(file)?.has(file) === true)
    .map((file) => [...(reached.get(file) ?? [])].filter((other) => reached.get(other)?.has(file) === true).toSorted().join(' ')));
  return [...found].map((group) => group.split(' '));
}

function reachedFrom(file: string, needs: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...(needs.get(file) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(needs.get(next) ?? []));
  }
  return reached;
}

const coreFolder = (path: string): string | null => /^core\/([^/]+)\//.exec(path)?.[1] ?? null;

describe('one direction', () => {
  test('a folder of core imports only folders to its left', () => {
    const wrong = imports.filter(({ from, to }) => {
      const source = coreFolder(from);
      const target = coreFolder(to);
      if (source === null || target === null || source === 'net' || source === target) return false;
      // A fact may name the status that a later folder defines: value types only, held by the pure project.
      if (from.endsWith('dns/facts.ts') && to === 'core/dnssec/status.ts') return false;
      return target === 'net' || ORDER.indexOf(target) > ORDER.indexOf(source) || !ORDER.includes(source);
    });
    expect(wrong).toEqual([]);
  });

  test('core imports no shell, and of Node only node:crypto and node:buffer, but for net', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!from.startsWith('core/')) return false;
      if (SHELLS.some((shell) => to.startsWith(`${shell}/`))) return true;
      return to.startsWith('node:') && to !== 'node:crypto' && to !== 'node:buffer' && coreFolder(from) !== 'net';
    });
    expect(wrong).toEqual([]);
  });

  test('shells import no other shell but those they start', () => {
    const wrong = imports.filter(({ from, to }) => {
      const source = SHELLS.find((shell) => from.startsWith(`${shell}/`));
      const target = SHELLS.find((shell) => to.startsWith(`${shell}/`));
      if (source === undefined || target === undefined || source === target) return false;
      return !(MAY_IMPORT[source] ?? []).includes(target);
    });
    expect(wrong).toEqual([]);
  });

  test('the renderer names neither Node nor Electron', () => {
    const wrong = imports.filter(({ from, to }) => from.startsWith('renderer/') && !from.endsWith('vite.config.ts') && (to.startsWith('node:') || to === 'electron' || to === 'ws'));
    expect(wrong).toEqual([]);
  });

  test('no file needs itself through others, types included', () => {
    expect(circles(imports)).toEqual([]);
  });

  test('no file has a name that says nothing', () => {
    expect(files.map((file) => relative(root, file)).filter((file) => BANNED.test(file.split('/').at(-1) ?? ''))).toEqual([]);
  });
});
