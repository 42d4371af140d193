/** The keyboard where what had it goes from the screen. */
import { useEffect, useRef } from 'react';

/** @param give it to what is there next; called once what was shown has gone, and the keyboard with it */
export function useGivenBack(isShown: boolean, give: () => void): void {
  const wasShown = useRef(false);
  useEffect(() => {
    if (wasShown.current && !isShown && document.activeElement === document.body) give();
    wasShown.current = isShown;
  });
}
