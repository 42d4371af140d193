import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { startLab, type Lab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';

const SCENES = ['good-311', 'domain-unsigned', 'ds-mismatch', 'signature-expired', 'tlsa-lookup-failed', 'mx-is-alias', 'domain-does-not-exist'];
let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: SCENES }); });
afterAll(() => lab.close());

const MIXED_NAME = /[a-z][A-Z][\w-]*\.|\.[\w-]*[a-z][A-Z]|\.[a-z\d-]*[A-Z]+[a-z]/;

describe('RFC 4343: names are told in one letter case, whatever the servers repeat', () => {
  test.each(SCENES)('%s', async (scene) => {
    const { run, events } = await inspectInLab(lab, `${scene}.example`);
    for (const { subject } of events) if (/^(zone|dnskey|ds|rrset):/.test(subject)) expect(subject.replace(/\/[A-Z\d/]+$/, '')).toBe(subject.replace(/\/[A-Z\d/]+$/, '').toLowerCase());
    for (const { zone } of run.zones) expect([zone.zone, zone.parent]).toEqual([zone.zone.toLowerCase(), zone.parent?.toLowerCase() ?? null]);
    for (const { lookup } of run.lookups) expect(lookup?.zones).toEqual(lookup?.zones.map((zone) => zone.toLowerCase()));
    const texts = [...run.lookups.flatMap(({ lookup }) => [lookup?.reason?.text ?? '', ...(lookup?.records ?? []).map(({ type, text }) => (type === 'TLSA' ? '' : text))]), ...assess(run).map(({ message }) => message)];
    expect(texts.filter((text) => MIXED_NAME.test(text))).toEqual([]);
    expect(run.lookups.every(({ name }) => name === name.toLowerCase())).toBe(true);
  });

  test('each zone is there once', async () => {
    const { run } = await inspectInLab(lab, 'good-311.example');
    expect(run.zones.map(({ zone }) => zone.zone)).toEqual(['.', 'example', 'good-311.example']);
  });
});
