/** The states that a window must have words for, each from a scene of the lab through the real sockets. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import type { Run } from '../../core/inspection/run.ts';
import { headline } from '../../renderer/views/overview/headline.ts';
import { notices, type NoticeAction } from '../../renderer/views/overview/states.ts';
import { VIEWS } from '../../renderer/workbench/views.ts';
import type { Lab } from '../../lab/start.ts';
import { startLab } from '../../lab/start.ts';
import { inspectInLab } from '../scenarios/inspect-lab.ts';
import { STATES, targetOf, type StateWords } from '../scenarios/state-words.ts';

let lab: Lab;
beforeAll(async () => { lab = await startLab({ only: STATES.map(({ scene }) => scene) }); });
afterAll(() => lab.close());

const BUTTONS = { 'run-again': 'Run again', 'open-run': 'Open a run', 'change-resolver': 'Change resolver' } as const;
const button = (action: NoticeAction | undefined): string | null => (action === undefined ? null : typeof action === 'string' ? BUTTONS[action] : `Show in ${VIEWS[action.view].title}`);

interface Shown {
  readonly title: string;
  readonly help: string | null;
  readonly action: string | null;
}

function shown(run: Run, { place }: StateWords): readonly Shown[] {
  switch (place) {
    case 'headline': {
      const { title, help, view } = headline(run, false);
      return [{ title, help, action: button(view === undefined ? undefined : { view }) }];
    }
    case 'notice': return notices(run).map(({ title, help, action }) => ({ title, help, action: button(action) }));
    case 'finding': return assess(run).map(({ message }) => ({ title: `${message.split('. ')[0] ?? ''}.`, help: null, action: null }));
  }
}

test.each(STATES.map((state) => [state.scene, state] as const))('%s', async (_, state) => {
  const { run } = await inspectInLab(lab, targetOf(state));
  expect(shown(run, state)).toContainEqual(expect.objectContaining({ title: state.title, action: state.action, ...(state.help === null ? {} : { help: expect.stringContaining(state.help) as unknown }) }));
});

test('where DNSSEC is bogus its words are the headline, and nothing is said twice', async () => {
  const { run } = await inspectInLab(lab, 'ds-mismatch.example');
  expect(notices(run)).toEqual([]);
});
