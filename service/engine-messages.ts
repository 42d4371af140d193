/** What a shell and its engine process say to each other. Many sessions share the one channel between the processes. */
export type ToEngine =
  | { readonly type: 'open'; readonly session: number }
  | { readonly type: 'message'; readonly session: number; readonly text: string }
  | { readonly type: 'close'; readonly session: number }
  | { readonly type: 'end' };

export type FromEngine =
  | { readonly type: 'ready' }
  /** the engine cannot start: why, in words */
  | { readonly type: 'failed'; readonly text: string }
  | { readonly type: 'message'; readonly session: number; readonly text: string };

/** bytes of text; what a page may send at once, and far above what it needs */
export const MAXIMUM_MESSAGE = 1024 * 1024;

/** The variable in which the engine process finds its settings, as JSON. */
export const ENGINE_SETTINGS = 'DANESCOPE_ENGINE';

export interface EngineSettings {
  readonly shell: 'electron' | 'local-host';
  readonly lab: boolean;
  readonly helo: string | null;
}
