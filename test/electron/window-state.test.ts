import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepWindowState, placed, readWindowState } from '../../electron/window-state.ts';

const LEFT = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1000 };
const state = { x: 2000, y: 50, width: 1000, height: 700, maximised: false };

describe('the place of the window', () => {
  test('is where it was, on whichever screen', () => {
    expect(placed(state, [LEFT, RIGHT])).toEqual({ x: 2000, y: 50, width: 1000, height: 700 });
    expect(placed({ ...state, x: -400 }, [LEFT, RIGHT])).toMatchObject({ x: -400 });
  });

  test('is back on a screen when its own is gone, or its title bar could not be grasped', () => {
    expect(placed(state, [LEFT])).toEqual({ width: 1000, height: 700 });
    for (const lost of [{ x: -950 }, { y: -100 }, { y: 1020 }, { x: 3150 }]) expect([lost, placed({ ...state, ...lost }, [LEFT, RIGHT])]).toEqual([lost, { width: 1000, height: 700 }]);
  });

  test('is no larger than its screen and no smaller than a window that can be read', () => {
    expect(placed({ ...state, width: 5000, height: 5000 }, [LEFT, RIGHT])).toMatchObject({ width: 1280, height: 1000 });
    expect(placed({ ...state, width: 1, height: 1, x: 0 }, [LEFT])).toMatchObject({ width: 480, height: 360 });
    expect(placed(null, [{ x: 0, y: 0, width: 800, height: 600 }])).toEqual({ width: 800, height: 600 });
  });
});

describe('its file', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'danescope-state-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['', '{', 'null', '[]', '{"x":1}', '{"x":"1","y":0,"width":9,"height":9,"maximised":false}', '{"x":1e9,"y":0,"width":9,"height":9,"maximised":false}', '{"x":0,"y":0,"width":9,"height":9,"maximised":false,"more":1}'])('%s is no state', (text) => {
    writeFileSync(join(folder, 'bad.json'), text);
    expect(readWindowState(join(folder, 'bad.json'))).toBeNull();
  });

  const closing = (file: string, failed: (why: string) => void): void => {
    const window = Object.assign(new EventEmitter(), { getNormalBounds: () => ({ x: 1, y: 2, width: 900, height: 600 }), isMaximized: () => true });
    keepWindowState(window as unknown as BrowserWindow, file, failed);
    window.emit('close');
  };

  test('is written when the window closes, whole or not at all, and read back', () => {
    const file = join(folder, 'window.json');
    const failures: string[] = [];
    closing(file, (why) => failures.push(why));
    expect(readWindowState(file)).toEqual({ x: 1, y: 2, width: 900, height: 600, maximised: true });
    expect(failures).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  test('that cannot be written is told, and the window closes all the same', () => {
    const failures: string[] = [];
    closing(join(folder, 'no', 'such', 'folder.json'), (why) => failures.push(why));
    expect(failures).toHaveLength(1);
  });
});
