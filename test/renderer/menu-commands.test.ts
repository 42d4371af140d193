import { describe, expect, test, vi } from 'vitest';
import { shellContract } from '../../core/api/shell-contract.ts';
import { runController } from '../../renderer/session/run-controller.ts';
import { browserShell } from '../../renderer/shell/browser-shell.ts';
import { windowHand } from '../../renderer/step/hand.ts';
import { fakeClient } from './fixtures/fake-client.ts';

// The theme asks the window when it is loaded.
vi.stubGlobal('window', { matchMedia: () => ({ matches: false, addEventListener: () => {} }) });
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });
const { commands } = await import('../../renderer/commands/registry.ts');
const { menuCommands } = await import('../../renderer/shell/menu-commands.ts');

describe('the commands in the menu of the window', () => {
  const all = commands({ controller: runController(fakeClient(0)), hand: windowHand(fakeClient(0)), shell: browserShell(() => null) });
  const shown = menuCommands(all);

  test('are all there, as the main process takes them', () => {
    expect(shown.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(shellContract.showCommands['~orpc'].inputSchema?.safeParse(shown).error).toBeUndefined();
  });

  test('have their first key, and are grey where they cannot be chosen', () => {
    expect(shown.find(({ id }) => id === 'run.save')).toEqual({ id: 'run.save', title: 'Save the run', group: 'Run', key: 'Ctrl+S', enabled: false });
    expect(shown.find(({ id }) => id === 'run.open')).toMatchObject({ enabled: true });
    expect(shown.find(({ id }) => id === 'view.trust')).toMatchObject({ group: 'View' });
  });
});
