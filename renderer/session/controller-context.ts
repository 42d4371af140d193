/** Hands the run controller to the components that start and stop runs. */
import { createContext, useContext } from 'react';
import type { RunController } from './run-controller.ts';

export const ControllerContext = createContext<RunController | null>(null);

/** @throws {Error} outside of the app: our bug */
export function useController(): RunController {
  const controller = useContext(ControllerContext);
  if (controller === null) throw new Error('no run controller above this component');
  return controller;
}
