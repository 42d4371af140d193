/** Records from zone-file text (RFC 1035 §5.1): files of root hints, and whatever else a person hands over. */
import { plainText } from '../base/plain-text.ts';
import { type Result, failed, success } from '../base/result.ts';
import { addressText } from './classify.ts';
import type { ServerAddress } from './facts.ts';
import { type Name, ROOT, nameText, sameName } from './name.ts';
import { RdataSyntaxError, type Word, parseRdata, parseRelativeName } from './rdata-parse.ts';
import type { ResourceRecord } from './record.ts';
import { RRCLASS, RRTYPE, rrclassNumber, rrtypeNumber } from './rrtype.ts';

export interface ZoneFileFailure {
  /** from 1, where the record begins; 0 for the file as a whole */
  readonly line: number;
  readonly text: string;
}

const MAXIMUM_LENGTH = 4_000_000;
const MAXIMUM_TTL = 0x7fff_ffff;

/** `$ORIGIN` and `$TTL` are obeyed; `$INCLUDE` is refused, as it would read another file. */
export function readZoneFile(text: string): Result<readonly ResourceRecord[], ZoneFileFailure> {
  if (text.length > MAXIMUM_LENGTH) return failed({ line: 0, text: `the file is longer than ${MAXIMUM_LENGTH} characters` });
  const state: State = { origin: ROOT, ttl: 0, owner: null };
  const records: ResourceRecord[] = [];
  for (const entry of entries(text)) {
    try {
      const record = readEntry(entry, state);
      if (record !== null) records.push(record);
    } catch (error) {
      if (error instanceof RdataSyntaxError) return failed({ line: entry.line, text: plainText(error.message, 200) });
      throw error;
    }
  }
  return success(records);
}

/** The addresses of the root's servers in a hints file (RFC 8109 §2). */
export function readRootHints(text: string): Result<readonly ServerAddress[], ZoneFileFailure> {
  const read = readZoneFile(text);
  if (!read.ok) return read;
  const names = read.value.filter(({ type, owner }) => type === RRTYPE.NS && sameName(owner, ROOT)).map(({ rdata }) => rdata);
  const hints = read.value.flatMap((record) => {
    const address = names.some((name) => sameName(name, record.owner)) ? addressText(record) : null;
    return address === null ? [] : [{ name: nameText(record.owner), address, port: 53 }];
  });
  return hints.length === 0 ? failed({ line: 0, text: 'no root server with an address is in it; it needs lines such as “. NS a.example.” and “a.example. A 192.0.2.1”' }) : success(hints);
}

interface State {
  origin: Name;
  ttl: number;
  owner: Name | null;
}

interface Entry {
  readonly line: number;
  /** false where the line begins with a space: the owner is that of the record before */
  readonly ownOwner: boolean;
  readonly words: readonly Word[];
}

/** A comment, a parenthesis, a quoted string, a word (with escapes), a line's end, or the spaces between them. */
const TOKEN = /;[^\n]*|[()]|"((?:[^"\\\n]|\\[^\n])*)"|((?:[^\s;()"\\]|\\[^\n])+)|\n|[^\S\n]+|["\\]/g;

/** Lines as words; those inside parentheses belong together. */
function* entries(text: string): Generator<Entry> {
  let line = 1;
  let depth = 0;
  let entry: { line: number; ownOwner: boolean; words: Word[] } = { line, ownOwner: true, words: [] };
  for (const [token, quoted, word] of `${text}\n`.matchAll(TOKEN)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth = Math.max(0, depth - 1);
    else if (quoted !== undefined) entry.words.push({ text: quoted, quoted: true });
    else if (word !== undefined) entry.words.push({ text: word, quoted: false });
    else if (token !== '\n') {
      if (entry.words.length === 0 && depth === 0 && /^\s/.test(token)) entry.ownOwner = false;
      continue;
    }
    if (token !== '\n') continue;
    line += 1;
    if (depth > 0) continue;
    if (entry.words.length > 0) yield entry;
    entry = { line, ownOwner: true, words: [] };
  }
  if (entry.words.length > 0) yield entry;
}

function readEntry({ words, ownOwner }: Entry, state: State): ResourceRecord | null {
  const first = words[0]?.text ?? '';
  if (first.startsWith('$')) return readDirective(first.toUpperCase(), words[1]?.text ?? '', state);
  if (ownOwner) state.owner = parseRelativeName(first, state.origin);
  if (state.owner === null) throw new RdataSyntaxError('the first record has no owner name');
  return readRecord(state.owner, ownOwner ? words.slice(1) : words, state);
}

function readDirective(directive: string, value: string, state: State): null {
  switch (directive) {
    case '$ORIGIN':
      state.origin = parseRelativeName(value, state.origin);
      return null;
    case '$TTL':
      state.ttl = ttlOf(value) ?? 0;
      return null;
    default:
      throw new RdataSyntaxError(`${directive} is not supported here`);
  }
}

/** TTL and class come in any order, and both may be absent. */
function readRecord(owner: Name, words: readonly Word[], state: State): ResourceRecord {
  const rest = [...words];
  let ttl = state.ttl;
  let rrclass: number = RRCLASS.IN;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const seconds = ttlOf(word.text);
    const type = rrtypeNumber(word.text);
    if (seconds !== null) ttl = seconds;
    else if (type !== null) return { owner, type, class: rrclass, ttl, rdata: parseRdata(type, rest, state.origin) };
    else {
      const found = rrclassNumber(word.text);
      if (found === null) throw new RdataSyntaxError(`“${word.text}” is no RR type`);
      rrclass = found;
    }
  }
  throw new RdataSyntaxError('the record has no type');
}

const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `3600` or `1h30m`; null for another text. */
function ttlOf(text: string): number | null {
  if (!/^(\d{1,10}|(\d{1,7}[smhdw])+)$/i.test(text)) return null;
  const parts = [...text.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)];
  return Math.min(MAXIMUM_TTL, parts.reduce((sum, [, count = '0', unit = '']) => sum + Number(count) * (UNITS[unit] ?? 1), 0));
}
