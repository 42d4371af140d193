/** Hands the window's hand to the components that use it. */
import { createContext, useContext } from 'react';
import type { Hand } from './hand.ts';

export const HandContext = createContext<Hand | null>(null);

/** @throws {Error} outside of the app: our bug */
export function useHand(): Hand {
  const hand = useContext(HandContext);
  if (hand === null) throw new Error('no hand above this component');
  return hand;
}
