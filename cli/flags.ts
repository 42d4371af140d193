/** Flags of one command: read strictly, with an answer for each way to get them wrong. */
import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

export interface FlagSpec {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: true;
  /** a value that would do, for the message where there is none */
  readonly example?: string;
}

export type FlagSpecs = { readonly [name: string]: FlagSpec };

export interface Flags {
  readonly words: readonly string[];
  has(name: string): boolean;
  /** the last one given, or null */
  text(name: string): string | null;
  texts(name: string): readonly string[];
}

/** @throws {UsageError} for an unknown flag, a missing value, a value where none belongs */
export function readFlags(command: string, args: readonly string[], specs: FlagSpecs): Flags {
  const options = Object.fromEntries(Object.entries(specs).map(([name, { type, short }]) => [name, short === undefined ? { type } : { type, short }]));
  const { tokens, positionals } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const spec = specs[token.name];
    if (spec === undefined) throw unknownFlag(command, token.rawName, specs);
    given.set(token.name, [...(given.get(token.name) ?? []), valueOf(token.rawName, spec, token.value, token.inlineValue === true)]);
  }
  return {
    words: positionals,
    has: (name) => given.has(name),
    text: (name) => given.get(name)?.at(-1) ?? null,
    texts: (name) => given.get(name) ?? [],
  };
}

function valueOf(flag: string, spec: FlagSpec, value: string | undefined, inline: boolean): string {
  if (spec.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${flag} takes no value`, `write ${flag} alone`);
    return '';
  }
  const taken = value === undefined || (!inline && value.startsWith('-') && value !== '-');
  if (taken || value === '') throw new UsageError(`${flag} needs a value`, `such as: ${flag} ${spec.example ?? 'VALUE'}`);
  return value;
}

function unknownFlag(command: string, flag: string, specs: FlagSpecs): UsageError {
  const near = nearest(flag.replace(/^-+/, '').slice(0, 64), Object.keys(specs));
  const hint = near === null ? `see: danescope ${command} --help` : `did you mean --${near}? All flags: danescope ${command} --help`;
  return new UsageError(`unknown flag ${flag}`, hint);
}

/** The word of the list that is at most two edits away, or null. */
export function nearest(word: string, list: readonly string[]): string | null {
  const [best] = list.map((candidate) => ({ candidate, edits: editDistance(word, candidate) })).sort((left, right) => left.edits - right.edits);
  return best !== undefined && best.edits <= 2 ? best.candidate : null;
}

function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let index = 0; index < left.length; index += 1) {
    const next = [index + 1];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (row[column - 1] ?? 0) + (right[column - 1] === left[index] ? 0 : 1);
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
