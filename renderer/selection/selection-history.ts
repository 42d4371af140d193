/** The selection of one tab and how it was come by. Selecting never moves the keyboard focus. */
import { createStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { SubjectId } from '../../core/base/subject.ts';

export interface Selection {
  readonly subject: SubjectId;
  /** `seq` of an event, where one line or one check is meant */
  readonly event: number | null;
}

/** Enough for a long look around; old steps fall off. */
const HISTORY = 200;

export interface SelectionState {
  readonly selection: Selection | null;
  /** the last endpoint that was selected: a certificate or a record may belong to several */
  readonly endpoint: SubjectId | null;
  readonly back: readonly Selection[];
  readonly forward: readonly Selection[];
  readonly select: (subject: SubjectId, event?: number | null) => void;
  readonly goBack: () => void;
  readonly goForward: () => void;
  readonly clear: () => void;
}

export const selectionHistory = (): StoreApi<SelectionState> => createStore<SelectionState>()((set, get) => ({
  selection: null,
  endpoint: null,
  back: [],
  forward: [],
  select: (subject, event = null) => {
    const { selection, back } = get();
    if (selection !== null && selection.subject === subject && selection.event === event) return;
    const past = selection === null ? back : [...back.slice(1 - HISTORY), selection];
    set({ ...arriveAt({ subject, event }), back: past, forward: [] });
  },
  goBack: () => {
    const { selection, back, forward } = get();
    const previous = back.at(-1);
    if (previous === undefined || selection === null) return;
    set({ ...arriveAt(previous), back: back.slice(0, -1), forward: [selection, ...forward] });
  },
  goForward: () => {
    const { selection, back, forward } = get();
    const next = forward[0];
    if (next === undefined || selection === null) return;
    set({ ...arriveAt(next), back: [...back, selection], forward: forward.slice(1) });
  },
  clear: () => set({ selection: null, endpoint: null, back: [], forward: [] }),
}));

function arriveAt(selection: Selection): Partial<SelectionState> {
  return selection.subject.startsWith('endpoint:') ? { selection, endpoint: selection.subject } : { selection };
}
