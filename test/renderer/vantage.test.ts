/** A result without the place that it was seen from cannot be judged; a run from a file was not made here. */
import { describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import type { RunContext } from '../../core/inspection/events.ts';
import { vantageOfRun, vantageToCome } from '../../renderer/session/vantage.ts';
import { circumstances } from '../../renderer/views/overview/circumstances.ts';
import { twoHosts } from './fixtures/events.ts';

const run = fold(twoHosts);
const { context } = run;
if (context === null) throw new Error('not in the fixture');
const elsewhere: RunContext = {
  ...context, sources: ['198.51.100.7', '2001:db8::7'], sourceNames: [{ address: '198.51.100.7', name: 'probe.example.net' }],
  resolver: { mode: 'forwarding', servers: [{ name: null, address: '192.0.2.53', port: 5353 }], why: null },
};
const here = { version: '9', tlsLibrary: 'OpenSSL 3.0.0 (Node 20.0.0)', shell: 'electron', lab: false, trustAnchors: '1 ours', resolver: '', sources: ['192.0.2.77'], helo: 'here.example' } as const;

describe('the status bar tells of the run that is shown', () => {
  test('of a run from a file: where that was made, not this computer', () => {
    expect(vantageOfRun(elsewhere)).toEqual({ lab: false, from: '198.51.100.7, 2001:db8::7', resolution: 'forwarding to 192.0.2.53 port 5353', trustAnchors: '20326 KSK-2017 since 2017-02-02', tlsLibrary: 'OpenSSL 3.0.19 (Node 20.20.2)' });
  });

  test('an older file does not tell the addresses: nothing is made up for it', () => {
    expect(vantageOfRun(context).from).toBeNull();
    expect(vantageOfRun({ ...context, sources: [] }).from).toBe('');
  });

  test('before a run: where those to come are made from', () => {
    expect(vantageToCome(here, 'iterative from the root')).toMatchObject({ from: '192.0.2.77', resolution: 'iterative from the root', trustAnchors: '1 ours' });
  });
});

test('how it was checked says from where, with the name that servers see; in the practice lab there is no such place', () => {
  const seenFrom = (of: RunContext): string | undefined => circumstances({ ...run, context: of }).find(({ label }) => label === 'Seen from')?.text;
  expect(seenFrom(elsewhere)).toBe('198.51.100.7 (probe.example.net), 2001:db8::7, before any translator');
  expect(seenFrom(context)).toBe('not told');
  expect(seenFrom({ ...elsewhere, lab: 'practice lab' })).toBeUndefined();
});
