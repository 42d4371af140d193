/** Whether the runs of this window pause before each command. */
import { create } from 'zustand';

export const useStep = create<{ readonly on: boolean }>()(() => ({ on: false }));

export const isStepping = (): boolean => useStep.getState().on;
