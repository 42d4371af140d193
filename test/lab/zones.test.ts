/** The lab's zones, judged by tools that know nothing of it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { SCENES } from '../../lab/scenes/all.ts';
import { zoneFile } from './zone-file.ts';

const hasTool = ((): boolean => {
  try {
    execFileSync('dnssec-verify', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Zones that are wrong on purpose or not signed. */
const unsound = new Set(SCENES.flatMap((scene) => (scene.zones ?? []).filter((zone) => zone.signing === 'unsigned' || zone.signatureFaults !== undefined || zone.collidingKeys !== undefined)
  .map((zone) => zone.apex ?? scene.domain ?? `${scene.name}.example`)));

describe.skipIf(!hasTool)('dnssec-verify (BIND) finds every signature and every NSEC and NSEC3 chain complete', () => {
  let lab: Lab;
  const folder = mkdtempSync(join(tmpdir(), 'lab-zones-'));
  beforeAll(async () => { lab = await startLab(); });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await lab.close();
  });

  const sound = ['.', 'example', 'test', ...SCENES.flatMap((scene) => (scene.zones ?? [{}]).map((zone) => zone.apex ?? scene.domain ?? `${scene.name}.example`))]
    .filter((apex) => !unsound.has(apex));
  test.each(sound)('%s', async (apex) => {
    const zone = await lab.zones.get(apex)?.();
    if (zone === undefined) throw new Error(`no zone ${apex}`);
    const file = join(folder, 'zone');
    writeFileSync(file, zoneFile(zone));
    expect(verify(apex, file)).toBe('');
  });

  test.each(['signature-expired.example', 'dnssec-bogus.example'])('but not where the scene is about a bad signature: %s', async (apex) => {
    const zone = await lab.zones.get(apex)?.();
    if (zone === undefined) throw new Error(`no zone ${apex}`);
    const file = join(folder, 'zone');
    writeFileSync(file, zoneFile(zone));
    expect(verify(apex, file)).toMatch(/TLSA/);
  });
});

/** What the tool complains of; empty when the zone is sound. */
function verify(apex: string, file: string): string {
  try {
    execFileSync('dnssec-verify', ['-q', '-z', '-o', apex, file], { stdio: 'pipe' });
    return '';
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  }
}
