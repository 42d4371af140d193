import { describe, expect, test } from 'vitest';
import { AREAS } from '../../renderer/workbench/areas.ts';
import { HOME_LAYOUT, areaOf, hidden, inFront, isShown, moved, readLayout, written } from '../../renderer/workbench/layout.ts';
import { areSizes } from '../../renderer/workbench/sizes-storage.ts';
import { VIEW_NAMES } from '../../renderer/workbench/views.ts';

const all = (layout: typeof HOME_LAYOUT): string[] => AREAS.flatMap((area) => layout.views[area]).toSorted();

describe('the layout', () => {
  test('a view moves to the end of another area, or before one of it, and the area is shown', () => {
    const layout = moved(hidden(HOME_LAYOUT, 'right', true), 'certificates', 'right');
    expect(layout.views.right).toEqual(['details', 'certificates']);
    expect(isShown(layout, 'right')).toBe(true);
    expect(areaOf(layout, 'certificates')).toBe('right');
    expect(moved(layout, 'tlsa', 'right', 'details').views.right).toEqual(['tlsa', 'details', 'certificates']);
    expect(all(layout)).toEqual(all(HOME_LAYOUT));
  });

  test('an area without views takes no place; the centre always does', () => {
    const empty = moved(HOME_LAYOUT, 'details', 'bottom');
    expect(isShown(empty, 'right')).toBe(false);
    expect(isShown(VIEW_NAMES.reduce((layout, view) => moved(layout, view, 'left'), HOME_LAYOUT), 'centre')).toBe(true);
  });

  test('it is read as it was written', () => {
    const layout = hidden(moved(moved(HOME_LAYOUT, 'trust', 'bottom'), 'details', 'left'), 'bottom', true);
    expect(readLayout(written(layout))).toEqual(layout);
    const chosen = inFront(layout, 'left', 'details');
    expect(readLayout(written(chosen)).front).toEqual({ left: 'details' });
  });

  test.each([
    ['nothing', null], ['no JSON', '{'], ['another version', '{"version":99,"views":{"left":["overview"]}}'], ['a number', '7'], ['null', 'null'],
  ])('%s: every view is at home', (_, text) => {
    expect(readLayout(text)).toEqual(HOME_LAYOUT);
  });

  test('unknown, doubled and hostile names are dropped, missing views go home', () => {
    const layout = readLayout(JSON.stringify({ version: 1, views: { left: ['overview', 'overview', '__proto__', 'constructor', 7, null], centre: 'tlsa', right: ['overview', 'gone'] }, hidden: { left: 'yes', bottom: true }, front: { left: 'tlsa', right: '__proto__', bottom: 'dialogue' } }));
    expect(all(layout)).toEqual(all(HOME_LAYOUT));
    expect(layout.views.left).toEqual(['overview', 'navigator']);
    expect(layout.front).toEqual({ bottom: 'dialogue' });
    expect(layout.hidden).toEqual({ left: false, right: false, bottom: true });
  });

  test('sizes of panes are percentages or nothing', () => {
    expect(areSizes('{"left":20,"work":80}')).toBe(true);
    for (const text of ['{"left":"20"}', '{"left":-5}', '{"left":1e9}', '[1,2]', 'null', '{', '{"left":null}']) expect(areSizes(text), text).toBe(false);
  });
});
