/** UTCTime and GeneralizedTime as certificates must write them (RFC 5280 §4.1.2.5). */
import { TAG } from './der.ts';
import type { Element } from './der.ts';

/** ms since 1970; null where the text is not in the one form allowed: then no client can compare it. */
export function timeOf(element: Element): number | null {
  const text = String.fromCharCode(...element.content.subarray(0, 20));
  if (element.tag === TAG.utcTime && /^\d{12}Z$/.test(text)) {
    // RFC 5280 §4.1.2.5.1: two digits from 50 are the 20th century.
    return instant(`${Number(text.slice(0, 2)) >= 50 ? '19' : '20'}${text}`);
  }
  return element.tag === TAG.generalizedTime && /^\d{14}Z$/.test(text) ? instant(text) : null;
}

function instant(digits: string): number | null {
  const [year, month, day, hour, minute, second] = [[0, 4], [4, 6], [6, 8], [8, 10], [10, 12], [12, 14]].map(([from, to]) => Number(digits.slice(from, to)));
  const date = new Date(0);
  date.setUTCFullYear(year as number, (month as number) - 1, day);
  date.setUTCHours(hour as number, minute, second);
  const real = date.getUTCMonth() === (month as number) - 1 && date.getUTCDate() === day && (hour as number) < 24 && (minute as number) < 60 && (second as number) < 60;
  return real ? date.getTime() : null;
}
