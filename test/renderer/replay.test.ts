import { beforeEach, describe, expect, test } from 'vitest';
import { fold } from '../../core/inspection/fold.ts';
import { endpointSubject } from '../../core/base/subject.ts';
import { focusOf } from '../../renderer/selection/focus.ts';
import { useSelection } from '../../renderer/selection/selection-store.ts';
import { eventWords, stepEvent } from '../../renderer/commands/replay.ts';
import { beginRun, endRun, openRun, replayTo, tell, useSession } from '../../renderer/session/session-store.ts';
import { runFileName } from '../../renderer/session/run-files.ts';
import { ageInWords } from '../../renderer/views/overview/states.ts';
import { STARTED, twoHosts } from './fixtures/events.ts';

const state = useSession.getState;

describe('replay', () => {
  beforeEach(() => useSession.setState(useSession.getInitialState(), true));

  test('the views show the fold of the prefix, forwards and backwards', () => {
    openRun('saved.jsonl', twoHosts);
    for (const count of [40, 90, 12]) {
      replayTo(count);
      expect(state().run).toEqual(fold(twoHosts.slice(0, count)));
      expect(state()).toMatchObject({ running: true, busy: false });
    }
    replayTo(null);
    expect(state().run).toEqual(fold(twoHosts));
    expect(state()).toMatchObject({ running: false, position: null });
  });

  test('it stays within the run', () => {
    openRun('saved.jsonl', twoHosts);
    replayTo(-5);
    expect(state().position).toBe(1);
    replayTo(1e9);
    expect(state().position).toBe(twoHosts.length);
  });

  test('events that come meanwhile are kept, and seen by those who go back to now', () => {
    beginRun('example.org');
    tell(twoHosts.slice(0, 50));
    replayTo(20);
    tell(twoHosts.slice(50));
    endRun('example.org');
    expect(state()).toMatchObject({ position: 20, busy: false, running: true, results: { 'example.org': { word: 'refused in part' } } });
    expect(state().run.events).toBe(20);
    replayTo(null);
    expect(state().run.events).toBe(twoHosts.length);
    expect(state().running).toBe(false);
  });

  test('each event has words', () => {
    expect(twoHosts.map(eventWords)).toContain('smtp phase handshake done');
    expect(eventWords(twoHosts.find((event) => event.type === 'dns.lookup.started') ?? twoHosts[0]!)).toBe('dns lookup started example.org MX');
  });
});

describe('the events of an endpoint', () => {
  test('are walked without leaving it, though another one has the same address', () => {
    openRun('saved.jsonl', twoHosts);
    const rsa = endpointSubject('mx1.example.org', '192.0.2.10', 'RSA');
    useSelection.getState().select(rsa);
    const met: string[] = [];
    for (let step = 0; step < 40; step += 1) {
      stepEvent(1);
      const { selection, endpoint } = useSelection.getState();
      const focus = focusOf(state().run, selection, endpoint);
      met.push(`${focus.endpoint?.verdict.keyType ?? ''} ${String(focus.connection?.connection.number)}`);
    }
    expect(new Set(met)).toEqual(new Set(['RSA 2']));
    expect(useSelection.getState().selection?.subject).toBe(rsa);
  });
});

describe('a run that was cut off', () => {
  const early = twoHosts.slice(0, -1);
  beforeEach(() => useSession.setState(useSession.getInitialState(), true));

  test('is stopped as soon as the engine tells no more', () => {
    beginRun('example.org');
    tell(early);
    expect(state().whole).toMatchObject({ state: 'running', outcome: { outcome: 'pending' } });
    endRun('example.org');
    expect(state().whole).toMatchObject({ state: 'stopped', outcome: { outcome: 'refused' } });
    expect(state().run).toBe(state().whole);
    expect(state().results).toEqual({});
  });

  test('is stopped in a file, also where the replay stands at its end; before, it goes on', () => {
    openRun('saved.jsonl', early);
    expect(state().whole.state).toBe('stopped');
    replayTo(40);
    expect(state().run).toEqual(fold(twoHosts.slice(0, 40)));
    replayTo(early.length);
    expect(state().run).toEqual(state().whole);
  });

  test('ends while the replay stands: the place stays, and now is stopped', () => {
    beginRun('example.org');
    tell(early);
    replayTo(20);
    endRun('example.org');
    expect(state().run).toEqual(fold(early.slice(0, 20)));
    replayTo(null);
    expect(state().run.state).toBe('stopped');
  });
});

describe('saved runs', () => {
  test('a run of a file takes the place of the one before, with its target', () => {
    openRun('saved.jsonl', twoHosts);
    expect(state()).toMatchObject({ target: 'example.org', typed: 'example.org', file: 'saved.jsonl', running: false });
    expect(state().findings.map((one) => one.code)).toContain('tlsa-mismatch');
  });

  test('how old it is, in days of the calendar', () => {
    const now = Date.parse('2027-01-15T00:10:00Z');
    expect(ageInWords(STARTED, now)).toBe('Result of 2026-11-24, 52 days old.');
    expect(ageInWords('2027-01-14T23:59:00Z', now)).toBe('Result of 2027-01-14, 1 day old.');
    expect(ageInWords('2027-01-15T00:00:00Z', now)).toBe('Result of 2027-01-15, made today.');
    expect(ageInWords('soon', now)).toBe('A saved result, of an unknown day.');
  });

  test.each([
    ['example.org', 'example.org 2026-11-24 1402Z.danescope.jsonl'], ['user@[2001:db8::1]:25', 'user-2001-db8-1-25 2026-11-24 1402Z.danescope.jsonl'],
    ['../../etc/passwd', 'etc-passwd 2026-11-24 1402Z.danescope.jsonl'], ['\u202Egnp.exe\u0000', 'gnp.exe 2026-11-24 1402Z.danescope.jsonl'], ['', 'run 2026-11-24 1402Z.danescope.jsonl'],
    ['a\u3164b\uFFA0\u115F.example', 'a-b-.example 2026-11-24 1402Z.danescope.jsonl'], ['\u{1D51E}'.repeat(300), `${'\u{1D51E}'.repeat(50)} 2026-11-24 1402Z.danescope.jsonl`], ['\uD835'.repeat(9), 'run 2026-11-24 1402Z.danescope.jsonl'],
  ])('the file of %j is %j', (target, name) => {
    expect(runFileName(target, STARTED)).toBe(name);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });
});
