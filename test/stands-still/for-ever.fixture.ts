import { test } from 'vitest';

test('a process that stands still', () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
