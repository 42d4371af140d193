/**
 * Every view of the window: what it is called, where it lives at first, and its key. What it draws stands in
 * `view-components.tsx`; a new view takes a line in each.
 */
import type { IconName } from './icon.tsx';
import type { Area } from './areas.ts';

export interface View {
  readonly title: string;
  readonly icon: IconName;
  readonly home: Area;
  /** as commands name them; the first stands beside its button */
  readonly keys: readonly string[];
}

export const VIEWS = {
  overview: { title: 'Overview', icon: 'matrix', home: 'centre', keys: ['Ctrl+1'] },
  findings: { title: 'Findings', icon: 'findings', home: 'centre', keys: ['Ctrl+2'] },
  dialogue: { title: 'Dialogue', icon: 'dialogue', home: 'bottom', keys: ['Ctrl+3'] },
  certificates: { title: 'Certificates', icon: 'certificate', home: 'centre', keys: ['Ctrl+4'] },
  tlsa: { title: 'TLSA', icon: 'grid', home: 'centre', keys: ['Ctrl+5'] },
  trust: { title: 'Trust', icon: 'trust', home: 'centre', keys: ['Ctrl+6'] },
  timing: { title: 'Timing', icon: 'timing', home: 'centre', keys: ['Ctrl+7'] },
  answers: { title: 'Answers', icon: 'answers', home: 'centre', keys: ['Ctrl+8'] },
  console: { title: 'Console', icon: 'console', home: 'bottom', keys: ['Ctrl+9', 'Ctrl+`'] },
  report: { title: 'Report', icon: 'report', home: 'centre', keys: ['Ctrl+E'] },
  navigator: { title: 'Navigator', icon: 'list', home: 'left', keys: [] },
  details: { title: 'Details', icon: 'details', home: 'right', keys: [] },
} as const satisfies { readonly [name: string]: View };

export type ViewName = keyof typeof VIEWS;

export const VIEW_NAMES = Object.keys(VIEWS) as readonly ViewName[];

export const isViewName = (name: unknown): name is ViewName => typeof name === 'string' && Object.hasOwn(VIEWS, name);
