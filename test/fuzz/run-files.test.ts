/** Broken run files: refused with a line and a sentence, or read; what was read folds, is assessed and reported. */
import { expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import { readRunFile } from '../../core/inspection/run-file.ts';
import { mutated } from './mutate.ts';
import { recording } from './recording.ts';
import { dice, seedFor } from './seed.ts';
import type { Dice } from './seed.ts';

const FILES = 4000;
const seed = seedFor('run files');
const octets = new TextEncoder().encode(recording.runFile);
const lines = recording.runFile.split('\n').slice(0, -1);
const VALUES: readonly unknown[] = [null, 0, -1, 1e308, '', 'x', [], {}, true, [null], '\u202e', { length: 1e9 }];

function broken(random: Dice): string {
  switch (random.below(4)) {
    case 0: return new TextDecoder().decode(mutated(octets, random, { others: [octets] }));
    case 1: return lines.toSpliced(random.below(lines.length), random.below(3), ...(random.oneIn(2) ? [random.pick(lines)] : [])).join('\n');
    case 2: return `${lines.slice(0, random.below(lines.length)).join('\n')}\n${random.pick(lines).slice(0, random.below(200))}`;
    default: return lines.with(random.below(lines.length), JSON.stringify(withOtherValue(JSON.parse(random.pick(lines)), random))).join('\n');
  }
}

/** One member somewhere has another value. */
function withOtherValue(value: unknown, random: Dice): unknown {
  if (typeof value !== 'object' || value === null || random.oneIn(4)) return random.pick(VALUES);
  const keys = Object.keys(value);
  if (keys.length === 0) return random.pick(VALUES);
  const key = random.pick(keys);
  return { ...value, [key]: withOtherValue((value as { readonly [key: string]: unknown })[key], random) };
}

test(`${FILES} mutated run files through the reader`, { timeout: 120_000 }, () => {
  const random = dice(seed);
  const told = { read: 0, refused: 0 };
  for (let round = 0; round < FILES; round += 1) {
    const read = readRunFile(broken(random));
    told[read.ok ? 'read' : 'refused'] += 1;
    if (!read.ok && (read.failure.text.length < 10 || read.failure.line < 0)) throw new Error(`file ${round}: a refusal that says nothing: ${JSON.stringify(read.failure)}`);
    if (read.ok) assess(fold(read.value));
  }
  process.stdout.write(`fuzz run files: ${JSON.stringify(told)}\n`);
  expect(Math.min(told.read, told.refused)).toBeGreaterThan(FILES / 20);
});
