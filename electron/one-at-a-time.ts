/** A dialogue of the system stands over everything else, and whoever holds the page could ask for one after another: there is one of a kind at a time. */

/** @param refused what is answered, and done, while the one before waits for the person */
export function oneAtATime<Asked extends readonly unknown[], Answer>(act: (...asked: Asked) => Promise<Answer>, refused: () => Answer): (...asked: Asked) => Promise<Answer> {
  let isOpen = false;
  return async (...asked) => {
    if (isOpen) return refused();
    isOpen = true;
    try {
      return await act(...asked);
    } finally {
      isOpen = false;
    }
  };
}
