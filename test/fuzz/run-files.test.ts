/** Broken run files: refused with a line and a sentence, or read; what was read folds, is assessed and reported. */
import { expect, test } from 'vitest';
import { assess } from '../../core/findings/assess.ts';
import { fold } from '../../core/inspection/fold.ts';
import { readRunFile } from '../../core/inspection/run-file.ts';
import { exitCode } from '../../core/report/exit-code.ts';
import { jsonReport } from '../../core/report/json.ts';
import { markdownReport } from '../../core/report/markdown.ts';
import { textReport } from '../../core/report/text.ts';
import { graphSentences } from '../../core/graph/sentences.ts';
import { trustGraph } from '../../core/graph/trust-graph.ts';
import type { Run } from '../../core/inspection/run.ts';
import { byHand } from './by-hand-events.ts';
import { mutated } from './mutate.ts';
import { recording } from './recording.ts';
import { dice, seedFor } from './seed.ts';
import type { Dice } from './seed.ts';

const FILES = 5000;
const seed = seedFor('run files');
const recorded = recording.runFile.split('\n').slice(0, -1);
const lines = [...recorded, ...byHand(recorded.length - 1).map((event) => JSON.stringify(event))];
const octets = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
const VALUES: readonly unknown[] = [null, 0, -1, 1, 255, 9e15, 1e308, '', 'x', 'a..b', 'b\\', '00', [], {}, true, [null], '\u202e', '__proto__', 'constructor', { length: 1e9 }];

function broken(random: Dice): string {
  switch (random.below(4)) {
    case 0: return new TextDecoder().decode(mutated(octets, random, { others: [octets] }));
    case 1: return lines.toSpliced(random.below(lines.length), random.below(3), ...(random.oneIn(2) ? [random.pick(lines)] : [])).join('\n');
    case 2: return `${lines.slice(0, random.below(lines.length)).join('\n')}\n${random.pick(lines).slice(0, random.below(200))}`;
    default: {
      const index = 1 + random.below(lines.length - 1);
      return lines.with(index, JSON.stringify(withOtherValue(JSON.parse(lines[index] ?? ''), random))).join('\n');
    }
  }
}

/** Every reader that makes something of a run: none may take an altered file for a bug of ours. */
function reported(run: Run): void {
  const findings = assess(run);
  exitCode(run, findings);
  JSON.stringify(jsonReport(run, findings));
  textReport(run, findings, { dialogue: true, trust: true });
  markdownReport(run, findings);
  graphSentences(trustGraph(run), run);
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
    if (read.ok) reported(fold(read.value));
  }
  process.stdout.write(`fuzz run files: ${JSON.stringify(told)}\n`);
  expect(Math.min(told.read, told.refused)).toBeGreaterThan(FILES / 20);
});
