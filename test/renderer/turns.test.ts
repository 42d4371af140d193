import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTurn } from '../../renderer/session/pane-session.tsx';
import { beginRun, endRun, openRun, replayTo, tell, useSession } from '../../renderer/session/session-store.ts';
import { windowSession } from '../../renderer/session/window-session.ts';
import { takeTurns } from '../../renderer/session/turns.ts';
import type { FrameSource, Turns } from '../../renderer/session/turns.ts';
import { activeTab, closeTab, newTab, showTab, useTabs } from '../../renderer/tabs/tab-store.ts';
import { twoHosts } from './fixtures/events.ts';

/** Frames that come when the test says so, and a clock that stands. */
class Frames implements FrameSource {
  readonly asked: (() => void)[] = [];
  time = 0;
  private seen = true;
  private changed = (): void => {};

  readonly request = (work: () => void): void => void this.asked.push(work);
  readonly inSight = (): boolean => this.seen;
  readonly now = (): number => this.time;
  readonly onChange = (listener: () => void): void => {
    this.changed = listener;
  };

  next(): void {
    for (const work of this.asked.splice(0)) work();
  }

  hide(): void {
    this.seen = false;
    this.changed();
  }
}

describe('panes draw in turn', () => {
  let frames = new Frames();
  let turns: Turns = takeTurns(frames);
  const drawn: string[] = [];
  const pane = (name: string) => (): void => void drawn.push(name);
  const [left, centre, right] = [pane('left'), pane('centre'), pane('right')];
  beforeEach(() => {
    frames = new Frames();
    turns = takeTurns(frames);
    drawn.length = 0;
  });

  test('one a frame, in the order in which they asked, and frames end with the last', () => {
    for (const one of [left, centre, right]) turns.take(one);
    expect(drawn).toEqual([]);
    frames.next();
    expect(drawn).toEqual(['left']);
    frames.next();
    frames.next();
    expect(drawn).toEqual(['left', 'centre', 'right']);
    expect(frames.asked).toEqual([]);
  });

  test('one that waits already keeps its place, so that none waits for ever', () => {
    turns.take(left);
    turns.take(centre);
    turns.take(left);
    frames.next();
    turns.take(left);
    frames.next();
    frames.next();
    expect(drawn).toEqual(['left', 'centre', 'left']);
  });

  test('one that fails keeps no other waiting', () => {
    turns.take(() => {
      throw new Error('cannot be drawn');
    });
    turns.take(right);
    expect(() => frames.next()).toThrow('cannot be drawn');
    frames.next();
    expect(drawn).toEqual(['right']);
  });

  test('one that is gone draws no more', () => {
    turns.take(left);
    turns.take(right);
    turns.leave(left);
    frames.next();
    expect(drawn).toEqual(['right']);
  });

  test('where the window goes out of sight, and no frame comes, all draw at once', () => {
    turns.take(left);
    turns.take(right);
    frames.hide();
    expect(drawn).toEqual(['left', 'right']);
    turns.take(centre);
    expect(drawn).toEqual(['left', 'right', 'centre']);
  });

  test('the time that they take is known', async () => {
    turns.take(() => {
      frames.time += 12;
    });
    frames.next();
    await Promise.resolve();
    expect(turns.spent()).toBe(12);
  });
});

describe('a pane', () => {
  const frames = new Frames();
  const store = inTurn(useSession, takeTurns(frames));
  const seen: number[] = [];
  let leave = (): void => {};
  beforeEach(() => {
    for (const { id } of useTabs.getState().tabs) closeTab(id);
    useSession.setState(useSession.getInitialState(), true);
    frames.asked.length = 0;
    seen.length = 0;
    leave = store.subscribe(({ run }) => void seen.push(run.events));
  });
  afterEach(() => leave());

  test('learns of a run that begins, of more of it, and of its end, when it is its turn', () => {
    beginRun('example.org');
    expect(store.getState().busy).toBe(false);
    tell(twoHosts.slice(0, 30));
    tell(twoHosts.slice(30));
    expect(store.getState().run.events).toBe(0);
    frames.next();
    expect(store.getState().run.events).toBe(twoHosts.length);
    endRun('example.org');
    expect(store.getState()).toMatchObject({ busy: true, running: true });
    frames.next();
    expect(store.getState()).toBe(useSession.getState());
    expect([...new Set(seen)]).toEqual([0, twoHosts.length]);
  });

  test('sees a run that is opened and a replay at once', () => {
    openRun('saved.jsonl', twoHosts);
    expect(store.getState().run.events).toBe(twoHosts.length);
    replayTo(20);
    expect(store.getState().run.events).toBe(20);
    expect(frames.asked).toEqual([]);
  });

  test('sees another tab at once, though a run goes on in both', () => {
    beginRun('example.org');
    tell(twoHosts.slice(0, 30));
    frames.next();
    const first = activeTab().id;
    newTab();
    expect(store.getState().target).toBeNull();
    beginRun('example.org');
    tell(twoHosts.slice(0, 50));
    showTab(first);
    expect(store.getState().run.events).toBe(30);
    expect(store.getState()).toBe(useSession.getState());
  });

  test('sees at once that the engine is gone', () => {
    beginRun('example.org');
    tell(twoHosts.slice(0, 30));
    windowSession.setState({ connectionLost: 'gone' });
    expect(store.getState()).toMatchObject({ connectionLost: 'gone', events: twoHosts.slice(0, 30) });
  });

  test('that is not looked at follows nothing, and is up to date when it is looked at again', () => {
    leave();
    beginRun('example.org');
    tell(twoHosts);
    endRun('example.org');
    leave = store.subscribe(() => {});
    expect(store.getState()).toBe(useSession.getState());
  });
});
