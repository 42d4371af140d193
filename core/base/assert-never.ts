/** Ends an exhaustive switch; the compiler refuses a missing case, and a value that slipped past it is our bug. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
