import { describe, expect, test, vi } from 'vitest';
import type { Finding } from '../../core/findings/finding.ts';
import { matchesKey } from '../../renderer/commands/key-match.ts';
import { foundCommands } from '../../renderer/commands/palette.ts';
import { placeOf } from '../../renderer/commands/findings.ts';
import { browserShell } from '../../renderer/shell/browser-shell.ts';
import { runController } from '../../renderer/session/run-controller.ts';
import { windowHand } from '../../renderer/step/hand.ts';
import { fakeClient } from './fixtures/fake-client.ts';

// The theme asks the window when it is loaded.
vi.stubGlobal('window', { matchMedia: () => ({ matches: false, addEventListener: () => {} }) });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
const { commands } = await import('../../renderer/commands/registry.ts');

const all = commands({ controller: runController(fakeClient(0)), hand: windowHand(fakeClient(0)), shell: browserShell(() => null) });
const press = (key: string, held: readonly string[] = []) => ({ key, ctrlKey: held.includes('Ctrl'), metaKey: false, shiftKey: held.includes('Shift'), altKey: held.includes('Alt') });

describe('commands', () => {
  test('no two share an id, and no two a key', () => {
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length);
    const keys = all.flatMap((one) => one.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('no two have the same words: a reader could not tell one from the other', () => {
    const words = all.map((one) => one.title.toLowerCase());
    expect(words.filter((title, at) => words.indexOf(title) !== at)).toEqual([]);
  });

  test('every typed word must fit; a title that begins so comes first', () => {
    expect(foundCommands(all, 'copy fix').map((one) => one.id)).toEqual(['fix.copy']);
    expect(foundCommands(all, 'replay')[0]?.title).toMatch(/^Replay/);
    expect(foundCommands(all, '')).toHaveLength(all.length);
    expect(foundCommands(all, 'no such thing')).toEqual([]);
  });

  test('plus and minus with Ctrl', () => {
    expect(matchesKey(press('+', ['Ctrl', 'Shift']), 'Ctrl++')).toBe(true);
    expect(matchesKey(press('-', ['Ctrl']), 'Ctrl+-')).toBe(true);
    expect(matchesKey(press('+'), 'Ctrl++')).toBe(false);
  });
});

describe('where a finding leads', () => {
  const finding: Finding = { code: 'signature-expired', severity: 'error', subject: 'zone:example.org', rfc: 'RFC 4035 §5.3.1', message: '', remedy: null, evidence: [] };

  test('a fault of a zone leads to the RRset that it met', () => {
    const evidence = [{ seq: 3, subject: 'zone:example.org', label: 'zone' }, { seq: 7, subject: 'rrset:mx1.example.org/A', label: 'A' }] as const;
    expect(placeOf({ ...finding, evidence })).toEqual({ subject: 'rrset:mx1.example.org/A', event: 7 });
  });

  test('without one, to the zone itself', () => {
    expect(placeOf(finding)).toEqual({ subject: 'zone:example.org', event: null });
  });
});
