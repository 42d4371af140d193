/** The run file: JSON Lines, a header with the version first, then one event a line. Any prefix opens. */
import { plainText } from '../base/plain-text.ts';
import { failed, success, type Result } from '../base/result.ts';
import { EVENT_SHAPES } from './event-shapes.ts';
import type { InspectionEvent } from './events.ts';
import type { RedactionKind } from './redaction-kinds.ts';
import { milliseconds, subject, type Shape } from './shape.ts';

export const RUN_FILE_VERSION = 1;
const FORMAT = 'danescope-run';
/** a run has some thousand events; a certificate is the longest line */
const LIMITS = { octets: 256 * 1024 * 1024, lineCharacters: 4 * 1024 * 1024, events: 1_000_000 };
/** of lists and objects in an event; ours have a dozen. Whoever writes one again or copies it goes down by recursion, and deeper ones would end that */
const MOST_LEVELS = 40;
/** lines, or so many characters of them, that are read between two moments of giving way */
const PIECE = { lines: 250, characters: 500_000 };

export interface RunFileError {
  /** from 1; 0 where the whole file is meant */
  readonly line: number;
  readonly text: string;
}

/** @param redacted what was left out; a file in which nothing was says nothing of it */
export const runFileHeader = (redacted: readonly RedactionKind[] = []): string => `${JSON.stringify({ format: FORMAT, version: RUN_FILE_VERSION, ...(redacted.length === 0 ? {} : { redacted }) })}\n`;

export const runFileLine = (event: InspectionEvent): string => `${JSON.stringify(event)}\n`;

export function writeRunFile(events: Iterable<InspectionEvent>): string {
  const all = [...events];
  const started = all.find((event) => event.type === 'run.started');
  return runFileHeader(started?.context.redacted) + all.map(runFileLine).join('');
}

/**
 * The events of a run file. A last line without its line ending is what a crash leaves behind: it is dropped where it is not
 * whole. Everything else that is wrong is told with its line.
 */
export function readRunFile(text: string): Result<InspectionEvent[], RunFileError> {
  const reading = readingRunFile(text);
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

/** The same, in pieces: it gives way after some hundred lines each. */
export function* readingRunFile(text: string): Generator<void, Result<InspectionEvent[], RunFileError>> {
  if (text.length > LIMITS.octets) return wrong(0, `The file has ${text.length} characters; at most ${LIMITS.octets} are read.`);
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const header = readHeader(lines[0] ?? '');
  if (header !== null) return wrong(1, header);
  if (lines.length - 2 > LIMITS.events) return wrong(0, `The file has more than ${LIMITS.events} events.`);
  return yield* readEvents(lines);
}

function readHeader(line: string): string | null {
  const header = line.length <= 1000 ? parseObject(line) : null;
  if (header?.['format'] !== FORMAT) return 'This is not a run file: its first line must be the header that Danescope writes.';
  if (header['version'] !== RUN_FILE_VERSION) return `The run file has version ${JSON.stringify(header['version'])?.slice(0, 20)}; this program reads version ${RUN_FILE_VERSION}.`;
  return null;
}

function* readEvents(lines: readonly string[]): Generator<void, Result<InspectionEvent[], RunFileError>> {
  const events: InspectionEvent[] = [];
  let characters = 0;
  for (let index = 1; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').replace(/\r$/, '');
    characters += line.length;
    if (index % PIECE.lines === 0 || characters > PIECE.characters) {
      characters = 0;
      yield;
    }
    const last = index === lines.length - 1;
    if (line === '' && last) break;
    if (line.length > LIMITS.lineCharacters) return wrong(index + 1, `The line has ${line.length} characters; at most ${LIMITS.lineCharacters} are read.`);
    const event = parseObject(line);
    if (event === null && last) break;
    const fault = event === null ? `This is not a JSON object: ${plainText(line, 60)}` : eventFault(event, events.length);
    if (fault !== null) return wrong(index + 1, fault);
    events.push(event as unknown as InspectionEvent);
  }
  return success(events);
}

/** Every field that a reader looks at; the first that is wrong is named. */
function eventFault(event: { readonly [key: string]: unknown }, expectedSeq: number): string | null {
  if (isDeeper(event, MOST_LEVELS)) return `The event has more than ${MOST_LEVELS} levels of lists and objects in one another.`;
  if (event['seq'] !== expectedSeq) return `The event number is ${JSON.stringify(event['seq'])?.slice(0, 20)}, but ${expectedSeq} comes next: a line is missing or doubled.`;
  const shape = typeof event['type'] === 'string' ? SHAPES.get(event['type']) : undefined;
  if (shape === undefined) return `Unknown event type ${plainText(JSON.stringify(event['type']) ?? 'undefined', 60)}.`;
  if (milliseconds(event['at']) !== null) return 'The event has no time, or none that a run can have.';
  if (subject(event['subject']) !== null) return 'The event has no subject.';
  const fault = shape(event);
  return fault === null ? null : `The event ${String(event['type'])} has no ${fault.slice(1, 100)}, or not of the right kind.`;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || (Array.isArray(value) ? value : Object.values(value)).some((part) => isDeeper(part, levels - 1));
}

const SHAPES: ReadonlyMap<string, Shape<unknown>> = new Map(Object.entries(EVENT_SHAPES));

function parseObject(line: string): { readonly [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: unknown }) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const wrong = (line: number, text: string): Result<never, RunFileError> => failed({ line, text });
