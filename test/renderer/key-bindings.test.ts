import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Command } from '../../renderer/commands/command.ts';
import { keyName, matchesKey } from '../../renderer/commands/key-match.ts';

const stored = new Map<string, string>();
vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value) });
const { allowCharacters, bindKeys, holderOf, isChanged, keysOf, readBindings, resetAllKeys, resetKeys } = await import('../../renderer/commands/key-bindings.ts');

const command = (id: string, keys: readonly string[]): Command => ({ id, title: id, group: 'Run', keys, run: () => {} });
const save = command('run.save', ['Ctrl+S']);
const help = command('keys.show', ['?']);
const all = [save, help];
const press = (key: string, held: readonly string[] = [], code = '') => ({ key, code, ctrlKey: held.includes('Ctrl'), metaKey: held.includes('Meta'), shiftKey: held.includes('Shift'), altKey: held.includes('Alt') });

describe('keys that a person chose', () => {
  beforeEach(() => {
    resetAllKeys();
    allowCharacters(true);
  });

  test('go before the command’s own, and are given back', () => {
    bindKeys(all, save, ['F4']);
    expect(keysOf(save)).toEqual(['F4']);
    expect(isChanged(save)).toBe(true);
    resetKeys(all, save);
    expect(keysOf(save)).toEqual(['Ctrl+S']);
  });

  test('are taken from whoever had them', () => {
    expect(holderOf(all, 'Ctrl+S')).toBe(save);
    bindKeys(all, help, ['Ctrl+S']);
    expect(keysOf(save)).toEqual([]);
    expect(holderOf(all, 'Ctrl+S')).toBe(help);
  });

  test('given back, they are taken from who has them now: no key does two things', () => {
    bindKeys(all, help, ['Ctrl+S']);
    resetKeys(all, save);
    expect(keysOf(save)).toEqual(['Ctrl+S']);
    expect(isChanged(save)).toBe(false);
    expect(keysOf(help)).toEqual([]);
  });

  test('a single character that is off is not lost with another key', () => {
    const filter = command('view.filter', ['Ctrl+F', '/']);
    allowCharacters(false);
    bindKeys([...all, filter], save, ['Ctrl+F']);
    allowCharacters(true);
    expect(keysOf(filter)).toEqual(['/']);
  });

  test('survive a restart', () => {
    bindKeys(all, save, ['Ctrl+Shift+ArrowUp']);
    expect(readBindings(stored.get('danescope.keys') ?? null)).toEqual({ chosen: { 'run.save': ['Ctrl+Shift+ArrowUp'] }, characters: true });
  });

  test('WCAG 2.1.4: single characters can be turned off', () => {
    expect(keysOf(help)).toEqual(['?']);
    allowCharacters(false);
    expect(keysOf(help)).toEqual([]);
    expect(keysOf(save)).toEqual(['Ctrl+S']);
  });

  test.each(['{', 'null', '7', '{"version":2,"chosen":{"run.save":["F4"]}}', '{"version":1,"chosen":[]}'])('%s is as if nothing were stored', (text) => {
    expect(readBindings(text)).toEqual({ chosen: {}, characters: true });
  });

  test('what is no id and no key is dropped', () => {
    const text = JSON.stringify({ version: 1, chosen: { 'run.save': ['F4', 7, 'Hyper+Q', '\u202E', 'Ctrl+<script>'], '__proto__': ['F4'], 'BAD ID': ['F4'] } });
    expect(readBindings(text).chosen).toEqual({ 'run.save': ['F4'] });
  });
});

describe('the name of a key press', () => {
  test.each([
    [press('s', ['Ctrl']), 'Ctrl+S'], [press('s', ['Meta']), 'Ctrl+S'], [press('S', ['Ctrl', 'Shift']), 'Ctrl+Shift+S'], [press('ArrowUp', ['Alt']), 'Alt+ArrowUp'], [press('?', ['Shift']), '?'],
    [press('ы', ['Ctrl'], 'KeyS'), 'Ctrl+S'], [press('С', ['Ctrl', 'Shift'], 'KeyC'), 'Ctrl+Shift+C'], [press('&', ['Ctrl'], 'Digit1'), 'Ctrl+1'], [press('-', ['Ctrl'], 'Digit6'), 'Ctrl+-'], [press('é'), 'é'],
    [press('F4'), 'F4'], [press('+', ['Ctrl', 'Shift']), 'Ctrl++'], [press(' ', ['Ctrl']), 'Ctrl+Space'], [press('j'), 'j'], [press('†', ['Alt'], 'KeyT'), 'Alt+T'],
  ])('%j is %s, and matches it', (pressed, name) => {
    expect(keyName(pressed)).toBe(name);
    expect(matchesKey(pressed, name)).toBe(true);
  });

  test('the full stop with Shift is the same key on every keyboard, and not the one without', () => {
    for (const typed of ['.', '>', ':']) {
      const pressed = press(typed, ['Ctrl', 'Shift'], 'Period');
      expect([matchesKey(pressed, 'Ctrl+Shift+.'), matchesKey(pressed, 'Ctrl+.')]).toEqual([true, false]);
    }
    expect(matchesKey(press('.', ['Ctrl'], 'Period'), 'Ctrl+.')).toBe(true);
    // In France the full stop itself is typed with Shift, by another key.
    expect(matchesKey(press('.', ['Ctrl', 'Shift'], 'Comma'), 'Ctrl+.')).toBe(true);
  });

  test.each(['Shift', 'Control', 'Alt', 'Meta', 'Dead'])('%s alone is none', (key) => {
    expect(keyName(press(key))).toBeNull();
  });
});
