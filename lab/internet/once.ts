/** Makes a value when it is first asked for, and only once. */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => made ??= make();
}
