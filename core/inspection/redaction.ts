/**
 * A run without what tells of the person who made it. Its events are changed, not its views: every report and the run file are made of what
 * is left, so nothing can be forgotten in one of them.
 */
import { fromBase64, toBase64 } from '../base/bytes.ts';
import type { DialogueLine } from '../smtp/facts.ts';
import type { InspectionEvent } from './events.ts';
import { REDACTION_KINDS, type RedactionChoice, type RedactionKind } from './redaction-kinds.ts';
import { personalTexts, typedEvents, type PersonalText } from './redaction-search.ts';

export interface RedactionItem {
  readonly kind: RedactionKind;
  /** what goes; hostile text: escape before showing */
  readonly text: string;
  readonly replacement: string;
  /** how often it is in the run */
  readonly count: number;
}

export interface RedactedRun {
  readonly events: readonly InspectionEvent[];
  /** all that was found, of the kinds that were not chosen too */
  readonly items: readonly RedactionItem[];
}

export const TYPED = '[redacted]';

/** @param own further names of this computer, where they are known */
export function redact(events: readonly InspectionEvent[], choice: RedactionChoice, own: readonly string[] = []): RedactedRun {
  const steps = redaction(events, choice, own);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** events of one step */
const STEP = 500;

/** The same in steps, between which a window can answer. */
export function* redaction(events: readonly InspectionEvent[], choice: RedactionChoice, own: readonly string[] = []): Generator<undefined, RedactedRun> {
  const typed = typedEvents(events);
  const found = personalTexts(events, own);
  const counts = new Map<PersonalText, number>();
  const typedTexts = [...typed.values()].filter(({ whole }) => whole !== null).map(({ whole }) => whole ?? '');
  const changed: InspectionEvent[] = [];
  for (const event of events) {
    if (changed.length % STEP === 0) yield;
    const withoutTyped = choice.typed && typed.has(event.seq) ? withoutTypedText(event, typed.get(event.seq)?.keep ?? '') : event;
    changed.push(changedTexts(withoutTyped, event, { found, choice, counts }));
  }
  const items = [
    ...found.map((one) => ({ kind: one.kind, text: one.text, replacement: one.replacement, count: counts.get(one) ?? 0 })),
    ...[...new Set(typedTexts)].map((text) => ({ kind: 'typed', text, replacement: TYPED, count: typedTexts.filter((one) => one === text).length }) as const),
  ].filter(({ count }) => count > 0);
  const kinds = REDACTION_KINDS.filter((kind) => choice[kind] && items.some((item) => item.kind === kind));
  return { items, events: kinds.length === 0 ? events : changed.map((event) => marked(event, kinds)) };
}

/** A run that was redacted before stays marked with what went then. */
function marked(event: InspectionEvent, kinds: readonly RedactionKind[]): InspectionEvent {
  if (event.type !== 'run.started') return event;
  const before = event.context.redacted ?? [];
  return { ...event, context: { ...event.context, redacted: REDACTION_KINDS.filter((kind) => kinds.includes(kind) || before.includes(kind)) } };
}

/** @param keep what stays of the text, such as the reply code */
function withoutTypedText(event: InspectionEvent, keep: string): InspectionEvent {
  if (event.type === 'smtp.line') return { ...event, line: { ...event.line, text: `${keep}${TYPED}`, bytes: '', redacted: true } };
  if (event.type === 'smtp.decided') return { ...event, sent: event.sent === null ? null : TYPED };
  if (event.type === 'smtp.console' && event.state === 'closed') return { ...event, text: event.text === '' ? '' : TYPED };
  return event.type === 'smtp.failed' ? { ...event, failure: { ...event.failure, text: TYPED } } : event;
}

interface Changing {
  readonly found: readonly PersonalText[];
  readonly choice: RedactionChoice;
  readonly counts: Map<PersonalText, number>;
}

/** Counted in the event as it was, so that the preview tells the same whatever is chosen. */
function changedTexts(event: InspectionEvent, before: InspectionEvent, { found, choice, counts }: Changing): InspectionEvent {
  const isPlace = placesOf(before);
  const here = found.filter((one) => one.places.some((place) => isPlace(place)));
  if (here.length === 0) return event;
  let seen = 0;
  for (const one of here) {
    const count = occurrences(before, one);
    if (count === 0) continue;
    seen += choice[one.kind] ? 1 : 0;
    counts.set(one, (counts.get(one) ?? 0) + count);
  }
  const chosen = here.filter(({ kind }) => choice[kind]);
  return seen === 0 ? event : walked(event, (text, key) => chosen.reduce((rest, one) => (one.keys !== null && !one.keys.has(key) ? rest : rest.replaceAll(one.pattern, one.replacement)), text)) as InspectionEvent;
}

function placesOf(event: InspectionEvent): (place: PersonalText['places'][number]) => boolean {
  const isDialogue = event.type.startsWith('smtp.') || event.type === 'run.started';
  return (place) => place === 'everywhere' || isDialogue;
}

function occurrences(event: InspectionEvent, one: PersonalText): number {
  let count = 0;
  walked(event, (text, key) => {
    if (one.keys === null || one.keys.has(key)) count += key === 'bytes' ? 0 : timesIn(text, one.pattern);
    return text;
  });
  return count;
}

const timesIn = (text: string, pattern: RegExp | string): number => (typeof pattern === 'string' ? text.split(pattern).length - 1 : [...text.matchAll(pattern)].length);

/** Codes of ours, whose words are no text of anybody. */
const CLOSED: ReadonlySet<string> = new Set(['type', 'kind', 'state', 'status', 'code', 'phase', 'from', 'ending', 'decision', 'by', 'rrtype', 'startedAt', 'der', 'sha256']);

/** Every text, the octets behind a line among them; everything else as it is. */
function walked(value: unknown, change: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return CLOSED.has(key) ? value : key === 'bytes' ? changedOctets(value, change) : change(value, key);
  if (Array.isArray(value)) return value.map((one) => walked(one, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walked(one, change, name)]));
}

/** A dialogue line's octets are its text as latin1, with its ending. */
function changedOctets(base64: DialogueLine['bytes'], change: (text: string, key: string) => string): string {
  let text = '';
  for (const octet of fromBase64(base64)) text += String.fromCharCode(octet);
  const changed = change(text, 'bytes');
  return changed === text ? base64 : toBase64(Uint8Array.from(changed, (character) => character.charCodeAt(0)));
}
