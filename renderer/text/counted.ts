/** `1 question`, `2 questions` */
export const counted = (count: number, one: string, many = `${one}s`): string => `${String(count)} ${count === 1 ? one : many}`;

/** What a list says of those that it leaves out; null where it leaves out none. */
export const leftOut = (count: number, most: number): string | null => (count > most ? `and ${String(count - most)} more` : null);
