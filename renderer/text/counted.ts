/** `1 question`, `2 questions` */
export const counted = (count: number, one: string, many = `${one}s`): string => `${String(count)} ${count === 1 ? one : many}`;

/** What a list says of those that it leaves out; null where it leaves out none. */
export const leftOut = (count: number, most: number): string | null => (count > most ? `and ${String(count - most)} more` : null);

/** The first so many, and how many are left out. */
export const firstWords = (all: readonly string[], most: number, separator: string): string => [...all.slice(0, most), leftOut(all.length, most)].filter((word) => word !== null).join(separator);
