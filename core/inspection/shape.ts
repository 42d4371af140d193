/** What a value read from a file must look like, told with the path of the first thing that does not. Reads own members only. */
import { NameSyntaxError, parseName } from '../dns/name.ts';

/** The path of what is wrong, such as `.lookup.records[3].rdata`; null where all is well. `_type` is never called. */
export interface Shape<Value> {
  (value: unknown): string | null;
  readonly _type?: Value;
}

const when = <Value>(holds: (value: unknown) => boolean): Shape<Value> => (value) => (holds(value) ? null : '');

/** Longer texts than any stage tells are refused: their cost is the reader's. */
const LONGEST = 4 * 1024 * 1024;

export const text: Shape<string> = when((value) => typeof value === 'string' && value.length <= LONGEST);
/** true where it is there at all */
export const always: Shape<true> = when((value) => value === true);
export const flag: Shape<boolean> = when((value) => typeof value === 'boolean');

const matching = (pattern: RegExp): Shape<string> => when((value) => typeof value === 'string' && pattern.test(value));

export const hex = matching(/^(?:[0-9a-f]{2})*$/);
export const sha256 = matching(/^[0-9a-f]{64}$/);
export const base64 = matching(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/);
export const rrtype = matching(/^[A-Za-z0-9-]{1,32}$/);
export const subject = matching(/^(?:run|domain|zone|dnskey|ds|server|rrset|mx|tlsa|address|connection|endpoint|cert):/);

/** ISO 8601 UTC of the years that four digits can tell */
export const time: Shape<string> = when((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value) && !Number.isNaN(Date.parse(value)));
export const timeOrNone: Shape<string> = (value) => (value === '' ? null : time(value));

export const whole = (least: number, most: number): Shape<number> => when((value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most);
export const octet = whole(0, 0xff);
export const u16 = whole(0, 0xffff);
export const u32 = whole(0, 0xffffffff);
export const count = whole(0, Number.MAX_SAFE_INTEGER);

/** ms; a year is longer than any run */
const YEAR = 366 * 86_400_000;
export const milliseconds: Shape<number> = when((value) => typeof value === 'number' && value >= 0 && value <= YEAR);

/** Names that a reader parses again (RFC 1035 §5.1). */
export const name: Shape<string> = when((value) => typeof value === 'string' && value.length <= 1100 && isName(value));

function isName(value: string): boolean {
  try {
    parseName(value);
    return true;
  } catch (error) {
    if (error instanceof NameSyntaxError) return false;
    throw error;
  }
}

/** Exactly these; the record makes the compiler see that none is missing. */
export function oneOf<Choice extends string | number>(choices: { readonly [Each in Choice]: true }): Shape<Choice> {
  const known = new Set(Object.keys(choices));
  return when((value) => (typeof value === 'string' || typeof value === 'number') && known.has(String(value)) && (typeof value === 'string') !== isNumeric(String(value)));
}

const isNumeric = (word: string): boolean => /^\d+$/.test(word);

export const orNull = <Value>(shape: Shape<Value>): Shape<Value | null> => (value) => (value === null ? null : shape(value));

/** May be absent, as in the files of older versions. */
export const optional = <Value>(shape: Shape<Value>): Shape<Value | undefined> => (value) => (value === undefined ? null : shape(value));

/** more than any stage tells of one thing */
const MANY = 100_000;

export const list = <Item>(shape: Shape<Item>): Shape<readonly Item[]> => (value) => {
  if (!Array.isArray(value) || value.length > MANY) return '';
  for (const [index, item] of value.entries()) {
    const fault = shape(item);
    if (fault !== null) return `[${index}]${fault}`;
  }
  return null;
};

type Fields<Value> = { readonly [Key in keyof Value]-?: Shape<Value[Key]> };

/** Members that the shape does not name are left alone: a newer version may have told more. */
export function object<Value extends object>(fields: Fields<Value>): Shape<Value> {
  const members = Object.entries<Shape<unknown>>(fields as { readonly [key: string]: Shape<unknown> });
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
    for (const [key, shape] of members) {
      const fault = shape(Object.hasOwn(value, key) ? (value as { readonly [key: string]: unknown })[key] : undefined);
      if (fault !== null) return `.${key}${fault}`;
    }
    return null;
  };
}

/** One shape by the member that tells which. */
export function variant<Value extends object>(by: string, shapes: { readonly [kind: string]: Shape<Value> }): Shape<Value> {
  const known = new Map(Object.entries(shapes));
  return (value) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, by)) return `.${by}`;
    const kind = (value as { readonly [key: string]: unknown })[by];
    const shape = typeof kind === 'string' ? known.get(kind) : undefined;
    return shape === undefined ? `.${by}` : shape(value);
  };
}
