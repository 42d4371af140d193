/** What the window shows: the view in the centre, the current finding, a passing message. Nothing of the run. */
import { create } from 'zustand';

export const VIEWS = ['overview', 'findings', 'certificates', 'tlsa', 'trust', 'timing', 'answers'] as const;
export type ViewName = (typeof VIEWS)[number];

interface UiState {
  readonly view: ViewName;
  /** id of the finding that F8 and the copy key are about */
  readonly finding: string | null;
  readonly keysShown: boolean;
  readonly paletteShown: boolean;
  readonly replayShown: boolean;
  readonly filters: { readonly [View in ViewName]?: string };
  /** said in the status bar and by a screen reader, for a few seconds */
  readonly message: string;
}

export const useUi = create<UiState>()(() => ({ view: 'overview', finding: null, keysShown: false, paletteShown: false, replayShown: false, filters: {}, message: '' }));

export const showView = (view: ViewName): void => useUi.setState({ view });

export const useFilter = (view: ViewName): string => useUi((state) => state.filters[view] ?? '');

export const setFilter = (view: ViewName, filter: string): void => useUi.setState(({ filters }) => ({ filters: { ...filters, [view]: filter } }));

/** A new run has findings of its own. */
export const forgetFinding = (): void => useUi.setState({ finding: null, message: '', replayShown: false });

const MESSAGE_TIME = 4000;
let timer: ReturnType<typeof setTimeout> | null = null;

export function say(message: string): void {
  if (timer !== null) clearTimeout(timer);
  useUi.setState({ message });
  timer = setTimeout(() => useUi.setState({ message: '' }), MESSAGE_TIME);
}
