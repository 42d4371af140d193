/** Times as people read them in logs: UTC, fixed width. */

/** `14:02:07.312` of a moment in the run */
export function clockTime(startedAt: string | null, at: number): string {
  if (startedAt === null) return `+${(at / 1000).toFixed(3)}`;
  const moment = new Date(Date.parse(startedAt) + at);
  return Number.isNaN(moment.getTime()) ? `+${(at / 1000).toFixed(3)}` : moment.toISOString().slice(11, 23);
}

/** `+0.018` seconds since the line before */
export const difference = (ms: number): string => `+${(Math.max(0, ms) / 1000).toFixed(3)}`;

/** `640 ms`, `3.1 s` */
export const duration = (ms: number): string => (ms < 1000 ? `${String(Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`);

/** `2026-11-24 02:13Z` of seconds since 1970; what a saved run holds may be no time at all */
export function signatureTime(seconds: number): string {
  const moment = new Date(seconds * 1000);
  return Number.isNaN(moment.getTime()) ? '?' : isoMinute(moment.toISOString());
}

/** `2026-11-24 02:13Z` of an ISO time; the text itself where it is none */
export const isoMinute = (iso: string): string => (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 16)}Z` : iso);

/** `2026-11-24 02:13:07Z`, where several may be of one minute */
export const isoSecond = (iso: string): string => (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z` : iso);

/**
 * `2026-11-24 15:02:07 +01:00`: for whoever holds it against a log of this computer. What is in sight everywhere is UTC.
 * @param moment ms since 1970
 * @param minutes that the clock of this computer is ahead of UTC at that moment
 * @returns null where that is UTC too, or there is no such moment
 */
export function localTime(moment: number, minutes = -new Date(moment).getTimezoneOffset()): string | null {
  const local = new Date(moment + minutes * 60_000);
  if (minutes === 0 || Number.isNaN(local.getTime())) return null;
  const iso = local.toISOString();
  const part = (value: number): string => String(value).padStart(2, '0');
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} ${minutes < 0 ? '−' : '+'}${part(Math.floor(Math.abs(minutes) / 60))}:${part(Math.abs(minutes) % 60)}`;
}
