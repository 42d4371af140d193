/** Everything the adapter module exports: it is bundled into one file from here. */
export { resolve } from './adapter.ts';
export { judge } from './judge.ts';
