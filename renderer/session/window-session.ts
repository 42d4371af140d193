/** What all tabs of the window share: the engine, the lab's scenes, and how the runs made here ended. */
import { createStore } from 'zustand';
import type { Runtime, Scene } from '../../core/api/inspector-client.ts';
import type { Status } from '../status/vocabulary.ts';

export interface WindowSession {
  readonly runtime: Runtime | null;
  readonly scenes: readonly Scene[];
  /** outcomes of the runs made in this window, by target as typed */
  readonly results: { readonly [target: string]: Status };
  /** why the engine cannot be reached, in words; null while it can */
  readonly connectionLost: string | null;
}

export const windowSession = createStore<WindowSession>()(() => ({ runtime: null, scenes: [], results: {}, connectionLost: null }));
