import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rememberPort, rememberedPort } from '../../service/remembered-port.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'danescope-port-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the first port stays, also while another instance holds it', () => {
  expect(rememberedPort('inspector', folder)).toBe(0);
  rememberPort('inspector', 40_001, folder);
  rememberPort('inspector', 40_002, folder);
  expect(rememberedPort('inspector', folder)).toBe(40_001);
  expect(readFileSync(join(folder, 'port-inspector'), 'utf8')).toBe('40001\n');
});

test('the practice lab has a port of its own', () => {
  rememberPort('inspector', 40_001, folder);
  expect(rememberedPort('practice-lab', folder)).toBe(0);
});

test('what is no port is as if nothing were remembered', () => {
  for (const text of ['', '0', '80', '65536', '-1', '4e4', '40001x', '40001 2', '9'.repeat(100)]) {
    writeFileSync(join(folder, 'port-inspector'), text);
    expect([text, rememberedPort('inspector', folder)]).toEqual([text, 0]);
  }
});
