/** Which view lives in which area of the window, as a value; what was stored is read as if a stranger had written it. */
import { AREAS } from './areas.ts';
import type { Area, SideArea } from './areas.ts';
import { VIEWS, VIEW_NAMES, isViewName } from './views.ts';
import type { ViewName } from './views.ts';

const SIDES: readonly SideArea[] = ['left', 'right', 'bottom'];

export interface Layout {
  /** each view in one area, in the order of its tabs */
  readonly views: { readonly [Place in Area]: readonly ViewName[] };
  readonly hidden: { readonly [Place in SideArea]: boolean };
  /** the view that was last in front at a side; the centre begins with its first */
  readonly front: { readonly [Place in SideArea]?: ViewName };
}

const VERSION = 1;

export const HOME_LAYOUT: Layout = {
  views: { left: livingIn('left'), centre: livingIn('centre'), right: livingIn('right'), bottom: livingIn('bottom') },
  hidden: { left: false, right: false, bottom: false },
  front: {},
};

function livingIn(area: Area): readonly ViewName[] {
  return VIEW_NAMES.filter((name) => VIEWS[name].home === area);
}

export const areaOf = (layout: Layout, view: ViewName): Area => AREAS.find((area) => layout.views[area].includes(view)) ?? VIEWS[view].home;

/** @param before the view it comes to stand before; null for the end. The area that takes it is shown. */
export function moved(layout: Layout, view: ViewName, to: Area, before: ViewName | null = null): Layout {
  const without = (area: Area): readonly ViewName[] => layout.views[area].filter((one) => one !== view);
  const place = before === null ? -1 : without(to).indexOf(before);
  const at = place < 0 ? without(to).length : place;
  const views = { left: without('left'), centre: without('centre'), right: without('right'), bottom: without('bottom'), [to]: [...without(to).slice(0, at), view, ...without(to).slice(at)] };
  return to === 'centre' ? { ...layout, views } : { ...layout, views, hidden: { ...layout.hidden, [to]: false } };
}

export const hidden = (layout: Layout, area: SideArea, hide: boolean): Layout => ({ ...layout, hidden: { ...layout.hidden, [area]: hide } });

export const inFront = (layout: Layout, area: SideArea, view: ViewName): Layout => ({ ...layout, front: { ...layout.front, [area]: view } });

/** An area without views takes no place. */
export const isShown = (layout: Layout, area: Area): boolean => area === 'centre' || (layout.views[area].length > 0 && !layout.hidden[area]);

export const written = (layout: Layout): string => JSON.stringify({ version: VERSION, ...layout });

/** What does not read is left out; a view that nobody placed goes home. */
export function readLayout(text: string | null): Layout {
  const stored = parsed(text);
  if (stored['version'] !== VERSION) return HOME_LAYOUT;
  const placed = new Set<ViewName>();
  const views = Object.fromEntries(AREAS.map((area) => [area, namesIn(part(stored['views'])[area], placed)])) as { [Place in Area]: ViewName[] };
  for (const name of VIEW_NAMES) if (!placed.has(name)) views[VIEWS[name].home].push(name);
  const closed = part(stored['hidden']);
  const front = SIDES.flatMap((area) => {
    const name = part(stored['front'])[area];
    return isViewName(name) && views[area].includes(name) ? [[area, name] as const] : [];
  });
  return { views, hidden: { left: closed['left'] === true, right: closed['right'] === true, bottom: closed['bottom'] === true }, front: Object.fromEntries(front) };
}

function namesIn(value: unknown, placed: Set<ViewName>): ViewName[] {
  const names = (Array.isArray(value) ? value : []).filter(isViewName).filter((name, index, all) => !placed.has(name) && all.indexOf(name) === index);
  for (const name of names) placed.add(name);
  return names;
}

function parsed(text: string | null): { readonly [name: string]: unknown } {
  try {
    return part(JSON.parse(text ?? ''));
  } catch {
    return {};
  }
}

const part = (value: unknown): { readonly [name: string]: unknown } => (typeof value === 'object' && value !== null ? { ...value } : {});
