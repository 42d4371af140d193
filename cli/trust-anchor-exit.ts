/** As for `check`: 2 is "refused", 3 "not determined from here". */
export const EXIT = { done: 0, warned: 1, refused: 2, undetermined: 3 } as const;
